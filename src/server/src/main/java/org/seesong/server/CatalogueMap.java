package org.seesong.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.seesong.index.CarriedKeywords;
import org.seesong.index.CatalogueDocuments;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.KeywordCount;
import org.seesong.index.WeightedKeyword;
import org.seesong.io.Digests;

/**
 * The keywords, songs and pictures of an index in one plane. A keyword is a disc as large as what
 * it is the strongest keyword of, near keywords that go with it (see {@link KeywordLayout}). A song
 * or picture stands between its keywords, nearest the strongest, and is scattered over the disc of
 * that one.
 *
 * <p>Cost: one pass over the stored keywords, some 2 CPU-seconds for 45,000 documents; some 60
 * bytes a document. Above {@value #MAX_POINTS} documents every second, third, ... has a point.
 * Immutable; the same index after the same map gives the same map.
 */
final class CatalogueMap {
  /** Most points, so that a browser can draw them. */
  static final int MAX_POINTS = 200_000;

  /** Largest coordinate; the smallest is 0. */
  static final int SIZE = 65_535;

  /** Bytes of a point in {@link #points}: x and y as unsigned 16-bit numbers. */
  static final int POINT_BYTES = 4;

  /**
   * Power of weights by which something stands between its keywords. With 2, songs of many keywords
   * meet in the middle; with 8, discs can be told apart.
   */
  private static final double SHARPNESS = 8;

  private static final long SEED = 0x5EE50;

  private final List<Keyword> keywords;
  private final Map<String, Disc> discs;
  private final Points points;
  private final String digest;

  /** A keyword's disc in whole coordinates. */
  record Keyword(String keyword, int songs, int pictures, int x, int y, int radius) {}

  /** A keyword's disc as it was laid out, scaled to the coordinates. */
  private record Disc(double x, double y, double radius) {}

  /** Documents in order: songs, then pictures. */
  private record Points(List<String> ids, char[] x, char[] y, int songs) {}

  private CatalogueMap(List<Keyword> keywords, Map<String, Disc> discs, Points points) {
    this.keywords = keywords;
    this.discs = discs;
    this.points = points;
    this.digest = Digests.sha256(points());
  }

  /** Makes the map of an index as if there were none before. */
  static CatalogueMap of(CatalogueIndex index) throws IOException {
    return of(index, Optional.empty());
  }

  /**
   * Makes the map of an index.
   *
   * @param before the map of an earlier state, near which keywords of both stay, unless it lacks
   *     most of the index's
   */
  static CatalogueMap of(CatalogueIndex index, Optional<CatalogueMap> before) throws IOException {
    List<Carrier> carriers = carriers(index);
    List<KeywordCount> counts = new ArrayList<>(index.keywords());
    counts.sort(
        Comparator.comparingInt((KeywordCount count) -> -(count.songs() + count.pictures()))
            .thenComparing(KeywordCount::keyword));
    List<KeywordCount> placed =
        counts.subList(0, Math.min(counts.size(), KeywordLayout.MAX_KEYWORDS));
    Map<String, Disc> earlier = before.map(map -> map.discs).orElse(Map.of());
    Map<String, Disc> discs = discs(placed, carriers, earlier);
    List<Keyword> keywords = new ArrayList<>();
    for (KeywordCount count : placed) {
      Disc disc = discs.get(count.keyword());
      keywords.add(
          new Keyword(
              count.keyword(),
              count.songs(),
              count.pictures(),
              whole(disc.x()),
              whole(disc.y()),
              whole(disc.radius())));
    }
    return new CatalogueMap(List.copyOf(keywords), discs, points(carriers, discs));
  }

  /** A document and what it carries. */
  private record Carrier(int document, CarriedKeywords carried) {}

