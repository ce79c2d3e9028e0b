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
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.VectorSpace;

/**
 * Our method: the very search that users run, over an index.
 *
 * @param searcher searches the index
 * @param options how
 * @param space of the queries' vectors
 * @param queries visual vectors by query
 * @param table numbers the songs
 */
record TwoHop(
    TwoHopSearcher searcher,
    TwoHopOptions options,
    VectorSpace space,
    FloatMatrix queries,
    SongTable table)
    implements Recommender {
  @Override
  public List<Recommended> recommend(Question question, int songs) throws IOException {
    EncodedImage query = new EncodedImage(space, queries.row(question.number()));
    TwoHopResult result = searcher.search(query, options.toBuilder().songs(songs).build());
    Map<String, Integer> ranks = new HashMap<>();
    for (PictureHit picture : result.pictures()) {
      ranks.put(picture.id(), picture.rank() - 1);
    }
    List<Recommended> answer = new ArrayList<>();
    for (SongHit hit : result.songs()) {
      Explanation explanation = hit.explanation();
      int source =
          explanation.origin() == Explanation.Origin.PICTURE
              ? ranks.get(explanation.pictureId())
              : -1;
      answer.add(new Recommended(table.numberOf(hit.id()), hit.distance(), source));
    }
    return answer;
  }
}
