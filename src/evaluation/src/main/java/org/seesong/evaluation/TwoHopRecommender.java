package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.query.Explanation;
import org.seesong.query.PictureHit;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.vector.EncodedImage;

/** Our method: the search that users run. */
record TwoHopRecommender(
    TwoHopSearcher searcher, TwoHopOptions options, EvaluationQueries queries, SongTable table)
    implements Recommender {
  @Override
  public List<RankedSong> recommend(Query query, int songs) throws IOException {
    EncodedImage image = new EncodedImage(queries.space(), queries.vectors().row(query.number()));
    TwoHopResult result = searcher.search(image, options.toBuilder().songs(songs).build());
    Map<String, Integer> ranks = new HashMap<>();
    for (PictureHit picture : result.pictures()) {
      ranks.put(picture.id(), picture.rank() - 1);
    }
    List<RankedSong> ranking = new ArrayList<>();
    for (SongHit hit : result.songs()) {
      Explanation explanation = hit.explanation();
      int source =
          explanation.origin() == Explanation.Origin.PICTURE
              ? ranks.get(explanation.pictureId())
              : -1;
      ranking.add(new RankedSong(table.numberOf(hit.id()), hit.distance(), source));
    }
    return ranking;
  }
}
