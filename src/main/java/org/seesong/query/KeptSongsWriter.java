package org.seesong.query;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.LuceneVectors;
import org.seesong.vector.AtomicFiles;
import org.seesong.vector.FloatVector;

/**
 * Finds the lists of {@link KeptSongs} and writes them as they are found, so that memory holds a
 * few thousand of them at a time. For one thread.
 */
final class KeptSongsWriter {
  /** Pictures whose lists are found together. */
  private static final int CHUNK = 4096;

  /** Places whose lists are remembered, since pictures of the same keywords often share one. */
  private static final int MAX_KNOWN = 1 << 16;

  private static final int LIST_BYTES = KeptSongs.DEPTH * (Integer.BYTES + Float.BYTES);

  private final CatalogueIndex index;
  private final NearestVectors songs;
  private final Map<FloatVector, byte[]> known = new HashMap<>();
  private final CRC32C sum = new CRC32C();
  private int lists;

  KeptSongsWriter(CatalogueIndex index) throws IOException {
    this.index = index;
    this.songs =
        new NearestVectors(
            new IndexSearcher(index.reader()), index, IndexLayout.SONG_NETWORK_VECTOR, 1);
  }

  /** Writes the file and says how many pictures have a list. */
  int write(Path path) throws IOException {
    AtomicFiles.write(path, this::writeTo);
    return lists;
  }

  private void writeTo(FileChannel file) throws IOException {
    List<LeafReaderContext> leaves = index.reader().leaves();
    putInts(file, KeptSongs.MAGIC, KeptSongs.VERSION, KeptSongs.DEPTH, leaves.size());
    for (LeafReaderContext leaf : leaves) {
      put(file, KeptSongs.segmentId(leaf).orElse(new byte[KeptSongs.ID_BYTES]));
      int[] pictures = pictures(leaf);
      putInts(file, leaf.reader().maxDoc(), pictures.length);
      putInts(file, pictures);
      lists += pictures.length;
    }
    for (LeafReaderContext leaf : leaves) {
      putLists(file, leaf);
    }
    putInts(file, (int) sum.getValue());
  }

  private void putInts(FileChannel file, int... numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    bytes.asIntBuffer().put(numbers);
    put(file, bytes.array());
  }

  private void put(FileChannel file, byte[] bytes) throws IOException {
    sum.update(bytes);
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }

  /** Those that are not deleted; the segment does not change while it is open. */
  private static int[] pictures(LeafReaderContext leaf) throws IOException {
    Optional<LuceneVectors> vectors = vectors(leaf);
    int size = vectors.isPresent() ? vectors.get().size() : 0;
    int[] documents = new int[size];
    int count = 0;
    for (int row = 0; row < size; row++) {
      int document = vectors.get().document(row);
      if (isLive(leaf, document)) {
        documents[count++] = document;
      }
    }
    return Arrays.copyOf(documents, count);
  }

  private static Optional<LuceneVectors> vectors(LeafReaderContext leaf) throws IOException {
    return LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_NETWORK_VECTOR);
  }

  private static boolean isLive(LeafReaderContext leaf, int document) {
    Bits live = leaf.reader().getLiveDocs();
    return live == null || live.get(document);
  }

  private void putLists(FileChannel file, LeafReaderContext leaf) throws IOException {
    Optional<LuceneVectors> vectors = vectors(leaf);
    int size = vectors.isPresent() ? vectors.get().size() : 0;
    List<FloatVector> places = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      if (isLive(leaf, vectors.get().document(row))) {
        places.add(new FloatVector(vectors.get().vector(row).clone()));
      }
      if (places.size() == CHUNK || row == size - 1) {
        putLists(file, places);
        places.clear();
      }
    }
  }

  private void putLists(FileChannel file, List<FloatVector> places) throws IOException {
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
    List<FloatVector> asked =
        places.stream().distinct().filter(place -> !known.containsKey(place)).toList();
    List<Found> found = asked.parallelStream().map(this::find).toList();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).failure() != null) {
        throw found.get(i).failure();
      }
      known.put(asked.get(i), found.get(i).list());
    }
    for (FloatVector place : places) {
      put(file, known.get(place));
    }
  }

  /** A list, or why it could not be found, to be thrown on the thread that asked. */
  private record Found(byte[] list, IOException failure) {}

  private Found find(FloatVector place) {
    try {
      List<Neighbour> nearest =
          songs.exact(List.of(place.values()), KeptSongs.DEPTH, Optional.empty()).get(0);
      ByteBuffer list = ByteBuffer.allocate(LIST_BYTES);
      for (int i = 0; i < KeptSongs.DEPTH; i++) {
        list.putInt(i < nearest.size() ? nearest.get(i).document() : -1);
        list.putFloat(i < nearest.size() ? nearest.get(i).squaredDistance() : 0);
      }
      return new Found(list.array(), null);
    } catch (IOException e) {
      return new Found(new byte[0], e);
    }
  }
}
