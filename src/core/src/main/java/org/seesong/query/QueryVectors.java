package org.seesong.query;

import java.io.IOException;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMismatchException;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.FloatVector;

/** Combines examples to the one vector that hop one searches around. */
final class QueryVectors {
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
