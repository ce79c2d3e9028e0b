package org.seesong.build;

import java.io.IOException;
import org.seesong.label.PictureVectors;
import org.seesong.vector.VectorFile;

/**
 * The image embeddings of a catalogue's pictures where the encoding stage left them.
 *
 * @param pictures which pictures have one, and under which key
 * @param file vectors by content
 * @param dimension numbers in a vector
 */
record StoredVectors(EncodedPictures pictures, VectorFile file, int dimension)
    implements PictureVectors {
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
    return true;
  }
}
