package org.seesong.build;

import java.io.IOException;
import java.util.Optional;
import org.seesong.label.PictureVectors;
import org.seesong.vector.Centering;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

/**
 * The image embeddings of a catalogue's pictures where the encoding stage left them.
 *
 * @param pictures which pictures have one, and under which key
 * @param file the encoder's vectors by content
 * @param encoder the encoder's space
 * @param centering what vectors are centred by when they are read
 */
record StoredVectors(
    EncodedPictures pictures, VectorFile file, VectorSpace encoder, Optional<Centering> centering)
    implements PictureVectors {
  /**
   * The same vectors, centred by the mean of all readable pictures, which is summed in doubles in
   * the catalogue's order, so that it has the same bits everywhere.
   */
  StoredVectors centered() throws IOException {
    double[] sum = new double[dimension()];
    float[] vector = new float[dimension()];
    int readable = 0;
    for (int picture = 0; picture < size(); picture++) {
      if (read(picture, vector)) {
        readable++;
        for (int i = 0; i < sum.length; i++) {
          sum[i] += vector[i];
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      vector[i] = (float) (sum[i] / readable);
    }
    return new StoredVectors(pictures, file, encoder, Optional.of(new Centering(encoder, vector)));
  }

  /** The space of what is read. */
  VectorSpace space() {
    return centering.map(Centering::space).orElse(encoder);
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public int size() {
    return pictures.keys().size();
  }

  @Override
  public boolean read(int picture, float[] into) throws IOException {
    if (!pictures.isReadable(picture)) {
      return false;
    }
    file.read(pictures.keys().get(picture), into);
    centering.ifPresent(by -> by.apply(into));
    return true;
  }
}
