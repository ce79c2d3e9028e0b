package org.seesong.query;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.RandomAccessInput;
import org.apache.lucene.util.Bits;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.LuceneVectors;
import org.seesong.vector.AtomicFiles;
import org.seesong.vector.FloatVector;

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

  private static final int MAGIC = 0x53534B53;
  private static final int VERSION = 1;
  private static final int ID_BYTES = 16;
  private static final int ENTRY_BYTES = Integer.BYTES + Float.BYTES;

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
   * all processors.
   *
   * @param folder the index's folder
   * @return number of pictures that have a list
   * @throws IOException if reading or writing fails
   */
  public static int keep(Path folder) throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      if (index.vectors(IndexLayout.SONG_NETWORK_VECTOR) == 0
          || index.vectors(IndexLayout.PICTURE_NETWORK_VECTOR) == 0) {
        Files.deleteIfExists(index.folder().resolve(FILE));
        return 0;
      }
      return new KeptWriter(index, DEPTH).write(index.folder().resolve(FILE));
    }
  }

  /**
   * Whether there is a file of kept songs, fresh or not.
   *
   * @param folder the index's folder
   * @return whether {@link #keep} was here
   */
  public static boolean isKept(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /** What {@link #keep} kept, as far as the index still has it; empty if there is nothing. */
  static Optional<KeptSongs> open(CatalogueIndex index) throws IOException {
    Path path = index.folder().resolve(FILE);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    IndexInput input;
    try (FSDirectory folder = FSDirectory.open(index.folder())) {
      input = folder.openInput(FILE, IOContext.DEFAULT); // not READONCE: for many threads
    }
    index.reader().getReaderCacheHelper().addClosedListener(closed -> input.close());
    if (input.length() < 5 * Integer.BYTES || input.length() > Integer.MAX_VALUE) {
      throw damaged(path, "it has " + input.length() + " bytes");
    }
    if (checksum(input) != CodecUtil.readBEInt(input)) {
      throw damaged(path, "its checksum is wrong");
    }
    input.seek(0);
    boolean ours =
        CodecUtil.readBEInt(input) == MAGIC
            && CodecUtil.readBEInt(input) == VERSION
            && CodecUtil.readBEInt(input) == DEPTH;
    return ours ? parse(input, index) : Optional.empty(); // else of another program version
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

  private static IOException damaged(Path path, String how) {
    return new IOException(
        path
            + " is damaged: "
            + how
            + "; delete the file, searches do without it, or build the index again");
  }

  private static Optional<KeptSongs> parse(IndexInput in, CatalogueIndex index) throws IOException {
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
      int to = from + CodecUtil.readBEInt(in);
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
    RandomAccessInput lists = in.randomAccessSlice(start, in.length() - start);
    return positions.isEmpty()
        ? Optional.empty()
        : Optional.of(new KeptSongs(lists, Map.copyOf(positions), List.copyOf(covered)));
  }

  private static Optional<byte[]> segmentId(LeafReaderContext leaf) {
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
      long at = (list * DEPTH + i) * (long) ENTRY_BYTES;
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

  /** Finds lists and writes the file. */
  private static final class KeptWriter {
    private final CatalogueIndex index;
    private final int depth;
    private final NearestVectors songs;

    KeptWriter(CatalogueIndex index, int depth) throws IOException {
      this.index = index;
      this.depth = depth;
      this.songs =
          new NearestVectors(
              new IndexSearcher(index.reader()), index, IndexLayout.SONG_NETWORK_VECTOR, 1);
    }

    int write(Path path) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(depth);
      List<FloatVector> places = new ArrayList<>();
      List<LeafReaderContext> leaves = index.reader().leaves();
      out.writeInt(leaves.size());
      for (LeafReaderContext leaf : leaves) {
        out.write(segmentId(leaf).orElse(new byte[ID_BYTES]));
        out.writeInt(leaf.reader().maxDoc());
        List<Integer> pictures = pictures(leaf, places);
        out.writeInt(pictures.size());
        for (int picture : pictures) {
          out.writeInt(picture);
        }
      }
      for (List<Neighbour> list : lists(places)) {
        for (int i = 0; i < depth; i++) {
          out.writeInt(i < list.size() ? list.get(i).document() : -1);
          out.writeFloat(i < list.size() ? list.get(i).squaredDistance() : 0);
        }
      }
      CRC32C sum = new CRC32C();
      sum.update(bytes.toByteArray());
      out.writeInt((int) sum.getValue());
      AtomicFiles.write(path, bytes.toByteArray());
      return places.size();
    }

    private static List<Integer> pictures(LeafReaderContext leaf, List<FloatVector> places)
        throws IOException {
      List<Integer> documents = new ArrayList<>();
      Optional<LuceneVectors> vectors =
          LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_NETWORK_VECTOR);
      Bits live = leaf.reader().getLiveDocs();
      for (int row = 0; vectors.isPresent() && row < vectors.get().size(); row++) {
        int document = vectors.get().document(row);
        if (live == null || live.get(document)) {
          documents.add(document);
          places.add(new FloatVector(vectors.get().vector(row).clone()));
        }
      }
      return documents;
    }

    /** Pictures of the same keywords are often at the same place: each is searched for once. */
    private List<List<Neighbour>> lists(List<FloatVector> places) throws IOException {
      List<FloatVector> distinct = places.stream().distinct().toList();
      List<ExactAnswer> answers = distinct.parallelStream().map(this::answer).toList();
      Map<FloatVector, List<Neighbour>> byPlace = new HashMap<>();
      for (int i = 0; i < answers.size(); i++) {
        byPlace.put(distinct.get(i), answers.get(i).get());
      }
      return places.stream().map(byPlace::get).toList();
    }

    private ExactAnswer answer(FloatVector place) {
      try {
        return new ExactAnswer(
            songs.exact(List.of(place.values()), depth, Optional.empty()).get(0), null);
      } catch (IOException e) {
        return new ExactAnswer(List.of(), e); // thrown on the thread that asked
      }
    }
  }

  private record ExactAnswer(List<Neighbour> songs, IOException failure) {
    List<Neighbour> get() throws IOException {
      if (failure != null) {
        throw failure;
      }
      return songs;
    }
  }
}
