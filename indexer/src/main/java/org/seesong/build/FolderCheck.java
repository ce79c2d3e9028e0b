package org.seesong.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.LuceneVectors;
import org.seesong.keyword.LaterKeywords;
import org.seesong.vector.ContentKey;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

/**
 * Finds out whether what a build left beside its index goes with it: the picture vectors that were
 * kept, and what it takes to add songs and pictures.
 */
public final class FolderCheck {
  private FolderCheck() {}

  /**
   * Checks a folder whose index is whole.
   *
   * @param folder the folder that a build made
   * @return problems, for people to read; none if all goes together
   * @throws IOException if somebody is changing the index, or a file cannot be read at all
   */
  public static List<String> check(Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    List<String> problems = new ArrayList<>();
    try (BuildFolder locked = BuildFolder.openBuilt(root, Duration.ZERO);
        CatalogueIndex index = CatalogueIndex.open(locked.index())) {
      vectors(locked, index, problems);
      placing(locked, index, problems);
    }
    return problems;
  }

  /**
   * A file that was deleted by hand, or never came with a snapshot, is made again as far as it is
   * needed, so fewer vectors than the index has are no problem; as many but others are.
   */
  private static void vectors(BuildFolder folder, CatalogueIndex index, List<String> problems)
      throws IOException {
    VectorSpace space = index.identity().visual();
    Path file = folder.vectors(space.id());
    if (!Files.exists(file)) {
      return;
    }
    Set<ContentKey> kept = new HashSet<>();
    try (VectorFile vectors = VectorFile.open(file, space.id(), space.dimension())) {
      float[] vector = new float[space.dimension()];
      for (ContentKey key : vectors.keys()) {
        vectors.read(key, vector);
        kept.add(digest(vector));
      }
    }
    Set<ContentKey> missing = new HashSet<>();
    int found = 0;
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Optional<LuceneVectors> values =
          LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_VECTOR);
      Bits live = leaf.reader().getLiveDocs();
      for (int row = 0; values.isPresent() && row < values.get().size(); row++) {
        if (live == null || live.get(values.get().document(row))) {
          ContentKey digest = digest(values.get().vector(row));
          found += kept.contains(digest) ? 1 : 0;
          if (!kept.contains(digest)) {
            missing.add(digest);
          }
        }
      }
    }
    if (!missing.isEmpty() && kept.size() - found >= missing.size()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%d visual vectors of the index are not in %s; delete the file and build" + " again",
              missing.size(),
              file));
    }
  }

  private static ContentKey digest(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return ContentKey.of(bytes.array());
  }

  private static void placing(BuildFolder folder, CatalogueIndex index, List<String> problems) {
    try {
      new LaterKeywords(Placing.read(folder.placing(), index.identity()).keywords());
    } catch (IOException | IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
  }
}
