package org.seesong.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.seesong.embedding.Checkpoints;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.io.ContentKey;
import org.seesong.io.FileDamage;
import org.seesong.io.FramedFile;
import org.seesong.io.RecordFile;
import org.seesong.knn.LuceneVectors;
import org.seesong.part.PartFolder;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

/**
 * Finds out whether what a build left beside its index is whole and goes with it: the image
 * embeddings, propagated keywords, the learned graph embedding and the fitted model. Opens nothing
 * for writing and takes no lock.
 */
public final class FolderCheck {
  private static final String VECTORS_LOST =
      "; the vectors that were there are lost; run the same 'seesong build' again, which encodes"
          + " their pictures anew";
  private static final String THUMBNAILS_LOST =
      "; the thumbnails that were there are lost; run the same 'seesong build' again, which makes"
          + " them anew";

  private FolderCheck() {}

  /**
   * Checks all files that a build made but those of Lucene's index.
   *
   * @param wholeIndex whether the index's own check found it whole; else its vectors are not
   *     compared with those that were cached
   * @return problems, for people to read; none if all is whole and goes together
   * @throws IOException if a file cannot be read at all
   */
  public static List<String> check(Path folder, boolean wholeIndex) throws IOException {
    return check(folder, wholeIndex, note -> {});
  }

  /**
   * The same, and says what is no damage but costs the next build time.
   *
   * @param notes gets a line for each
   */
  public static List<String> check(Path folder, boolean wholeIndex, Consumer<String> notes)
      throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    List<String> problems = new ArrayList<>();
    BuildFolder built = BuildFolder.look(root);
    for (Path file : files(built.vectors())) {
      String name = file.getFileName().toString();
      if (file.equals(built.thumbnails())) {
        records(file, THUMBNAILS_LOST, problems);
      } else if (name.endsWith(".vectors") || name.endsWith(".classes")) {
        records(file, VECTORS_LOST, problems);
      }
    }
    for (Path file : files(built.work())) {
      String name = file.getFileName().toString();
      if (EmbeddingFile.isEmbedding(name)) {
        EmbeddingFile.problem(file).ifPresent(problems::add);
      } else if (EmbeddingFile.isState(name)) {
        Checkpoints.problem(file).ifPresent(problems::add);
      } else if (PropagatedKeywords.isOne(name)) {
        PropagatedKeywords.problem(file).ifPresent(problems::add);
      }
    }
    for (Path stage : folders(built.parts())) {
      for (Path file : files(stage)) {
        if (file.toString().endsWith(PartFolder.SUFFIX) && !isWhole(file)) {
          problems.add(
              file
                  + " is damaged; the part of a stopped build that it held is lost; run the same"
                  + " 'seesong build' again, which computes it anew");
        }
      }
    }
    problems.addAll(built.reports().problems());
    Optional<CatalogueIndex> index = index(built);
    if (index.isPresent()) {
      try (CatalogueIndex open = index.get()) {
        if (wholeIndex) {
          vectors(built, open, problems, notes);
        }
        model(built, open, problems);
      }
    }
    return problems;
  }

  /** Nothing where the index cannot be opened, which the index's own check tells. */
  private static Optional<CatalogueIndex> index(BuildFolder built) {
    try {
      return Optional.of(CatalogueIndex.open(built.index()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Files of a folder in order of their names; none if there is no folder. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean isWhole(Path part) throws IOException {
    try {
      return FramedFile.isWhole(part);
    } catch (NoSuchFileException e) {
      return true; // a build has removed it meanwhile
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void records(Path file, String lost, List<String> problems) throws IOException {
    FileDamage damage;
    try {
      damage = RecordFile.verify(file);
    } catch (NoSuchFileException e) {
      return; // a build has removed it meanwhile
    } catch (FileSystemException e) {
      throw e; // cannot be read at all
    } catch (IOException e) {
      problems.add(
          e.getMessage()
              + "; run the same 'seesong build' again, which mends its head where good records"
              + " follow; if it fails, delete the file first"); // another kind of file, or of
      // another version
      return;
    }
    for (FileDamage.Range range : damage.ranges()) {
      problems.add(range.in(file) + lost);
    }
    if (damage.tornEnd().length() > 0) {
      problems.add(damage.tornEnd().in(file) + ": a torn end" + lost);
    } else if (damage.open()) {
      problems.add(
          file + " was not closed: a build was killed or is at work, or its end is lost" + lost);
    }
  }

  /**
   * A file that was deleted by hand, or never came with a snapshot, is made again as far as it is
   * needed, so fewer vectors than the index has are no problem but a note; as many but others are a
   * problem.
   */
  private static void vectors(
      BuildFolder folder, CatalogueIndex index, List<String> problems, Consumer<String> notes)
      throws IOException {
    VectorSpace space = index.metadata().encoderSpace();
    Path file = folder.vectors(space.id());
    if (!Files.exists(file)) {
      return;
    }
    Set<ContentKey> cached = new HashSet<>();
    try (VectorFile vectors = VectorFile.openForReading(file, space.id(), space.dimension())) {
      float[] vector = new float[space.dimension()];
      for (ContentKey key : vectors.keys()) {
        vectors.read(key, vector);
        index.metadata().centering().ifPresent(by -> by.apply(vector));
        cached.add(digest(vector));
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      if (!problems.contains(e.getMessage())) {
        problems.add(e.getMessage()); // of another encoder than its name says
      }
      return;
    }
    Set<ContentKey> missing = new HashSet<>();
    Set<ContentKey> found = new HashSet<>(); // once, however many pictures have a vector
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Optional<LuceneVectors> values =
          LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_IMAGE_EMBEDDING);
      Bits live = leaf.reader().getLiveDocs();
      for (int row = 0; values.isPresent() && row < values.get().size(); row++) {
        if (live == null || live.get(values.get().document(row))) {
          ContentKey digest = digest(values.get().vector(row));
          (cached.contains(digest) ? found : missing).add(digest);
        }
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    if (cached.size() - found.size() >= missing.size()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%d image embeddings of the index are not in %s; delete the file and build again",
              missing.size(),
              file));
    } else if (problems.stream().noneMatch(problem -> problem.startsWith(file.toString()))) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "%d image embeddings of the index are not in %s, which holds %d; it is only a cache,"
                  + " and the next build encodes their pictures again",
              missing.size(),
              file,
              cached.size()));
    }
  }

  private static ContentKey digest(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return ContentKey.of(bytes.array());
  }

  private static void model(BuildFolder folder, CatalogueIndex index, List<String> problems) {
    try (CatalogueModel model =
        new ModelFolder(folder.model(), index.metadata())
            .read(ModelFolder.openTextEncoder(index.metadata()))) {
      Objects.requireNonNull(model);
    } catch (IOException e) {
      problems.add(e.getMessage());
    }
  }
}
