package org.seesong.encoder;

import java.util.List;
import org.seesong.image.RgbImage;

/** The argument checks all encoders share. */
final class EncoderInput {
  private EncoderInput() {}

  static void require(ImageEncoder encoder, boolean closed, List<RgbImage> batch) {
    if (closed) {
      throw new IllegalStateException("encoder '" + encoder.id() + "' is closed");
    }
    int side = encoder.inputSize();
    for (int i = 0; i < batch.size(); i++) {
      RgbImage image = batch.get(i);
      if (image.width() != side || image.height() != side) {
        throw new IllegalArgumentException(
            "encoder '"
                + encoder.id()
                + "' wants pictures of "
                + side
                + " x "
                + side
                + " pixels, but picture "
                + i
                + " of the batch has "
                + image.width()
                + " x "
                + image.height()
                + "; use RgbImage.resizedTo");
      }
    }
  }
}
