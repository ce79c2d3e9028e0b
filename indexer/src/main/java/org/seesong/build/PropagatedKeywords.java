package org.seesong.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.seesong.io.ChecksumFile;
import org.seesong.io.ContentKey;
import org.seesong.keyword.KeywordRows;
import org.seesong.label.LabelPropagation;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.label.RidgeClassifier;
import org.seesong.vector.VectorSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the keywords that label propagation gave a catalogue's pictures, so that a build of the
 * same pictures, labels and options compares nothing again. Two files in the folder {@code work},
 * named for a digest of all that the result depends on: {@code KEY.regression}, a {@link
 * RidgeClassifier}, and {@code KEY.propagated}, big-endian:
 *
 * <pre>
 * magic      4  SSPK
 * version    4  1
 * reach      8
 * inferred   4
 * pictures   4
 * for each picture: number of keywords 4, then keyword 4 and weight 4 for each
 * checksum   4  CRC-32C of everything before
 * </pre>
 *
 * <p>They are optional: what is missing or damaged is computed again.
 */
final class PropagatedKeywords {
  private static final Logger LOG = LoggerFactory.getLogger(PropagatedKeywords.class);

  private static final int MAGIC = 0x5353504b;
  private static final int VERSION = 1;
  private static final String ROWS = ".propagated";
  private static final String REGRESSION = ".regression";

  /** Raised when the same pictures, labels and options give other keywords. */
  private static final int RESULT_VERSION = 1;

  private final Path folder;
  private final String key;

  /**
   * Names the files; nothing is read yet.
   *
   * @param own labels of each picture as its owner gave them
   * @param encoded keys of the pictures' vectors
   * @param space the vectors' space
   */
  PropagatedKeywords(
      Path folder,
      KeywordRows own,
      EncodedPictures encoded,
      VectorSpace space,
      LabelPropagationOptions options) {
    this.folder = folder;
    Fingerprint all = new Fingerprint().add(RESULT_VERSION).add(space.toString());
    all.add(options.neighbours()).add(options.ownLabelWeight()).add(options.regression());
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

  /** What was written for the same pictures, labels and options, if it is there and whole. */
  Optional<LabelPropagation> read() {
    try {
      if (!Files.exists(folder.resolve(key + ROWS))) {
        return Optional.empty();
      }
      RidgeClassifier regression = RidgeClassifier.read(folder.resolve(key + REGRESSION));
      return Optional.of(read(file(), regression));
    } catch (IOException | RuntimeException damaged) {
      LOG.warn("{}; pictures will be compared again", damaged.getMessage());
      return Optional.empty();
    }
  }

  private static LabelPropagation read(ChecksumFile file, RidgeClassifier regression)
      throws IOException {
    ByteBuffer in = file.read();
    double reach = in.getDouble();
    int inferred = in.getInt();
    int pictures = in.getInt();
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (int picture = 0; picture < pictures; picture++) {
      for (int left = in.getInt(); left > 0; left--) {
        rows.add(in.getInt(), in.getFloat());
      }
      rows.endRow();
    }
    return new LabelPropagation(rows.build(), reach, inferred, regression);
  }

  /** Whether a file of the folder {@code work} is one of these. */
  static boolean isOne(String name) {
    return name.endsWith(ROWS) || name.endsWith(REGRESSION);
  }

  /** What is wrong with one of these files, for people to read; nothing if it is whole. */
  static Optional<String> problem(Path file) throws IOException {
    try {
      if (file.toString().endsWith(REGRESSION)) {
        RidgeClassifier.read(file);
      } else {
        new ChecksumFile(file, MAGIC, VERSION).read();
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // a build has removed it meanwhile
    } catch (FileSystemException e) {
      throw e; // cannot be read at all
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          file
              + " is damaged; what label propagation gave the pictures is lost; run the same"
              + " 'seesong build' again, which computes it anew");
    }
  }

  /**
   * Writes what {@link #read} gives and removes what was kept of other pictures or options; warns
   * if that fails, since a build can do without.
   */
  void write(LabelPropagation soft) {
    boolean interrupted = Thread.interrupted(); // would end the writing, not the build
    try {
      writeAll(soft);
    } catch (IOException e) {
      LOG.warn(
          "cannot keep propagated keywords in {}: {}; the next build compares pictures again",
          folder,
          e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void writeAll(LabelPropagation soft) throws IOException {
    KeywordRows rows = soft.rows();
    long bytes = Double.BYTES + 2L * Integer.BYTES + 4L * rows.rows() + 8L * rows.keywords().length;
    if (bytes <= ChecksumFile.MAX_BODY_BYTES) {
      soft.regression().write(folder.resolve(key + REGRESSION));
      file().write(bytes, out -> put(soft, out));
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + ROWS + "," + REGRESSION + "}")) {
      for (Path other : files) {
        if (!other.getFileName().toString().startsWith(key)) {
          Files.deleteIfExists(other);
        }
      }
    }
  }

  private static void put(LabelPropagation soft, ByteBuffer out) {
    KeywordRows rows = soft.rows();
    out.putDouble(soft.reach()).putInt(soft.inferred()).putInt(rows.rows());
    for (int row = 0; row < rows.rows(); row++) {
      out.putInt(rows.offsets()[row + 1] - rows.offsets()[row]);
      for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
        out.putInt(rows.keywords()[i]).putFloat(rows.weights()[i]);
      }
    }
  }

  private ChecksumFile file() {
    return new ChecksumFile(folder.resolve(key + ROWS), MAGIC, VERSION);
  }
}
