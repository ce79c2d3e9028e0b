package org.seesong.evaluation;

import java.util.List;
import java.util.TreeMap;
import org.seesong.keyword.KeywordRows;
import org.seesong.label.PictureVectors;
import org.seesong.vector.FloatMatrix;

/**
 * The pictures of an index.
 *
 * @param keywords keywords of each picture by number, as its owner gave them
 * @param visual their image embeddings, {@code float[pictures][dimension]}
 */
record PictureTable(List<String> ids, int[][] keywords, float[][] weights, FloatMatrix visual)
    implements PictureVectors {
  PictureTable {
    ids = List.copyOf(ids);
  }

  @Override
  public int size() {
    return ids.size();
  }

  @Override
  public int dimension() {
    return visual.dimension();
  }

  @Override
  public boolean read(int picture, float[] into) {
    System.arraycopy(visual.data(), picture * into.length, into, 0, into.length);
    return true;
  }

  /** The owner's labels as the stages of a build take them. */
  KeywordRows labels() {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (int picture = 0; picture < size(); picture++) {
      TreeMap<Integer, Float> row = new TreeMap<>();
      for (int i = 0; i < keywords[picture].length; i++) {
        row.merge(keywords[picture][i], weights[picture][i], Math::max);
      }
      row.forEach(rows::add);
      rows.endRow();
    }
    return rows.build();
  }

  boolean isLabelled(int picture) {
    return keywords[picture].length > 0;
  }
}
