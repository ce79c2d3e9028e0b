package org.seesong.build;

import java.io.IOException;
import org.seesong.io.ContentKey;
import org.seesong.io.RecordFile;
import org.seesong.vector.VectorFile;

/**
 * What a folder keeps of encoded pictures; each file is closed by who opened it.
 *
 * @param vectors image embeddings
 * @param classes most probable classes, if they are wanted
 * @param thumbnails small pictures
 */
record PictureFiles(VectorFile vectors, ClassFile classes, RecordFile thumbnails)
    implements PictureStore {
  @Override
  public boolean contains(ContentKey key) {
    return vectors.contains(key) && thumbnails.contains(key) && classes.contains(key);
  }

  @Override
  public int classCount() {
    return classes.names().size();
  }

  /** Keeps the vector last, so that a picture with a vector has the rest. */
  @Override
  public void put(ContentKey key, float[] vector, byte[] strongest, byte[] thumbnail)
      throws IOException {
    thumbnails.append(key, thumbnail);
    classes.append(key, strongest);
    vectors.append(key, vector);
  }

  @Override
  public void sync() throws IOException {
    thumbnails.sync();
    classes.sync();
    vectors.sync();
  }
}
