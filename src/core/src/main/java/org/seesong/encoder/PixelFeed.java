package org.seesong.encoder;

import java.nio.FloatBuffer;
import java.util.List;
import org.seesong.image.RgbImage;

/** Turns pixels into what a network takes: scaled, in its order and layout. Immutable. */
final class PixelFeed {
  static final int CHANNELS = 3;

  private final float[][] tables = new float[CHANNELS][];
  private final boolean bgr;
  private final PixelLayout layout;

  /**
   * A feed.
   *
   * @param scaling what is done to a pixel's value, as {@link Scaling} reads it
   * @param order order of the channels the network takes
   * @param layout where they go
   */
  PixelFeed(String scaling, ChannelOrder order, PixelLayout layout) {
    Scaling parsed = Scaling.parse(scaling);
    for (int c = 0; c < CHANNELS; c++) {
      tables[c] = parsed.table(c);
    }
    this.bgr = order == ChannelOrder.BGR;
    this.layout = layout;
  }

  /** Appends pictures of the network's size, {@value #CHANNELS} numbers a pixel. */
  void fill(FloatBuffer floats, List<RgbImage> batch) {
    for (RgbImage image : batch) {
      byte[] pixels = image.pixels();
      float[] fed = new float[pixels.length];
      int places = pixels.length / CHANNELS;
      boolean last = layout == PixelLayout.NHWC;
      for (int c = 0; c < CHANNELS; c++) {
        float[] table = tables[c];
        int from = bgr ? CHANNELS - 1 - c : c;
        int to = last ? c : c * places;
        int step = last ? CHANNELS : 1;
        for (int p = 0; p < places; p++) {
          fed[to + p * step] = table[pixels[p * CHANNELS + from] & 0xff];
        }
      }
      floats.put(fed);
    }
  }
}
