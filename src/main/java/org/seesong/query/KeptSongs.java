package org.seesong.query;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
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

  private final ByteBuffer file;
  private final Map<Integer, Integer> positions;
  private final List<Covered> covered;

  /** A segment that lists know: documents counted through all, and where it is now, if it is. */
  private record Covered(int from, int to, Optional<LeafReaderContext> leaf) {}

  /** A song of a list. */
  record Kept(LeafReaderContext leaf, int documentInLeaf, float squaredDistance) {}

  /**
   * A picture's list.
   *
   * @param songs nearest first, those that are still there
   * @param squaredReach no song of these segments that is not in the list is nearer; infinite if
   *     the list has all
   */
  record KeptList(List<Kept> songs, float squaredReach) {}

  private KeptSongs(ByteBuffer file, Map<Integer, Integer> positions, List<Covered> covered) {
    this.file = file;
    this.positions = positions;
    this.covered = covered;
  }

  /**
   * Finds the nearest songs of all pictures of an index, by an exact search, and keeps them. Cost:
   * about a millisecond for each different place of a picture, for 60,000 songs; all processors.
   *
   * @param folder the index's folder
   * @return number of pictures that have a list
   * @throws IOException if reading or writing fails
   */
  public static int keep(Path folder) throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      if (index.vectors(IndexLayout.SONG_NETWORK_VECTOR) == 0
          || index.vectors(IndexLayout.PICTURE_NETWORK_VECTOR) == 0) {
        Files.deleteIfExists(folder.resolve(FILE));
        return 0;
      }
      return new KeptWriter(index, DEPTH).write(folder.resolve(FILE));
    }
  }

  /** What {@link #keep} kept, as far as the index still has it; empty if there is nothing. */
  static Optional<KeptSongs> open(CatalogueIndex index) throws IOException {
    Path path = index.folder().resolve(FILE);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    ByteBuffer file;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() < 5 * Integer.BYTES || channel.size() > Integer.MAX_VALUE) {
        throw damaged(path, "it has " + channel.size() + " bytes");
      }
      file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    int end = file.limit() - Integer.BYTES;
    CRC32C sum = new CRC32C();
    sum.update(file.duplicate().limit(end));
    if ((int) sum.getValue() != file.getInt(end)) {
      throw damaged(path, "its checksum is wrong");
    }
    if (file.getInt(0) != MAGIC || file.getInt(4) != VERSION || file.getInt(8) != DEPTH) {
      return Optional.empty(); // of another program version
    }
    return parse(file, index);
  }

  private static IOException damaged(Path path, String how) {
    return new IOException(
        path
            + " is damaged: "
            + how
            + "; delete the file, searches do without it, or build the index again");
  }

  private static Optional<KeptSongs> parse(ByteBuffer file, CatalogueIndex index) {
    Map<String, LeafReaderContext> leaves = new HashMap<>();
    for (LeafReaderContext leaf : index.reader().leaves()) {
      segmentId(leaf).ifPresent(id -> leaves.put(HexFormat.of().formatHex(id), leaf));
    }
    ByteBuffer in = file.duplicate().position(3 * Integer.BYTES);
    Map<Integer, Integer> positions = new HashMap<>();
    List<Covered> covered = new ArrayList<>();
    int from = 0;
    int list = 0;
    for (int left = in.getInt(); left > 0; left--) {
      byte[] id = new byte[ID_BYTES];
      in.get(id);
      Optional<LeafReaderContext> leaf =
          Optional.ofNullable(leaves.get(HexFormat.of().formatHex(id)));
      int to = from + in.getInt();
      covered.add(new Covered(from, to, leaf));
      for (int pictures = in.getInt(); pictures > 0; pictures--) {
        int document = in.getInt();
        if (leaf.isPresent()) {
          positions.put(leaf.get().docBase + document, list);
        }
        list++;
      }
      from = to;
    }
    ByteBuffer lists = in.slice();
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
  Optional<KeptList> of(int document) {
    Integer list = positions.get(document);
    if (list == null) {
      return Optional.empty();
    }
    List<Kept> songs = new ArrayList<>(DEPTH);
    float reach = Float.POSITIVE_INFINITY;
    for (int i = 0; i < DEPTH; i++) {
      int at = (list * DEPTH + i) * ENTRY_BYTES;
      int song = file.getInt(at);
      if (song < 0) {
        return Optional.of(new KeptList(songs, Float.POSITIVE_INFINITY));
      }
      reach = file.getFloat(at + Integer.BYTES);
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
      FloatVectorValues vectors =
          leaf.reader().getFloatVectorValues(IndexLayout.PICTURE_NETWORK_VECTOR);
      Bits live = leaf.reader().getLiveDocs();
      while (vectors != null && vectors.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        if (live == null || live.get(vectors.docID())) {
          documents.add(vectors.docID());
          places.add(new FloatVector(vectors.vectorValue().clone()));
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
