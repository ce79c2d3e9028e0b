package org.seesong.build;

import java.io.IOException;
import org.seesong.io.ContentKey;

/** Keeps what encoding pictures gives, by content. */
interface PictureStore {
  /** Whether a picture of this content needs no encoding. */
  boolean contains(ContentKey key);

  /** How many classes there are to keep the most probable of; 0 if none are wanted. */
  int classCount();

  /**
   * Keeps a picture.
   *
   * @param vector image embedding
   * @param classes as {@link ClassFile#strongest} gives them; empty if none are wanted
   * @param thumbnail JPEG to show
   */
  void put(ContentKey key, float[] vector, byte[] classes, byte[] thumbnail) throws IOException;

  /** Waits until all is on disk. */
  void sync() throws IOException;
}
