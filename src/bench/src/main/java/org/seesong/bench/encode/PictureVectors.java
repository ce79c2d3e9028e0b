package org.seesong.bench.encode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.RgbImage;

/** Vectors of pictures, and their neighbours among each other. */
final class PictureVectors {
  private PictureVectors() {}

  /** Encodes pictures, {@code float[pictures][dimension]}. */
  static float[][] of(ImageEncoder encoder, List<RgbImage> pictures) {
    float[][] vectors = new float[pictures.size()][];
    int dimension = encoder.dimension();
    for (int from = 0; from < vectors.length; from += encoder.preferredBatch()) {
      int to = Math.min(vectors.length, from + encoder.preferredBatch());
      float[] some = encoder.encode(pictures.subList(from, to));
      for (int i = from; i < to; i++) {
        vectors[i] = Arrays.copyOfRange(some, (i - from) * dimension, (i - from + 1) * dimension);
      }
    }
    return vectors;
  }

  /** Takes the mean off and scales to length 1, in place, as in an index. */
  static void centre(float[][] vectors) {
    for (int d = 0; d < vectors[0].length; d++) {
      double sum = 0;
      for (float[] vector : vectors) {
        sum += vector[d];
      }
      for (float[] vector : vectors) {
        vector[d] -= (float) (sum / vectors.length);
      }
    }
    for (float[] vector : vectors) {
      double length = Math.sqrt(dot(vector, vector));
      for (int d = 0; d < vector.length; d++) {
        vector[d] /= (float) length;
      }
    }
  }

  /** Rows of the nearest other vectors, by the inner product, nearest first. */
  static List<Integer> nearest(float[][] vectors, int i, int count) {
    double[] cosines = new double[vectors.length];
    Arrays.setAll(cosines, j -> j == i ? -2 : dot(vectors[i], vectors[j]));
    return IntStream.range(0, vectors.length)
        .filter(j -> j != i)
        .boxed()
        .sorted((x, y) -> Double.compare(cosines[y], cosines[x]))
        .limit(count)
        .toList();
  }

  static double dot(float[] a, float[] b) {
    float[] sums = new float[8];
    int blocks = a.length / 8 * 8;
    for (int i = 0; i < blocks; i += 8) {
      for (int k = 0; k < 8; k++) {
        sums[k] += a[i + k] * b[i + k];
      }
    }
    double sum = 0;
    for (float part : sums) {
      sum += part;
    }
    for (int i = blocks; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
