package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.VectorUtil;
import org.seesong.index.CatalogueDocuments;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.index.IndexLayout;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.Explanation.Leader;
import org.seesong.query.HopOne.Anchor;
import org.seesong.query.HopTwo.Found;
import org.seesong.vector.FloatVector;

/** Says why songs are in an answer. For one search, on one thread. */
final class ExplanationReader {
  private final CatalogueIndex index;
  private final CatalogueDocuments documents;

  ExplanationReader(CatalogueIndex index) throws IOException {
    this.index = index;
    this.documents = index.documents();
  }

  /** A song of the answer that a picture brought. */
  SongHit ofPicture(int rank, Found found, Anchor anchor) throws IOException {
    return hit(rank, found, anchor, found.distance(), Leader.PICTURE);
  }

  /** A song that all pictures brought: the one nearest to the song speaks for them. */
  SongHit ofConsensus(int rank, Found found, List<Anchor> anchors) throws IOException {
    FloatVector known = found.vector();
    float[] song =
        known.isEmpty()
            ? index.vectorAt(IndexLayout.SONG_NETWORK_VECTOR, found.document()).values()
            : known.values();
    Anchor nearest =
        anchors.stream().min(Comparator.comparingDouble(a -> squared(a, song))).orElseThrow();
    return hit(rank, found, nearest, Math.sqrt(squared(nearest, song)), Leader.CONSENSUS);
  }

  private SongHit hit(int rank, Found found, Anchor anchor, double songDistance, Leader leader)
      throws IOException {
    CatalogueSong song = documents.song(found.document());
    PictureHit picture = anchor.hit();
    return new SongHit(
        rank,
        song,
        new Explanation(
            picture.id(),
            picture.distance(),
            songDistance,
            leader,
            found.distance(),
            paths(picture.keywords(), song)));
  }

  private static float squared(Anchor anchor, float[] song) {
    return VectorUtil.squareDistance(anchor.networkVector().values(), song);
  }

  /** A song found from another song. */
  SongHit ofSong(int rank, int document, double distance, CatalogueSong from) throws IOException {
    CatalogueSong song = documents.song(document);
    return new SongHit(
        rank,
        song,
        new Explanation("", 0, distance, Leader.SONG, distance, paths(from.keywords(), song)));
  }

  /** Ways over keywords of both, by the product of their weights, so that both must mean it. */
  private static List<KeywordPath> paths(List<WeightedKeyword> origin, CatalogueSong song) {
    Map<String, Double> weights = new HashMap<>();
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
