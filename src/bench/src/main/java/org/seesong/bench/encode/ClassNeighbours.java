package org.seesong.bench.encode;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How often a picture's nearest other pictures are of its class (leave-one-out). Vectors are
 * centred and have length 1, as in an index.
 *
 * @param pictures how many were asked for their neighbours, among all others
 * @param nearest share of the pictures whose nearest one is of their class
 * @param ofFive share of the five nearest that are of the picture's class
 * @param bySet {@code nearest} of the pictures of each set
 * @param gain {@code nearest} less that of other vectors of the same pictures
 * @param gainInterval half of the 95 % interval of the gain, of paired differences
 */
record ClassNeighbours(
    int pictures,
    double nearest,
    double ofFive,
    Map<String, Double> bySet,
    double gain,
    double gainInterval) {
  private static final int NEIGHBOURS = 5;

  /**
   * What a picture shows.
   *
   * @param set the folder of its class's folder, such as {@code flowers}
   * @param name the name of its own folder
   */
  record PictureClass(String set, String name) {}

  /**
   * Sums up.
   *
   * @param right of the pictures, see {@link #right}
   * @param classes of the pictures
   * @param other {@link #right} of the encoder to compare with
   */
  static ClassNeighbours of(double[][] right, List<PictureClass> classes, double[][] other) {
    int n = right.length;
    double nearest = 0;
    double ofFive = 0;
    double gain = 0;
    double squares = 0;
    Map<String, double[]> sets = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      nearest += right[i][0] / n;
      ofFive += right[i][1] / n;
      double difference = right[i][0] - other[i][0];
      gain += difference / n;
      squares += difference * difference / n;
      double[] set = sets.computeIfAbsent(classes.get(i).set(), name -> new double[2]);
      set[0] += right[i][0];
      set[1]++;
    }
    Map<String, Double> bySet = new LinkedHashMap<>();
    sets.forEach((name, sums) -> bySet.put(name, sums[0] / sums[1]));
    double interval = 1.96 * Math.sqrt((squares - gain * gain) / n);
    return new ClassNeighbours(n, nearest, ofFive, bySet, gain, interval);
  }

  /**
   * Of each picture, 1 if the nearest other one is of its class, else 0, and the share of the five
   * nearest that are.
   *
   * @param vectors of length 1
   */
  static double[][] right(float[][] vectors, List<PictureClass> classes) {
    return IntStream.range(0, vectors.length)
        .parallel()
        .mapToObj(
            i -> {
              List<Integer> near = PictureVectors.nearest(vectors, i, NEIGHBOURS);
              double[] same =
                  near.stream()
                      .mapToDouble(j -> classes.get(j).equals(classes.get(i)) ? 1 : 0)
                      .toArray();
              double five = Arrays.stream(same).average().orElse(0);
              return new double[] {same.length == 0 ? 0 : same[0], five};
            })
        .toArray(double[][]::new);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pictures", pictures);
    map.put("nearest", nearest);
    map.put("ofFive", ofFive);
    map.put("bySet", bySet);
    map.put("gain", gain);
    map.put("gainInterval", gainInterval);
    return map;
  }
}
