package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;
import org.seesong.evaluation.Question.SeenPicture;
import org.seesong.vector.FloatMatrix;

/** Finds the pictures nearest to every query by comparing all with all. */
final class HopOneScan {
  /** Pictures that a question names. */
  static final int SHOWN = 5;

  private final PictureTable pictures;

  HopOneScan(PictureTable pictures) {
    this.pictures = pictures;
  }

  /** The nearest pictures of a query, nearest first; equal distances in the index's order. */
  List<SeenPicture> nearest(float[] query, int most, boolean labelledOnly) {
    FloatMatrix visual = pictures.visual();
    float[] row = new float[visual.dimension()];
    float[] distances = new float[pictures.size()];
    for (int i = 0; i < distances.length; i++) {
      System.arraycopy(visual.data(), i * row.length, row, 0, row.length);
      distances[i] = VectorUtil.squareDistance(query, row);
    }
    List<SeenPicture> nearest = new ArrayList<>();
    IntStream.range(0, distances.length)
        .filter(i -> !labelledOnly || pictures.isLabelled(i))
        .boxed()
        .sorted(java.util.Comparator.comparingDouble(i -> distances[i]))
        .limit(most)
        .forEach(
            i -> nearest.add(new SeenPicture(i, Math.sqrt(distances[i]), pictures.keywords()[i])));
    return nearest;
  }

  /** The question of a query whose nearest pictures are known, at least {@value #SHOWN}. */
  Question question(int number, float[] query, List<SeenPicture> known) {
    List<SeenPicture> nearest = known.subList(0, Math.min(SHOWN, known.size()));
    boolean some = nearest.stream().anyMatch(picture -> picture.keywords().length > 0);
    return new Question(number, some ? nearest : nearest(query, SHOWN, true));
  }
}
