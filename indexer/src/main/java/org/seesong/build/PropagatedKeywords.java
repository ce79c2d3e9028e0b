package org.seesong.build;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.io.ContentKey;
import org.seesong.io.FramedFile;
import org.seesong.keyword.KeywordRows;
import org.seesong.label.LabelModel;
import org.seesong.label.LabelPropagation;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.vector.VectorSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the keywords that label propagation gave a catalogue's pictures, so that a build of the
 * same pictures, labels and options compares nothing again: {@code work/KEY.propagated}, named for
 * a digest of all that the result depends on, a {@link FramedFile}: pictures with inferred keywords
 * 4, pictures 4, for each picture number of keywords 4 and keyword 4, weight 4 for each. The {@link
 * LabelModel} that belongs to it is in {@code model/KEY.labels}, see {@link ModelFolder}.
 *
 * <p>What is missing or damaged is computed again.
 */
final class PropagatedKeywords {
  private static final Logger LOG = LoggerFactory.getLogger(PropagatedKeywords.class);

  private static final String CODEC = "SeesongPropagated";
  private static final int VERSION = 1;
  private static final String SUFFIX = ".propagated";

  /** Raised when the same pictures, labels and options give other keywords. */
  private static final int RESULT_VERSION = 3;

  private final BuildFolder folder;
  private final String key;

  /**
   * Names the files; nothing is read yet.
   *
   * @param own labels of each picture as its owner gave them
   */
  PropagatedKeywords(
      BuildFolder folder,
      KeywordRows own,
      EncodedPictures encoded,
      VectorSpace space,
      LabelPropagationOptions options) {
    this.folder = folder;
    Fingerprint all = new Fingerprint().add(RESULT_VERSION).add(space.toString());
    all.add(options.neighbours()).add(options.ownLabelWeight()).add(options.classifierWeight());
    for (ContentKey picture : encoded.keys()) {
      all.add(picture.a()).add(picture.b()).add(picture.c()).add(picture.d());
    }
    for (int offset : own.offsets()) {
      all.add(offset);
    }
    for (int i = 0; i < own.keywords().length; i++) {
      all.add(own.keywords()[i]).add(Float.floatToIntBits(own.weights()[i]));
    }
    this.key = all.hex().substring(0, 32);
  }

  /** Names what labels were propagated from. */
  String key() {
    return key;
  }

  private Path labels() {
    return ModelFolder.labels(folder.model(), key);
  }

  private FramedFile file() {
    return new FramedFile(folder.work().resolve(key + SUFFIX), CODEC, VERSION);
  }

  /** What was written for the same pictures, labels and options, if it is there and whole. */
  Optional<LabelPropagation> read() {
    if (!Files.exists(folder.work().resolve(key + SUFFIX))) {
      return Optional.empty();
    }
    try {
      LabelModel model = LabelModel.read(labels());
      return Optional.of(file().read((in, bytes) -> read(in, model)));
    } catch (IOException | RuntimeException damaged) {
      LOG.warn("{}; pictures will be compared again", damaged.getMessage());
      return Optional.empty();
    }
  }

  private static LabelPropagation read(DataInput in, LabelModel model) throws IOException {
    int inferred = in.readInt();
    int pictures = in.readInt();
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (int picture = 0; picture < pictures; picture++) {
      for (int left = in.readInt(); left > 0; left--) {
        rows.add(in.readInt(), Float.intBitsToFloat(in.readInt()));
      }
      rows.endRow();
    }
    return new LabelPropagation(rows.build(), inferred, model);
  }

  /** Whether a file of the folder {@code work} is one of these. */
  static boolean isOne(String name) {
    return name.endsWith(SUFFIX);
  }

  /** What is wrong with one of these files, for people to read; nothing if it is whole. */
  static Optional<String> problem(Path file) throws IOException {
    return FramedFile.isWhole(file)
        ? Optional.empty()
        : Optional.of(
            file
                + " is damaged; what label propagation gave the pictures is lost; run the same"
                + " 'seesong build' again, which computes it anew");
  }

  /**
   * Writes what {@link #read} gives and removes what was cached for other pictures or options;
   * warns if that fails, since a build can do without.
   */
  void write(LabelPropagation labels) {
    boolean interrupted = Thread.interrupted(); // would end the writing, not the build
    try {
      Files.createDirectories(folder.model());
      labels.model().write(labels());
      file().write(out -> put(labels, out));
      removeOthers();
    } catch (IOException e) {
      LOG.warn(
          "cannot keep propagated keywords in {}: {}; the next build compares pictures again",
          folder.work(),
          e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void removeOthers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.work(), "*" + SUFFIX)) {
      for (Path other : files) {
        if (!other.getFileName().toString().startsWith(key)) {
          Files.deleteIfExists(other);
        }
      }
    }
  }

  private static void put(LabelPropagation labels, DataOutput out) throws IOException {
    KeywordRows rows = labels.rows();
    out.writeInt(labels.inferred());
    out.writeInt(rows.rows());
    for (int row = 0; row < rows.rows(); row++) {
      out.writeInt(rows.offsets()[row + 1] - rows.offsets()[row]);
      for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
        out.writeInt(rows.keywords()[i]);
        out.writeInt(Float.floatToIntBits(rows.weights()[i]));
      }
    }
  }
}
