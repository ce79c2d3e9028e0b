package org.seesong.query;

import java.io.IOException;
import java.util.Optional;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMismatchException;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/** Combines examples to the one vector that hop one searches around. */
final class QueryVectors {
  /** How much words that songs should be without count against those that they should fit. */
  private static final float WITHOUT_WEIGHT = 0.5f;

  private QueryVectors() {}

  /** Its numbers, if the index's pictures can be compared with them; refuses it otherwise. */
  static float[] check(EncodedImage query, CatalogueIndex index) throws IndexMismatchException {
    FloatVector embedding = index.metadata().embedding(query, "index " + index.folder());
    double norm = query.vector().norm();
    if (norm == 0) {
      throw new QueryException(
          "query vector is all zeros: the encoder found nothing in the picture; try another one");
    }
    if (norm > IndexLayout.MAX_NORM) {
      throw new QueryException(
          "query vector must have a length of at most " + IndexLayout.MAX_NORM + "; got: " + norm);
    }
    return embedding.values();
  }

  /** Refuses words that the index's songs cannot be compared with. */
  static void check(TwoHopQuery.Words words, CatalogueIndex index) throws IndexMismatchException {
    if (!words.findsSongs() && words.pictures().isEmpty()) {
      throw new QueryException(
          "words that songs should be without find none; add words to find songs by, or pictures");
    }
    VectorSpace space = textSpace(index);
    if (!words.space().equals(space)) {
      throw new IndexMismatchException(
          "index "
              + index.folder()
              + " holds text embeddings of encoder "
              + space
              + ", but the words come from "
              + words.space()
              + "; encode them with encoder '"
              + space.id()
              + "' or build the index again");
    }
  }

  /** The space that words must be of. */
  static VectorSpace textSpace(CatalogueIndex index) {
    return index
        .metadata()
        .textSpace()
        .orElseThrow(
            () ->
                new QueryException(
                    "index "
                        + index.folder()
                        + " has no text embeddings, so it cannot be searched by words; build it"
                        + " again with --text-encoder auto"));
  }

  /**
   * What songs are compared with: the words less some of the others, of length 1.
   *
   * @param words vector of length 1, or nothing
   * @param without vector of length 1, or nothing
   */
  static FloatVector combine(Optional<float[]> words, Optional<float[]> without) {
    float[] sum = new float[words.or(() -> without).orElseThrow().length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] += words.isPresent() ? words.get()[i] : 0;
      sum[i] -= without.isPresent() ? WITHOUT_WEIGHT * without.get()[i] : 0;
    }
    double norm = new FloatVector(sum).norm();
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= (float) norm;
    }
    return new FloatVector(sum);
  }

  /** The point that a query's examples stand for, see {@link TwoHopQuery.Pictures}. */
  static float[] combine(TwoHopQuery.Pictures query, CatalogueIndex index) throws IOException {
    double positive =
        query.examples().stream().mapToDouble(Example::weight).filter(w -> w > 0).sum();
    double negative =
        query.examples().stream().mapToDouble(Example::weight).filter(w -> w < 0).sum();
    double[] sum = new double[index.metadata().imageSpace().dimension()];
    for (Example example : query.examples()) {
      float[] vector = vector(example, index);
      double share = example.weight() / positive;
      // What the negative examples take, the positive ones get, so that shares add up to 1.
      double weight = example.weight() < 0 ? share : share * (1 - negative / positive);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * vector[i];
      }
    }
    float[] point = new float[sum.length];
    boolean finite = true;
    for (int i = 0; i < sum.length; i++) {
      point[i] = (float) sum[i];
      finite &= Float.isFinite(point[i]);
    }
    // A negative weight is taken in units of the positive ones, of which tiny ones make it endless.
    if (!finite || new FloatVector(point).norm() > IndexLayout.MAX_NORM) {
      throw new QueryException(
          "the pictures of the query lead too far away; give the negative ones less weight");
    }
    return point;
  }

  private static float[] vector(Example example, CatalogueIndex index) throws IOException {
    if (example instanceof Example.Encoded encoded) {
      return check(encoded.image(), index);
    }
    String id = ((Example.Indexed) example).pictureId();
    int document = index.document(IndexLayout.documentId(IndexLayout.PICTURE, id));
    if (document < 0) {
      throw new QueryException("index " + index.folder() + " has no picture '" + id + "'");
    }
    return index.vectorAt(IndexLayout.PICTURE_IMAGE_EMBEDDING, document).values();
  }
}
