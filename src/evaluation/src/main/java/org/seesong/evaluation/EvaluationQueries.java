package org.seesong.evaluation;

import java.util.List;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.VectorSpace;

/**
 * The queries of an evaluation.
 *
 * @param pictures the query pictures
 * @param space vector space of their image embeddings
 * @param vectors their image embeddings, {@code float[queries][dimension]}
 * @param labels their keywords by number
 * @param queries what systems see of them
 * @param hopOne how hop one does on them
 * @param leftOut what could not be used, and why
 */
record EvaluationQueries(
    List<LabelledQuery> pictures,
    VectorSpace space,
    FloatMatrix vectors,
    List<int[]> labels,
    List<Query> queries,
    HopOneReport hopOne,
    List<String> leftOut) {
  EvaluationQueries {
    pictures = List.copyOf(pictures);
    labels = List.copyOf(labels);
    queries = List.copyOf(queries);
    leftOut = List.copyOf(leftOut);
  }

  int size() {
    return pictures.size();
  }
}
