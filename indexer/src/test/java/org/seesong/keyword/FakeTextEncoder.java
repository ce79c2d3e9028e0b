package org.seesong.keyword;

import java.util.ArrayList;
import java.util.List;
import org.seesong.encoder.TextEncoder;

/** A text is the counts of four characters: snow, moon, wine and cold; for tests of meaning. */
final class FakeTextEncoder implements TextEncoder {
  private static final String AXES = "雪月酒寒";

  /** All that was encoded. */
  final List<String> encoded = new ArrayList<>();

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public int dimension() {
    return AXES.length() + 1;
  }

  @Override
  public float[][] encode(List<String> texts, Role role) {
    float[][] vectors = new float[texts.size()][dimension()];
    for (int i = 0; i < vectors.length; i++) {
      encoded.add(texts.get(i));
      vectors[i][AXES.length()] = .2f;
      for (char c : texts.get(i).toCharArray()) {
        if (AXES.indexOf(c) >= 0) {
          vectors[i][AXES.indexOf(c)]++;
        }
      }
      double squares = 0;
      for (float value : vectors[i]) {
        squares += value * value;
      }
      for (int j = 0; j < dimension(); j++) {
        vectors[i][j] /= (float) Math.sqrt(squares);
      }
    }
    return vectors;
  }

  @Override
  public void close() {}
}