  /** Documents with keywords, the songs first. */
  private static List<Carrier> carriers(CatalogueIndex index) throws IOException {
    List<Carrier> songs = new ArrayList<>();
    List<Carrier> pictures = new ArrayList<>();
    CatalogueDocuments documents = index.documents();
    int step = 1 + (index.reader().numDocs() - 1) / MAX_POINTS;
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      for (int i = 0; i < leaf.reader().maxDoc(); i++) {
        int document = leaf.docBase + i;
        if (document % step == 0 && (live == null || live.get(i))) {
          CarriedKeywords carried = documents.keywords(document);
          if (!carried.keywords().isEmpty()) {
            (carried.isSong() ? songs : pictures).add(new Carrier(document, carried));
          }
        }
      }
    }
    songs.addAll(pictures);
    return songs;
  }

  private static Map<String, Disc> discs(
      List<KeywordCount> placed, List<Carrier> carriers, Map<String, Disc> before) {
    Map<String, Integer> numbers = new HashMap<>();
    placed.forEach(count -> numbers.put(count.keyword(), numbers.size()));
    double[][] together = new double[numbers.size()][numbers.size()];
    double[] radius = new double[numbers.size()];
    Arrays.fill(radius, 1);
    for (Carrier carrier : carriers) {
      double strongest = 0;
      int first = -1;
      List<WeightedKeyword> carried = carrier.carried().keywords();
      for (WeightedKeyword one : carried) {
        Integer i = numbers.get(one.keyword());
        if (i != null) {
          if (one.weight() > strongest) {
            strongest = one.weight();
            first = i;
          }
          for (WeightedKeyword other : carried) {
            Integer j = numbers.get(other.keyword());
            if (j != null) {
              together[i][j] += one.weight() * other.weight();
            }
          }
        }
      }
      if (first >= 0) {
        radius[first]++;
      }
    }
    Arrays.setAll(radius, i -> Math.sqrt(radius[i]));
    double[][] anchors = anchors(placed, radius, before);
    return scaled(placed, KeywordLayout.place(cosines(together), radius, anchors), radius);
  }

  /** Where keywords were, in the unit of the radii: their discs had the area that they have now. */
  private static double[][] anchors(
      List<KeywordCount> placed, double[] radius, Map<String, Disc> before) {
    double[][] anchors = new double[radius.length][];
    double area = 0;
    double areaBefore = 0;
    int common = 0;
    for (int i = 0; i < radius.length; i++) {
      Disc disc = before.get(placed.get(i).keyword());
      if (disc != null) {
        area += radius[i] * radius[i];
        areaBefore += disc.radius() * disc.radius();
        common++;
      }
    }
    if (2 * common <= radius.length) {
      return anchors;
    }
    double scale = Math.sqrt(area / areaBefore);
    for (int i = 0; i < radius.length; i++) {
      Disc disc = before.get(placed.get(i).keyword());
      if (disc != null) {
        double[] anchor = {(disc.x() - SIZE / 2.0) * scale, (disc.y() - SIZE / 2.0) * scale};
        anchors[i] = anchor;
      }
    }
    return anchors;
  }

  private static double[][] cosines(double[][] together) {
    double[][] cosines = new double[together.length][together.length];
    for (int i = 0; i < together.length; i++) {
      for (int j = 0; j < together.length; j++) {
        double lengths = Math.sqrt(together[i][i] * together[j][j]);
        cosines[i][j] = lengths > 0 ? together[i][j] / lengths : 0;
      }
    }
    return cosines;
  }

  /** Shifts and scales all discs into the square of the coordinates. */
  private static Map<String, Disc> scaled(
      List<KeywordCount> placed, double[][] at, double[] radius) {
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i < at.length; i++) {
      left = Math.min(left, at[i][0] - radius[i]);
      right = Math.max(right, at[i][0] + radius[i]);
      top = Math.min(top, at[i][1] - radius[i]);
      bottom = Math.max(bottom, at[i][1] + radius[i]);
    }
    double side = Math.max(right - left, bottom - top);
    double scale = SIZE / side;
    double moveX = (side - (right - left)) / 2 - left;
    double moveY = (side - (bottom - top)) / 2 - top;
    Map<String, Disc> discs = new HashMap<>();
    for (int i = 0; i < at.length; i++) {
      discs.put(
          placed.get(i).keyword(),
          new Disc((at[i][0] + moveX) * scale, (at[i][1] + moveY) * scale, radius[i] * scale));
    }
    return discs;
  }

  private static Points points(List<Carrier> carriers, Map<String, Disc> discs) {
    List<String> ids = new ArrayList<>(carriers.size());
    char[] x = new char[carriers.size()];
    char[] y = new char[carriers.size()];
    int filled = 0;
    int songs = 0;
    for (Carrier carrier : carriers) {
      Optional<Disc> place = between(carrier.carried().keywords(), discs);
      if (place.isPresent()) {
        // Any number that stays the same for the id, whatever is added; even over the disc's area.
        SplittableRandom random = new SplittableRandom(SEED + carrier.carried().id().hashCode());
        double angle = 2 * Math.PI * random.nextDouble();
        double away = place.get().radius() * Math.sqrt(random.nextDouble());
        x[filled] = whole(place.get().x() + away * Math.cos(angle));
        y[filled] = whole(place.get().y() + away * Math.sin(angle));
        filled++;
        ids.add(carrier.carried().id());
        songs += carrier.carried().isSong() ? 1 : 0;
      }
    }
    return new Points(List.copyOf(ids), Arrays.copyOf(x, filled), Arrays.copyOf(y, filled), songs);
  }

  /** Where something with keywords stands and how far it may be scattered. */
  private static Optional<Disc> between(
      Collection<WeightedKeyword> keywords, Map<String, Disc> discs) {
    double sum = 0;
    double x = 0;
    double y = 0;
    double strongest = 0;
    double radius = 0;
    for (WeightedKeyword keyword : keywords) {
      Disc disc = discs.get(keyword.keyword());
      if (disc != null) {
        double share = Math.pow(keyword.weight(), SHARPNESS);
        sum += share;
        x += share * disc.x();
        y += share * disc.y();
        if (share > strongest) {
          strongest = share;
          radius = disc.radius();
        }
      }
    }
    return sum > 0 ? Optional.of(new Disc(x / sum, y / sum, radius)) : Optional.empty();
  }

  private static char whole(double coordinate) {
    return (char) Math.max(0, Math.min(SIZE, Math.round(coordinate)));
  }

  /** The discs of the keywords that most songs and pictures carry, those first. */
  List<Keyword> keywords() {
    return keywords;
  }

  /** How many points are songs; they come first. */
  int songs() {
    return points.songs();
  }

  /** How many points are pictures. */
  int pictures() {
    return points.ids().size() - points.songs();
  }

  /** Where something with these keywords stands: {x, y}; nothing if none of them has a disc. */
  Optional<int[]> place(Collection<WeightedKeyword> carried) {
    return between(carried, discs).map(disc -> new int[] {whole(disc.x()), whole(disc.y())});
  }

  /** All points, songs first: x and y of each as unsigned 16-bit little-endian numbers. */
  byte[] points() {
    ByteBuffer bytes =
        ByteBuffer.allocate(POINT_BYTES * points.ids().size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < points.ids().size(); i++) {
      bytes.putChar(points.x()[i]).putChar(points.y()[i]);
    }
    return bytes.array();
  }

  /** SHA-256 of {@link #points}, by which a client's numbers of points are known to be these. */
  String digest() {
    return digest;
  }

  /** The owner's id of a point's song or picture. */
  String id(int point) {
    return points.ids().get(point);
  }
}
