package org.seesong.evaluation;

import java.util.List;
import java.util.TreeMap;
import org.seesong.keyword.KeywordRows;
import org.seesong.label.PictureVectors;
import org.seesong.vector.FloatMatrix;

/**
 * The pictures of an index: ids, keywords by number with their weights, and what they look like.
 *
 * @param ids the pictures' ids
 * @param paths where their owner says they are
 * @param keywords keywords of each picture as its owner gave them
 * @param weights their weights
 * @param visual their visual vectors, a row each
 */
record PictureTable(
    List<String> ids, List<String> paths, int[][] keywords, float[][] weights, FloatMatrix visual)
    implements PictureVectors {
  PictureTable {
    ids = List.copyOf(ids);
    paths = List.copyOf(paths);
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
