package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.seesong.index.CatalogueDocuments;
import org.seesong.index.CatalogueSong;
import org.seesong.index.IndexLayout;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.Explanation.KeywordPath;
import org.seesong.query.Explanation.Origin;
import org.seesong.query.HopOne.Anchor;
import org.seesong.query.HopTwo.Found;
import org.seesong.vector.FloatVector;

/**
 * Reads songs of an answer and explains them. For one search, on one thread.
 *
 * @param boosted keywords that a boost asks for
 */
record HitReader(
    CatalogueDocuments documents, Map<Long, SortedSet<String>> versions, Set<String> boosted) {
  /**
   * Songs found from pictures or from their centroid.
   *
   * @param confidences of songs
   */
  List<SongHit> ofPictures(
      List<Found> found, List<Anchor> pictures, Function<CatalogueSong, OptionalDouble> confidences)
      throws IOException {
    List<SongHit> hits = new ArrayList<>(found.size());
    for (Found each : found) {
      boolean fromCentroid = each.pick().isFromCentroid();
      Anchor picture =
          fromCentroid
              ? nearest(pictures, each.pick().song().embedding().values())
              : pictures.get(each.pick().picture());
      CatalogueSong song = documents.song(each.document());
      OptionalDouble confidence = confidences.apply(song);
      double distance = each.pick().song().distance();
      hits.add(
          new SongHit(
              hits.size() + 1,
              song,
              distance,
              new Explanation(
                  fromCentroid ? Origin.CENTROID : Origin.PICTURE,
                  picture.hit().id(),
                  picture.hit().distance(),
                  fromCentroid
                      ? Math.sqrt(
                          picture
                              .embedding()
                              .squaredDistance(each.pick().song().embedding().values()))
                      : distance,
                  paths(picture.hit().keywords(), song)),
              versions(each),
              confidence));
    }
    return hits;
  }

  private static Anchor nearest(List<Anchor> pictures, float[] song) {
    return pictures.stream()
        .min(Comparator.comparingDouble(picture -> picture.embedding().squaredDistance(song)))
        .orElseThrow();
  }

  /** Songs found from another song. */
  List<SongHit> ofSong(List<Found> found, CatalogueSong from) throws IOException {
    List<SongHit> hits = new ArrayList<>(found.size());
    for (Found each : found) {
      CatalogueSong song = documents.song(each.document());
      double distance = each.pick().song().distance();
      hits.add(
          new SongHit(
              hits.size() + 1,
              song,
              distance,
              new Explanation(Origin.SONG, "", 0, distance, paths(from.keywords(), song)),
              versions(each),
              OptionalDouble.empty()));
    }
    return hits;
  }

  /**
   * Songs found by words.
   *
   * @param pictures of the query; may be empty
   */
  List<SongHit> ofWords(List<Found> found, List<Anchor> pictures) throws IOException {
    List<SongHit> hits = new ArrayList<>(found.size());
    for (Found each : found) {
      CatalogueSong song = documents.song(each.document());
      FloatVector embedding = each.pick().song().embedding();
      double distance = each.pick().song().distance();
      Explanation explanation = new Explanation(Origin.WORDS, "", 0, distance, List.of());
      if (!pictures.isEmpty() && !embedding.isEmpty()) {
        Anchor picture = nearest(pictures, embedding.values());
        explanation =
            new Explanation(
                Origin.WORDS,
                picture.hit().id(),
                picture.hit().distance(),
                Math.sqrt(picture.embedding().squaredDistance(embedding.values())),
                paths(picture.hit().keywords(), song));
      }
      hits.add(
          new SongHit(
              hits.size() + 1,
              song,
              distance,
              explanation,
              versions(each),
              OptionalDouble.empty()));
    }
    return hits;
  }

  private List<String> versions(Found found) {
    return versions
        .getOrDefault(found.pick().song().contentKey(), Collections.emptySortedSet())
        .stream()
        .filter(id -> !id.equals(found.pick().song().songId()))
        .map(IndexLayout::ownerId)
        .toList();
  }

  private List<KeywordPath> paths(List<WeightedKeyword> origin, CatalogueSong song) {
    Map<String, Double> weights = new HashMap<>();
    boosted.forEach(keyword -> weights.put(keyword, 0.0));
    origin.forEach(keyword -> weights.put(keyword.keyword(), keyword.weight()));
    Set<String> seen = new HashSet<>();
    List<KeywordPath> paths = new ArrayList<>();
    for (int i = 0; i < song.keywords().size(); i++) {
      WeightedKeyword keyword = song.keywords().get(i);
      Double weight = weights.get(keyword.keyword());
      if (weight != null && seen.add(keyword.keyword())) {
        paths.add(
            new KeywordPath(keyword.keyword(), weight, keyword.weight(), song.keywordLine(i)));
      }
    }
    paths.sort(
        Comparator.comparingDouble(KeywordPath::weight)
            .reversed()
            .thenComparing(KeywordPath::keyword));
    return paths;
  }
}
