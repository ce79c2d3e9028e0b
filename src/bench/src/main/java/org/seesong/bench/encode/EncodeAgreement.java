package org.seesong.bench.encode;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.RgbImage;

/**
 * How near the vectors of two encoders of one network are.
 *
 * @param pictures how many were compared
 * @param meanCosine mean of the cosines of a picture's two vectors
 * @param firstPercentile the cosine that one in a hundred pictures is below
 * @param fiveInFive share of the first encoder's five nearest pictures among the other's five; for
 *     neighbours all vectors are centred and have length 1, as in an index
 * @param fiveInTen the same among the other's ten
 */
record EncodeAgreement(
    int pictures, double meanCosine, double firstPercentile, double fiveInFive, double fiveInTen) {
  private static final int NEIGHBOURS = 5;

  static EncodeAgreement of(ImageEncoder first, ImageEncoder second, List<RgbImage> pictures) {
    float[][] a = vectors(first, pictures);
    float[][] b = vectors(second, pictures);
    double[] cosines = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      cosines[i] = dot(a[i], b[i]) / Math.sqrt(dot(a[i], a[i]) * dot(b[i], b[i]));
    }
    Arrays.sort(cosines);
    centre(a);
    centre(b);
    double[] shares =
        IntStream.range(0, a.length)
            .parallel()
            .mapToObj(i -> shares(a, b, i))
            .reduce(new double[2], (x, y) -> new double[] {x[0] + y[0], x[1] + y[1]});
    return new EncodeAgreement(
        a.length,
        Arrays.stream(cosines).average().orElse(0),
        cosines[cosines.length / 100],
        shares[0] / a.length,
        shares[1] / a.length);
  }

  private static float[][] vectors(ImageEncoder encoder, List<RgbImage> pictures) {
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

  private static void centre(float[][] vectors) {
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

  private static double[] shares(float[][] a, float[][] b, int i) {
    List<Integer> wanted = nearest(a, i, NEIGHBOURS);
    List<Integer> ten = nearest(b, i, 2 * NEIGHBOURS);
    List<Integer> five = ten.subList(0, Math.min(NEIGHBOURS, ten.size()));
    double size = wanted.size();
    return new double[] {
      wanted.stream().filter(five::contains).count() / size,
      wanted.stream().filter(ten::contains).count() / size
    };
  }

  private static List<Integer> nearest(float[][] vectors, int i, int count) {
    double[] cosines = new double[vectors.length];
    Arrays.setAll(cosines, j -> j == i ? -2 : dot(vectors[i], vectors[j]));
    return IntStream.range(0, vectors.length)
        .filter(j -> j != i)
        .boxed()
        .sorted((x, y) -> Double.compare(cosines[y], cosines[x]))
        .limit(count)
        .toList();
  }

  private static double dot(float[] a, float[] b) {
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

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pictures", pictures);
    map.put("meanCosine", meanCosine);
    map.put("firstPercentile", firstPercentile);
    map.put("fiveInFive", fiveInFive);
    map.put("fiveInTen", fiveInTen);
    return map;
  }
}
