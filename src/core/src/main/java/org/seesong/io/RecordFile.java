package org.seesong.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of checksummed records, each found by the key of the content it was made
 * from: what a long computation keeps so that a later run goes on where this one stopped.
 *
 * <p>The layout, numbers big-endian, is a header and then records without gaps:
 *
 * <table>
 * <caption>Bytes of the file</caption>
 * <tr><th>part</th><th>field</th><th>bytes</th><th>meaning</th></tr>
 * <tr><td>header</td><td>magic</td><td>4</td><td>{@code SSRF}</td></tr>
 * <tr><td></td><td>version</td><td>4</td><td>format version, 2</td></tr>
 * <tr><td></td><td>length</td><td>4</td><td>bytes of the space, 1 to 4096</td></tr>
 * <tr><td></td><td>space</td><td>length</td><td>UTF-8: what made the payloads; a file serves one
 * space</td></tr>
 * <tr><td></td><td>checksum</td><td>4</td><td>CRC-32C of the header so far</td></tr>
 * <tr><td>record</td><td>key</td><td>32</td><td>{@link ContentKey}</td></tr>
 * <tr><td></td><td>length</td><td>4</td><td>bytes of the payload, 0 to 67,108,864</td></tr>
 * <tr><td></td><td>payload</td><td>length</td><td>the caller's bytes</td></tr>
 * <tr><td></td><td>checksum</td><td>4</td><td>CRC-32C of the record so far</td></tr>
 * </table>
 *
 * <p>A record whose key is 32 zeros is a gap: it holds nothing. Closing writes a footer, which the
 * next record takes the place of: a record whose key is 32 bytes of ones, and whose payload (8
 * bytes) is its own position. So an end that is torn off between two records is seen, too; a writer
 * that was killed leaves the same. Files of version 1 have no footer until they are written to.
 *
 * <p>Opening reads the whole file once to verify it. Damaged records are stepped over: the next
 * good one is searched for byte by byte. {@link #open} puts gaps in their place, cuts off a torn
 * end, after which no good record comes, and logs a warning; {@link #damage} says what was lost.
 * Opening for reading and {@link #verify} change nothing. Memory: about 150 bytes a record for the
 * table of keys.
 *
 * <p>One opener for writing at a time, held by a lock file {@code <name>.lock} beside it, which
 * stays behind. (A lock on the file itself would not do: the operating system drops it when any
 * other handle to the file closes, such as the one that maps it.) All methods may be called from
 * any thread, and one that is interrupted does not disturb the others.
 */
public final class RecordFile implements AutoCloseable {
  /** Most bytes in a payload. */
  public static final int MAX_PAYLOAD_BYTES = RecordFormat.MAX_PAYLOAD_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);

  private final Path file;
  private final FileBytes bytes;
  private final Lock lock; // null if opened for reading
  private final MappedReader reader;
  private final Map<ContentKey, RecordFormat.Slot> slots;
  private final FileDamage damage;

  /** End of the last whole record but the footer. Guarded by this. */
  private long end;

  /** Whether a footer is at the end. Guarded by this. */
  private boolean hasFooter;

  /** To be written over that of an older version on closing; empty if there is no need. */
  private final byte[] newHeader;

  private boolean closed;

  private RecordFile(
      Path file,
      FileBytes bytes,
      Lock lock,
      MappedReader reader,
      RecordFormat.Scan scan,
      byte[] newHeader) {
    this.file = file;
    this.bytes = bytes;
    this.lock = lock;
    this.reader = reader;
    this.slots = new ConcurrentHashMap<>(scan.slots());
    this.end = scan.end();
    this.damage = scan.damage();
    this.hasFooter = scan.closed();
    this.newHeader = newHeader;
  }

  /**
   * Opens a file, or makes it if there is none.
   *
   * @param file the file; its folder must exist
   * @param space what makes the payloads, such as {@code encoder=descriptor-1;dimension=512}; 1 to
   *     4096 bytes of UTF-8
   * @return the open file, to be closed by the caller
   * @throws IOException if it is another kind of file, of another format version or of another
   *     space, if it is damaged beyond search, if another process has it open, or if reading fails;
   *     the file is then as it was
   */
  public static RecordFile open(Path file, String space) throws IOException {
    return open(file, space, RecordFormat.Lengths.ANY, UnaryOperator.identity());
  }

  /**
   * Opens a file whose payloads all have one length, or makes it if there is none.
   *
   * @param file the file; its folder must exist
   * @param space what makes the payloads; 1 to 4096 bytes of UTF-8
   * @param payloadBytes length of a payload; records of other lengths are damage
   * @return the open file, to be closed by the caller
   * @throws IOException as {@link #open(Path, String)}
   */
  public static RecordFile open(Path file, String space, int payloadBytes) throws IOException {
    RecordFormat.Lengths lengths = new RecordFormat.Lengths(payloadBytes, payloadBytes);
    return open(file, space, lengths, UnaryOperator.identity());
  }

  /**
   * Opens a file that is there to read it: no lock is taken, nothing is written or made. Records
   * that others append later are not seen.
   *
   * @param file the file
   * @param space what made the payloads
   * @return the open file, to be closed by the caller; appending to it fails
   * @throws IOException as {@link #openForReading(Path, String, int)}
   */
  public static RecordFile openForReading(Path file, String space) throws IOException {
    return openForReading(file, space, RecordFormat.Lengths.ANY);
  }

  /**
   * Opens a file whose payloads all have one length to read it: no lock is taken, nothing is
   * written or made. Records that others append later are not seen.
   *
   * @param file the file
   * @param space what made the payloads
   * @param payloadBytes length of a payload; records of other lengths are damage
   * @return the open file, to be closed by the caller; appending to it fails
   * @throws IOException if there is none, it is another kind of file or of another space, or
   *     reading fails
   */
  public static RecordFile openForReading(Path file, String space, int payloadBytes)
      throws IOException {
    return openForReading(file, space, new RecordFormat.Lengths(payloadBytes, payloadBytes));
  }

  /** Like the public one, with the lengths of payloads and a hook for tests to fail writing. */
  static RecordFile open(
      Path file, String space, RecordFormat.Lengths lengths, UnaryOperator<FileBytes> opened)
      throws IOException {
    byte[] header = RecordFormat.header(space);
    Path path = file.toAbsolutePath();
    // Lucene resolves the folder's links, so that two names of one file share one lock.
    MMapDirectory folder = new MMapDirectory(folderOf(path));
    Lock lock = obtainLock(folder, path);
    FileBytes bytes = null;
    MappedReader reader = null;
    try {
      if (Files.notExists(path)) {
        AtomicFiles.write(path, header);
      }
      bytes = opened.apply(FileBytes.open(path, true));
      if (RecordFormat.mendHeader(bytes, path, header, lengths)) {
        LOG.warn("{} had a damaged header, which was written again; its records are kept", path);
      }
      RecordFormat.Scan scan = RecordFormat.scan(bytes, path, lengths, Optional.of(space));
      for (FileDamage.Range range : scan.damage().ranges()) {
        if (range.length() >= RecordFormat.RECORD_EXTRA_BYTES) { // a shorter one stays
          RecordFormat.fill(bytes, range);
        }
      }
      if (!scan.closed()) {
        bytes.truncate(scan.end());
      }
      if (scan.damage().bytes() > 0) {
        LOG.warn("{}", scan.damage().describe());
      } else if (scan.damage().open() && !scan.slots().isEmpty()) {
        LOG.info("{}", scan.damage().describe());
      }
      byte[] newHeader = scan.version() == RecordFormat.VERSION ? new byte[0] : header;
      reader = new MappedReader(folder, path.getFileName().toString(), bytes);
      return new RecordFile(path, bytes, lock, reader, scan, newHeader);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(reader, bytes, lock);
      throw e;
    }
  }

  /**
   * Opens a file that is there to read it: no lock is taken, nothing is written or made. Records
   * that others append later are not seen.
   *
   * @param file the file
   * @param space what made the payloads
   * @param lengths what payloads may have
   * @return the open file, to be closed by the caller; appending to it fails
   * @throws IOException if there is none, it is another kind of file, of another format version or
   *     of another space, if it is damaged beyond search, or if reading fails
   */
  static RecordFile openForReading(Path file, String space, RecordFormat.Lengths lengths)
      throws IOException {
    Path path = file.toAbsolutePath();
    MMapDirectory folder = new MMapDirectory(folderOf(path));
    FileBytes bytes = openExisting(path);
    try {
      RecordFormat.Scan scan = RecordFormat.scan(bytes, path, lengths, Optional.of(space));
      MappedReader reader = new MappedReader(folder, path.getFileName().toString(), bytes);
      return new RecordFile(path, bytes, null, reader, scan, new byte[0]);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(bytes);
      throw e;
    }
  }

  private static FileBytes openExisting(Path path) throws IOException {
    if (Files.notExists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return FileBytes.open(path, false);
  }

  /**
   * Reads a file of any space and verifies all of it; changes nothing.
   *
   * @param file the file
   * @return what of it is damaged
   * @throws IOException if it is another kind of file, of another format version, has a damaged
   *     header or more damage than can be searched, or if reading fails
   */
  public static FileDamage verify(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    try (FileBytes bytes = openExisting(path)) {
      return RecordFormat.scan(bytes, path, RecordFormat.Lengths.ANY, Optional.empty()).damage();
    }
  }

  private static Path folderOf(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("cannot open " + file + ": there is no folder " + folder);
    }
    return folder;
  }

  private static Lock obtainLock(MMapDirectory folder, Path file) throws IOException {
    try {
      return folder.obtainLock(file.getFileName() + ".lock");
    } catch (LockObtainFailedException e) {
      throw new IOException(
          "cannot open "
              + file
              + ": another build is running that has it open; wait for it to end, or give this"
              + " build a file of its own",
          e);
    }
  }

  /**
   * Whether there is a record of a key.
   *
   * @param key the key
   * @return true if {@link #read} would find it
   */
  public boolean contains(ContentKey key) {
    return slots.containsKey(key);
  }

  /**
   * Writes a record at the end of the file; does nothing if the key is there already. It survives a
   * crash of this process at once, and one of the machine after {@link #sync}.
   *
   * @param key the key
   * @param payload at most {@value #MAX_PAYLOAD_BYTES} bytes
   * @throws IOException if it cannot be written, such as on a full disk; all earlier records stay
   *     and the file stays usable
   */
  public synchronized void append(ContentKey key, byte[] payload) throws IOException {
    if (contains(key)) {
      return;
    }
    if (lock == null) {
      throw new IOException("cannot append to " + file + ": it was opened for reading");
    }
    byte[] record = RecordFormat.record(key, payload);
    int length = record.length;
    hasFooter = false;
    try {
      bytes.write(end, record, length);
    } catch (IOException e) {
      throw failedAppend(length, e);
    }
    slots.put(key, new RecordFormat.Slot(end + RecordFormat.PAYLOAD_OFFSET, payload.length));
    end += length;
  }

  private IOException failedAppend(int length, IOException cause) {
    IOException failure =
        new IOException(
            "cannot append a record of "
                + length
                + " bytes to "
                + file
                + " (free space: "
                + freeSpace()
                + "): "
                + cause.getMessage()
                + "; its "
                + size()
                + " earlier records are kept",
            cause);
    try {
      bytes.truncate(end);
    } catch (IOException e) {
      // The next append writes over the torn record, or the next opening cuts it off.
      failure.addSuppressed(e);
    }
    return failure;
  }

  private String freeSpace() {
    try {
      return Files.getFileStore(file).getUsableSpace() + " bytes";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /**
   * Reads the record of a key.
   *
   * @param key a key that is contained
   * @return a copy of its payload
   * @throws IllegalArgumentException if there is no such record
   * @throws IOException if reading fails
   */
  public byte[] read(ContentKey key) throws IOException {
    byte[] payload = new byte[slot(key).length()];
    read(key, payload);
    return payload;
  }

  /**
   * Copies the record of a key.
   *
   * @param key a key that is contained
   * @param into where to copy it to, from index 0
   * @return bytes copied: the length of the payload
   * @throws IllegalArgumentException if there is no such record, or it is longer than {@code into}
   * @throws IOException if reading fails
   */
  public int read(ContentKey key, byte[] into) throws IOException {
    RecordFormat.Slot slot = slot(key);
    if (slot.length() > into.length) {
      throw new IllegalArgumentException(
          "record "
              + key
              + " of "
              + file
              + " has "
              + slot.length()
              + " bytes, but the buffer only "
              + into.length);
    }
    reader.read(slot.position(), into, slot.length());
    return slot.length();
  }

  private RecordFormat.Slot slot(ContentKey key) {
    RecordFormat.Slot slot = slots.get(Objects.requireNonNull(key, "key"));
    if (slot == null) {
      throw new IllegalArgumentException("no record " + key + " in " + file);
    }
    return slot;
  }

  /**
   * Number of records.
   *
   * @return keys in the file
   */
  public int size() {
    return slots.size();
  }

  /**
   * The keys of all records.
   *
   * @return a copy
   */
  public Set<ContentKey> keys() {
    return Set.copyOf(slots.keySet());
  }

  /**
   * What opening found damaged.
   *
   * @return damage; none if the file was whole
   */
  public FileDamage damage() {
    return damage;
  }

  /**
   * Waits until all records are on the disk.
   *
   * @throws IOException if the system reports a failure
   */
  public void sync() throws IOException {
    bytes.sync();
  }

  /**
   * Ends and syncs what was opened for writing, closes the file and lets others open it. Reading
   * afterwards fails.
   *
   * @throws IOException if syncing or closing fails
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (lock;
        bytes;
        reader) {
      if (lock != null) {
        writeFooter();
        sync();
      }
    }
  }

  private void writeFooter() throws IOException {
    if (!hasFooter) {
      byte[] footer = RecordFormat.footer(end);
      bytes.write(end, footer, footer.length);
    }
    if (newHeader.length > 0) {
      sync(); // a header of this version demands a footer
      bytes.write(0, newHeader, newHeader.length);
    }
  }
}
