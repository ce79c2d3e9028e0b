package org.seesong.label;

import java.io.IOException;

/**
 * The labelled pictures of a catalogue, to be found by one part of its pictures after another. Safe
 * for any number of threads until it is closed.
 */
public final class LabelledPictures implements AutoCloseable {
  private final PictureVectors vectors;
  private final int[] labelled;
  private final LabelIndex index; // null where all pairs are compared

  private LabelledPictures(PictureVectors vectors, int[] labelled, LabelIndex index) {
    this.vectors = vectors;
    this.labelled = labelled;
    this.index = index;
  }

  /**
   * Gets ready; indexes them where they are too many to be compared with all pictures.
   *
   * @param vectors of all pictures
   * @param labelled numbers of the labelled ones, ascending
   */
  public static LabelledPictures open(PictureVectors vectors, int[] labelled) throws IOException {
    boolean many = labelled.length > NearestLabelledPictures.MOST_COMPARED;
    return new LabelledPictures(
        vectors, labelled.clone(), many ? LabelIndex.of(vectors, labelled) : null);
  }

  /**
   * The labelled pictures nearest to some pictures; what {@link NeighbourSearch#threads} finds for
   * them.
   *
   * @param first number of the first of these pictures, which has row 0
   * @param end behind the last one
   * @param asked how many to find for each
   */
  public Neighbours nearest(int first, int end, int asked)
      throws IOException, InterruptedException {
    NearestLabelledPictures search =
        new NearestLabelledPictures(
            vectors,
            vectors,
            labelled,
            true,
            asked,
            first,
            end,
            NearestLabelledPictures.MOST_COMPARED,
            done -> {});
    return index == null ? search.find(1) : search.find(index, 1);
  }

  @Override
  public void close() throws IOException {
    if (index != null) {
      index.close();
    }
  }
}
