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
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.index.IndexLayout;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.Because.Leader;
import org.seesong.query.HopOne.Anchor;

/** Says why songs are in an answer. */
final class Evidence {
  private final CatalogueIndex index;

  Evidence(CatalogueIndex index) {
    this.index = index;
  }

  /** A song of the answer that a picture brought. */
  SongHit ofPicture(int rank, int document, double distance, Anchor anchor) throws IOException {
    return ofPicture(rank, document, distance, anchor, Leader.PICTURE);
  }

  /** A song that all pictures brought: the one nearest to the song speaks for them. */
  SongHit ofConsensus(int rank, int document, double distance, List<Anchor> anchors)
      throws IOException {
    float[] song = index.vectorAt(IndexLayout.SONG_NETWORK_VECTOR, document).values();
    Anchor nearest =
        anchors.stream().min(Comparator.comparingDouble(a -> squared(a, song))).orElseThrow();
    return ofPicture(rank, document, distance, nearest, Leader.CONSENSUS);
  }

  private SongHit ofPicture(int rank, int document, double distance, Anchor anchor, Leader leader)
      throws IOException {
    CatalogueSong song = index.songAt(document);
    PictureHit picture = anchor.hit();
    double songDistance = distance;
    if (leader == Leader.CONSENSUS) {
      float[] vector = index.vectorAt(IndexLayout.SONG_NETWORK_VECTOR, document).values();
      songDistance = Math.sqrt(squared(anchor, vector));
    }
    return new SongHit(
        rank,
        song,
        new Because(
            picture.id(),
            picture.distance(),
            songDistance,
            leader,
            distance,
            paths(picture.keywords(), song)));
  }

  private static float squared(Anchor anchor, float[] song) {
    return VectorUtil.squareDistance(anchor.networkVector().values(), song);
  }

  /** A song found from another song. */
  SongHit ofSong(int rank, int document, double distance, CatalogueSong from) throws IOException {
    CatalogueSong song = index.songAt(document);
    return new SongHit(
        rank,
        song,
        new Because("", 0, distance, Leader.SONG, distance, paths(from.keywords(), song)));
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
