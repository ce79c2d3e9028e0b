package org.seesong.evaluation;

import java.util.List;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.VectorSpace;

/**
 * The queries of an evaluation and what is known of them.
 *
 * @param queries the pictures
 * @param space of their vectors
 * @param vectors what they look like, a row each
 * @param labels their keywords by number
 * @param questions what methods are told
 * @param hopOne what hop one makes of them
 * @param leftOut what could not be asked, and why
 */
record Asked(
    List<LabelledQuery> queries,
    VectorSpace space,
    FloatMatrix vectors,
    List<int[]> labels,
    List<Question> questions,
    HopOneReport hopOne,
    List<String> leftOut) {
  Asked {
    queries = List.copyOf(queries);
    labels = List.copyOf(labels);
    questions = List.copyOf(questions);
    leftOut = List.copyOf(leftOut);
  }
}
