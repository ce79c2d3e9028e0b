package org.seesong.server;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Places keywords in the plane as discs that do not overlap, those near each other that songs and
 * pictures share. Springs pull related keywords together, and discs push each other apart (after
 * Fruchterman and Reingold, "Graph Drawing by Force-directed Placement", 1991). Anchored keywords
 * begin where they were and nothing pulls at them, so they move no more than others need room. The
 * same input gives the same bits.
 *
 * <p>Cost: keywords squared times {@value #STEPS}; some 0.1 CPU-seconds for 200 keywords.
 */
final class KeywordLayout {
  /** Most keywords that are placed by force; the caller places others by these. */
  static final int MAX_KEYWORDS = 500;

  private static final int STEPS = 400;

  /** Keywords that pull at one. */
  private static final int RELATED = 4;

  /** Free space between discs, as a share of their radii. */
  private static final double MARGIN = 1.15;

  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

  private final double[] radius;
  private final double[][] anchors;
  private final double[] x;
  private final double[] y;

  private KeywordLayout(double[] radius, double[][] anchors) {
    this.radius = radius;
    this.anchors = anchors;
    this.x = new double[radius.length];
    this.y = new double[radius.length];
  }

  /**
   * Places keywords.
   *
   * @param affinity {@code [keywords][keywords]}, symmetric, 0 or more; the diagonal is not read
   * @param radius of each keyword's disc, above 0
   * @param anchors {@code [keywords]}: where a keyword was, {x, y} around (0, 0) in the unit of the
   *     radii, or null
   * @return {@code [keywords][2]}, around (0, 0), in the unit of the radii
   */
  static double[][] place(double[][] affinity, double[] radius, double[][] anchors) {
    KeywordLayout layout = new KeywordLayout(radius, anchors);
    layout.start();
    int[][] related = related(affinity);
    for (int step = 0; step < STEPS; step++) {
      double heat = 1 - (double) step / STEPS;
      layout.pull(related, affinity, 0.2 * heat);
      layout.separate();
    }
    for (int step = 0; step < STEPS; step++) {
      layout.separate();
    }
    return IntStream.range(0, radius.length)
        .mapToObj(i -> new double[] {layout.x[i], layout.y[i]})
        .toArray(double[][]::new);
  }

  /** At their anchors, others on a spiral, the largest discs inside. */
  private void start() {
    Integer[] bySize = IntStream.range(0, radius.length).boxed().toArray(Integer[]::new);
    Arrays.sort(bySize, Comparator.comparingDouble((Integer i) -> -radius[i]));
    double area = 0;
    for (int rank = 0; rank < bySize.length; rank++) {
      int keyword = bySize[rank];
      area += MARGIN * MARGIN * radius[keyword] * radius[keyword];
      x[keyword] = Math.sqrt(area) * Math.cos(rank * GOLDEN_ANGLE);
      y[keyword] = Math.sqrt(area) * Math.sin(rank * GOLDEN_ANGLE);
      if (anchors[keyword] != null) {
        x[keyword] = anchors[keyword][0];
        y[keyword] = anchors[keyword][1];
      }
    }
  }

  private static int[][] related(double[][] affinity) {
    return IntStream.range(0, affinity.length)
        .mapToObj(
            i ->
                IntStream.range(0, affinity.length)
                    .filter(j -> j != i && affinity[i][j] > 0)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer j) -> -affinity[i][j]))
                    .limit(RELATED)
                    .mapToInt(Integer::intValue)
                    .toArray())
        .toArray(int[][]::new);
  }

  /** Moves related keywords towards each other, the strongest of each by its full share. */
  private void pull(int[][] related, double[][] affinity, double share) {
    for (int i = 0; i < related.length; i++) {
      for (int j : related[i]) {
        double strength = share * affinity[i][j] / affinity[i][related[i][0]];
        double dx = strength * (x[j] - x[i]);
        double dy = strength * (y[j] - y[i]);
        double mine = radius[j] / (radius[i] + radius[j]); // the larger one moves less
        move(i, mine * dx, mine * dy);
        move(j, (mine - 1) * dx, (mine - 1) * dy);
      }
      double toCentre = 0.02 * share;
      move(i, -toCentre * x[i], -toCentre * y[i]);
    }
  }

  private void move(int keyword, double dx, double dy) {
    if (anchors[keyword] == null) {
      x[keyword] += dx;
      y[keyword] += dy;
    }
  }

  /** Moves discs that overlap apart by half of what they overlap. */
  private void separate() {
    for (int i = 0; i < radius.length; i++) {
      for (int j = i + 1; j < radius.length; j++) {
        double dx = x[j] - x[i];
        double dy = y[j] - y[i];
        double wanted = MARGIN * (radius[i] + radius[j]);
        double distance = Math.sqrt(dx * dx + dy * dy);
        if (distance < wanted) {
          if (distance < 1e-9 * wanted) { // one on top of the other: any direction, always the same
            dx = Math.cos(i * GOLDEN_ANGLE + j);
            dy = Math.sin(i * GOLDEN_ANGLE + j);
            distance = 1;
          }
          double move = 0.5 * (wanted - distance) / distance;
          double mine = radius[j] / (radius[i] + radius[j]);
          x[i] -= mine * move * dx;
          y[i] -= mine * move * dy;
          x[j] += (1 - mine) * move * dx;
          y[j] += (1 - mine) * move * dy;
        }
      }
    }
  }
}
