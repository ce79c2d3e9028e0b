package org.seesong.query;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.store.RandomAccessInput;
import org.apache.lucene.util.Bits;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.vector.FileDamage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nearest songs of each picture, found once and kept in a file beside the index, so that hop
 * two mostly is a look into a list.
 *
 * <p>Lists name songs by segment and number in the segment, which never change while the segment
 * lives. So they stay right whatever is written, by whomever: songs that were removed are passed
 * over, since the others are still the nearest of those left; songs in segments that came later are
 * compared each time ({@link KeptSearch}); where a segment is gone, merged into another, its songs
 * are among these. Lists that are too short then, and pictures that came later, are searched for.
 * Nobody who writes has to tell anybody; {@link #keep} again, when much was written, makes all fast
 * again.
 *
 * <p>The file, numbers big-endian: {@code SSKS}, version, depth, number of segments; for each
 * segment its id (16 bytes), its number of documents, of pictures with lists, and their document
 * numbers in order; then for each of these pictures {@value #DEPTH} times a song (documents counted
 * through all segments, -1 for none) and its squared distance; at the end the CRC-32C of all that.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class KeptSongs {
  /** Name of the file in the index's folder. */
  public static final String FILE = "songs.kept";

  /** Songs of each picture: as many as sharing with variety wants for ten places. */
  static final int DEPTH = 50;

  static final int MAGIC = 0x53534B53;
  static final int VERSION = 1;
  static final int ID_BYTES = 16;
  private static final int ENTRY_BYTES = Integer.BYTES + Float.BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(KeptSongs.class);

  private final RandomAccessInput file;
  private final Map<Integer, Integer> positions;
  private final List<Covered> covered;

  /** A segment that lists know: documents counted through all, and where it is now, if it is. */
  private record Covered(int from, int to, Optional<LeafReaderContext> leaf) {}

  /** A song of a list. */
  record Kept(LeafReaderContext leaf, int documentInLeaf, float squaredDistance) {
    int document() {
      return leaf.docBase + documentInLeaf;
    }
  }

  /**
   * A picture's list.
   *
   * @param songs nearest first, those that are still there
   * @param squaredReach no song of these segments that is not in the list is nearer; infinite if
   *     the list has all
   */
  record KeptList(List<Kept> songs, float squaredReach) {}

  private KeptSongs(
      RandomAccessInput file, Map<Integer, Integer> positions, List<Covered> covered) {
    this.file = file;
    this.positions = positions;
    this.covered = covered;
  }

  /**
   * Finds the nearest songs of all pictures of an index, by an exact search, and keeps them. Cost:
   * up to 3 milliseconds of a processor for each different place of a picture, for 60,000 songs; on
   * all processors. Memory does not grow with the lists.
   *
   * @param folder the index's folder
   * @return number of pictures that have a list
   * @throws IOException if reading or writing fails
   */
  public static int keep(Path folder) throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      if (!hasLists(index)) {
        Files.deleteIfExists(folder.resolve(FILE));
        return 0;
      }
      return new KeptSongsWriter(index).write(folder.resolve(FILE));
    }
  }

  private static boolean hasLists(CatalogueIndex index) throws IOException {
    return index.vectors(IndexLayout.SONG_NETWORK_VECTOR) > 0
        && index.vectors(IndexLayout.PICTURE_NETWORK_VECTOR) > 0;
  }

  /**
   * Whether {@link #keep} was here since the index's last segment was written, and its file is
   * whole.
   *
   * @param folder the index's folder
   * @return false if keeping again makes searches faster
   * @throws IOException if the index cannot be read
   */
  public static boolean isUpToDate(Path folder) throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      Path path = folder.resolve(FILE);
      if (!Files.isRegularFile(path)) {
        return !hasLists(index);
      }
      Optional<KeptSongs> kept = read(index, path);
      return kept.isPresent() && index.reader().leaves().stream().allMatch(kept.get()::covers);
    } catch (DamagedException e) {
      return false;
    }
  }

  /**
   * Reads all of the file, if there is one, and compares it with its checksum.
   *
   * @param folder the index's folder
   * @return what is wrong, for people to read; nothing if nothing is
   * @throws IOException if it cannot be read at all
   */
  public static Optional<String> problem(Path folder) throws IOException {
    Path path = folder.toAbsolutePath().resolve(FILE);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (FSDirectory directory = FSDirectory.open(folder, NoLockFactory.INSTANCE);
        IndexInput input = directory.openInput(FILE, IOContext.READONCE)) {
      verify(input, path);
      return Optional.empty();
    } catch (DamagedException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * What {@link #keep} kept, as far as the index still has it; empty if there is nothing. A damaged
   * file is warned of and left aside.
   */
  static Optional<KeptSongs> open(CatalogueIndex index) throws IOException {
    Path path = index.folder().resolve(FILE);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return read(index, path);
    } catch (DamagedException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<KeptSongs> read(CatalogueIndex index, Path path) throws IOException {
    IndexInput input;
    try (FSDirectory folder = FSDirectory.open(index.folder(), NoLockFactory.INSTANCE)) {
      input = folder.openInput(FILE, IOContext.DEFAULT); // not READONCE: for many threads
    }
    Optional<KeptSongs> kept = Optional.empty();
    try {
      verify(input, path);
      input.seek(0);
      boolean ours =
          CodecUtil.readBEInt(input) == MAGIC
              && CodecUtil.readBEInt(input) == VERSION
              && CodecUtil.readBEInt(input) == DEPTH;
      kept = ours ? parse(input, index, path) : Optional.empty(); // else of another version
      return kept;
    } catch (EOFException e) {
      throw damaged(path, input.length(), "it ends too early");
    } finally {
      if (kept.isPresent()) {
        index.reader().getReaderCacheHelper().addClosedListener(closed -> input.close());
      } else {
        input.close();
      }
    }
  }

  private static void verify(IndexInput input, Path path) throws IOException {
    if (input.length() < 5 * Integer.BYTES) {
      throw damaged(path, input.length(), "it has " + input.length() + " bytes");
    }
    if (checksum(input) != CodecUtil.readBEInt(input)) {
      throw damaged(path, input.length(), "its checksum is wrong");
    }
  }

  /** Of all but the last four bytes, before which the input then stands. */
  private static int checksum(IndexInput input) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    long left = input.length() - Integer.BYTES;
    while (left > 0) {
      int length = (int) Math.min(buffer.length, left);
      input.readBytes(buffer, 0, length);
      sum.update(buffer, 0, length);
      left -= length;
    }
    return (int) sum.getValue();
  }

  /** The file is of no use; searches do without it. */
  private static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
      super(message);
    }
  }

  private static DamagedException damaged(Path path, long length, String how) {
    return new DamagedException(
        new FileDamage.Range(0, length).in(path)
            + " ("
            + how
            + "); searches do without these lists of nearest songs, more slowly; 'seesong index"
            + " compact' makes them again");
  }

  private static Optional<KeptSongs> parse(IndexInput in, CatalogueIndex index, Path path)
      throws IOException {
    Map<String, LeafReaderContext> leaves = new HashMap<>();
    for (LeafReaderContext leaf : index.reader().leaves()) {
      segmentId(leaf).ifPresent(id -> leaves.put(HexFormat.of().formatHex(id), leaf));
    }
    Map<Integer, Integer> positions = new HashMap<>();
    List<Covered> covered = new ArrayList<>();
    int from = 0;
    int list = 0;
    for (int left = CodecUtil.readBEInt(in); left > 0; left--) {
      byte[] id = new byte[ID_BYTES];
      in.readBytes(id, 0, ID_BYTES);
      Optional<LeafReaderContext> leaf =
          Optional.ofNullable(leaves.get(HexFormat.of().formatHex(id)));
      int documents = CodecUtil.readBEInt(in);
      if (documents < 0
          || documents > Integer.MAX_VALUE - from
          || (leaf.isPresent() && leaf.get().reader().maxDoc() != documents)) {
        throw damaged(path, in.length(), "segment of " + documents + " documents");
      }
      int to = from + documents;
      covered.add(new Covered(from, to, leaf));
      for (int pictures = CodecUtil.readBEInt(in); pictures > 0; pictures--) {
        int document = CodecUtil.readBEInt(in);
        if (leaf.isPresent()) {
          positions.put(leaf.get().docBase + document, list);
        }
        list++;
      }
      from = to;
    }
    long start = in.getFilePointer();
    long length = (long) list * DEPTH * ENTRY_BYTES;
    if (length + Integer.BYTES != in.length() - start) {
      throw damaged(path, in.length(), "it has room for other than " + list + " lists");
    }
    RandomAccessInput lists = in.randomAccessSlice(start, length);
    return positions.isEmpty()
        ? Optional.empty()
        : Optional.of(new KeptSongs(lists, Map.copyOf(positions), List.copyOf(covered)));
  }

  static Optional<byte[]> segmentId(LeafReaderContext leaf) {
    return leaf.reader() instanceof SegmentReader segment
        ? Optional.of(segment.getSegmentInfo().info.getId())
        : Optional.empty();
  }

  /** Whether lists know the songs of a segment. */
  boolean covers(LeafReaderContext leaf) {
    return covered.stream().anyMatch(each -> each.leaf().orElse(null) == leaf);
  }

  /** The list of a picture, by its document number; empty if it has none. */
  Optional<KeptList> of(int document) throws IOException {
    Integer list = positions.get(document);
    if (list == null) {
      return Optional.empty();
    }
    List<Kept> songs = new ArrayList<>(DEPTH);
    float reach = Float.POSITIVE_INFINITY;
    for (int i = 0; i < DEPTH; i++) {
      long at = ((long) list * DEPTH + i) * ENTRY_BYTES;
      int song = Integer.reverseBytes(file.readInt(at)); // Lucene's order is the other one
      if (song < 0) {
        return Optional.of(new KeptList(songs, Float.POSITIVE_INFINITY));
      }
      reach = Float.intBitsToFloat(Integer.reverseBytes(file.readInt(at + Integer.BYTES)));
      add(song, reach, songs);
    }
    return Optional.of(new KeptList(songs, reach));
  }

  private void add(int song, float squaredDistance, List<Kept> songs) {
    for (Covered segment : covered) {
      if (song < segment.to()) {
        if (segment.leaf().isPresent()) {
          LeafReaderContext leaf = segment.leaf().get();
          Bits live = leaf.reader().getLiveDocs();
          int document = song - segment.from();
          if (live == null || live.get(document)) {
            songs.add(new Kept(leaf, document, squaredDistance));
          }
        }
        return;
      }
    }
  }
}
