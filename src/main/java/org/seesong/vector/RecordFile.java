package org.seesong.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;

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
 * <tr><td></td><td>version</td><td>4</td><td>format version, 1</td></tr>
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
 * <p>Opening reads the whole file once to verify it. From the first record that is torn or damaged
 * everything is cut off, because nothing after it can be trusted to start where a record starts.
 * Memory: about 150 bytes a record for the table of keys.
 *
 * <p>One opener at a time, held by a lock file {@code <name>.lock} beside it, which stays behind.
 * (A lock on the file itself would not do: the operating system drops it when any other handle to
 * the file closes, such as the one that maps it.) All methods may be called from any thread.
 */
public final class RecordFile implements AutoCloseable {
  /** Most bytes in a payload. */
  public static final int MAX_PAYLOAD_BYTES = RecordFormat.MAX_PAYLOAD_BYTES;

  private final Path file;
  private final FileChannel channel;
  private final Lock lock;
  private final MappedReader reader;
  private final Map<ContentKey, RecordFormat.Slot> slots;
  private final long droppedBytes;

  /** End of the last whole record; bytes behind it do not count. Guarded by this. */
  private long end;

  private RecordFile(
      Path file, FileChannel channel, Lock lock, MappedReader reader, RecordFormat.Scan scan)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.reader = reader;
    this.slots = new ConcurrentHashMap<>(scan.slots());
    this.end = scan.end();
    this.droppedBytes = channel.size() - scan.end();
    if (droppedBytes > 0) {
      channel.truncate(end);
    }
  }

  /**
   * Opens a file, or makes it if there is none.
   *
   * @param file the file; its folder must exist
   * @param space what makes the payloads, such as {@code encoder=descriptor-1;dimension=512}; 1 to
   *     4096 bytes of UTF-8
   * @return the open file, to be closed by the caller
   * @throws IOException if it is another kind of file, of another format version or of another
   *     space, if another process has it open, or if reading fails; the file is then as it was
   */
  public static RecordFile open(Path file, String space) throws IOException {
    return open(file, space, UnaryOperator.identity());
  }

  /** Like the public one, with a hook so that tests can make writing fail. */
  static RecordFile open(Path file, String space, UnaryOperator<FileChannel> channels)
      throws IOException {
    byte[] header = RecordFormat.header(space);
    Path path = file.toAbsolutePath();
    // Lucene resolves the folder's links, so that two names of one file share one lock.
    MMapDirectory folder = new MMapDirectory(folderOf(path));
    Lock lock = obtainLock(folder, path);
    FileChannel channel = null;
    MappedReader reader = null;
    try {
      if (Files.notExists(path)) {
        AtomicFiles.write(path, header);
      }
      channel =
          channels.apply(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
      RecordFormat.Scan scan = RecordFormat.scan(channel, path, space);
      reader = new MappedReader(folder, path.getFileName().toString(), channel);
      return new RecordFile(path, channel, lock, reader, scan);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(reader, channel, lock);
      throw e;
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
    ByteBuffer record = RecordFormat.record(key, payload);
    int length = record.remaining();
    try {
      for (long position = end; record.hasRemaining(); ) {
        position += channel.write(record, position);
      }
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
      channel.truncate(end);
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
   * What opening cut off because it was torn or damaged.
   *
   * @return bytes, 0 if the file was whole
   */
  public long droppedBytes() {
    return droppedBytes;
  }

  /**
   * Waits until all records are on the disk.
   *
   * @throws IOException if the system reports a failure
   */
  public void sync() throws IOException {
    channel.force(false);
  }

  /**
   * Syncs, closes the file and lets others open it. Reading afterwards fails.
   *
   * @throws IOException if syncing or closing fails
   */
  @Override
  public void close() throws IOException {
    try (lock;
        channel;
        reader) {
      if (channel.isOpen()) {
        sync();
      }
    }
  }
}
