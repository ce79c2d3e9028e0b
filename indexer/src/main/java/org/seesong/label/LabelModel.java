package org.seesong.label;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.store.DataInput;
import org.seesong.io.FramedFile;

/**
 * What label propagation fitted to a catalogue's labelled pictures, for pictures that come later.
 *
 * @param options how labels are propagated
 * @param reach distance within which neighbours count fully, finite, at least 0
 * @param classifier predicts keywords from an image embedding, or {@link RidgeClassifier#none}
 * @param known {@link org.seesong.select.Confidence#known}; empty if there are too few pictures
 */
public record LabelModel(
    LabelPropagationOptions options, double reach, RidgeClassifier classifier, List<Double> known) {
  private static final String CODEC = "SeesongLabels";
  private static final int VERSION = 2;

  public LabelModel {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(classifier, "classifier");
    known = List.copyOf(known);
    if (!(reach >= 0) || Double.isInfinite(reach)) {
      throw new IllegalArgumentException("reach must be finite and at least 0; got: " + reach);
    }
  }

  /**
   * Reads what {@link #write} wrote; it predicts the same bits.
   *
   * @throws IOException if the file is missing or damaged; the message says so
   */
  public static LabelModel read(Path path) throws IOException {
    FramedFile file = file(path);
    return file.read(
        (in, bytes) -> {
          try {
            LabelPropagationOptions options =
                new LabelPropagationOptions(
                    in.readInt(),
                    Double.longBitsToDouble(in.readLong()),
                    Double.longBitsToDouble(in.readLong()));
            double reach = Double.longBitsToDouble(in.readLong());
            int known = in.readInt();
            if (known < 0 || known > bytes / Double.BYTES) {
              throw file.damaged();
            }
            List<Double> confidence = Arrays.stream(file.finiteDoubles(in, known)).boxed().toList();
            return new LabelModel(options, reach, classifier(file, in, bytes), confidence);
          } catch (IllegalArgumentException e) {
            throw file.damaged();
          }
        });
  }

  private static RidgeClassifier classifier(FramedFile file, DataInput in, long bytes)
      throws IOException {
    int keywords = in.readInt();
    int dimension = in.readInt();
    if (keywords < 0
        || keywords > bytes
        || dimension < 0
        || dimension > RidgeClassifier.MAX_DIMENSION) {
      throw file.damaged();
    }
    float[] mean = new float[dimension];
    in.readFloats(mean, 0, dimension);
    double[] meanLabel = file.finiteDoubles(in, keywords);
    double[][] weights = new double[keywords][];
    for (int k = 0; k < keywords; k++) {
      weights[k] = file.finiteDoubles(in, dimension);
    }
    return new RidgeClassifier(mean, meanLabel, weights);
  }

  /**
   * Writes this to a {@link FramedFile} in one step: neighbors 4, own label weight 8, classifier
   * weight 8, reach 8, numbers of known 4 and each 8, keywords 4, dimension 4, mean of the vectors
   * (dimension floats), mean label (keywords doubles), weights (keywords * dimension doubles).
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path path) throws IOException {
    file(path)
        .write(
            out -> {
              out.writeInt(options.neighbours());
              FramedFile.writeDoubles(
                  out, new double[] {options.ownLabelWeight(), options.classifierWeight(), reach});
              out.writeInt(known.size());
              FramedFile.writeDoubles(
                  out, known.stream().mapToDouble(Double::doubleValue).toArray());
              out.writeInt(classifier.keywords());
              out.writeInt(classifier.dimension());
              for (float x : classifier.mean()) {
                out.writeInt(Float.floatToIntBits(x));
              }
              FramedFile.writeDoubles(out, classifier.meanLabel());
              for (double[] row : classifier.weights()) {
                FramedFile.writeDoubles(out, row);
              }
            });
  }

  private static FramedFile file(Path path) {
    return new FramedFile(path, CODEC, VERSION);
  }
}
