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
    float[][] a = PictureVectors.of(first, pictures);
    float[][] b = PictureVectors.of(second, pictures);
    double[] cosines = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      double squares = PictureVectors.dot(a[i], a[i]) * PictureVectors.dot(b[i], b[i]);
      cosines[i] = PictureVectors.dot(a[i], b[i]) / Math.sqrt(squares);
    }
    Arrays.sort(cosines);
    PictureVectors.centre(a);
    PictureVectors.centre(b);
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

  private static double[] shares(float[][] a, float[][] b, int i) {
    List<Integer> wanted = PictureVectors.nearest(a, i, NEIGHBOURS);
    List<Integer> ten = PictureVectors.nearest(b, i, 2 * NEIGHBOURS);
    List<Integer> five = ten.subList(0, Math.min(NEIGHBOURS, ten.size()));
    double size = wanted.size();
    return new double[] {
      wanted.stream().filter(five::contains).count() / size,
      wanted.stream().filter(ten::contains).count() / size
    };
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
