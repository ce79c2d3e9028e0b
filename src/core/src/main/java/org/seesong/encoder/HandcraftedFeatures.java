package org.seesong.encoder;

import java.util.ArrayList;
import java.util.List;
import org.seesong.image.RgbImage;

/**
 * The measurements behind {@link DescriptorEncoder}: four views of one 128 x 128 picture, none of
 * them normalised.
 */
final class HandcraftedFeatures {
  static final int SIDE = 128;
  static final int LAYOUT_CELLS = 8;
  static final int LAYOUT = 3 * LAYOUT_CELLS * LAYOUT_CELLS;
  static final int COLOURS_LUMA = 4;
  static final int COLOURS_CHROMA = 7;
  static final int COLOURS = COLOURS_LUMA * COLOURS_CHROMA * COLOURS_CHROMA;
  static final int EDGE_CELLS = 6;
  static final int ORIENTATIONS = 8;
  static final int EDGES = EDGE_CELLS * EDGE_CELLS * ORIENTATIONS;
  static final int TEXTURE_CELLS = 2;
  static final int PATTERNS = 59;
  static final int TEXTURE = TEXTURE_CELLS * TEXTURE_CELLS * PATTERNS;

  /** For each of the 256 neighbourhoods its class: 58 with at most two changes, and the rest. */
  private static final int[] UNIFORM = uniformPatterns();

  private final float[] luma = new float[SIDE * SIDE];
  private final float[] redGreen = new float[SIDE * SIDE];
  private final float[] blueYellow = new float[SIDE * SIDE];

  HandcraftedFeatures(RgbImage image) {
    byte[] pixels = image.pixels();
    for (int i = 0, p = 0; i < luma.length; i++, p += 3) {
      float r = (pixels[p] & 0xff) / 255f;
      float g = (pixels[p + 1] & 0xff) / 255f;
      float b = (pixels[p + 2] & 0xff) / 255f;
      luma[i] = 0.299f * r + 0.587f * g + 0.114f * b;
      redGreen[i] = r - g;
      blueYellow[i] = b - (r + g) / 2;
    }
  }

  /** Layout, colours, edges and texture, in this order. */
  List<float[]> all() {
    return List.of(layout(), colours(), edges(), texture());
  }

  /** Mean opponent colours of 8 x 8 cells; luma counts from middle grey. */
  private float[] layout() {
    float[] result = new float[LAYOUT];
    int cell = SIDE / LAYOUT_CELLS;
    float share = 1f / (cell * cell);
    for (int y = 0, i = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++, i++) {
        int to = 3 * (y / cell * LAYOUT_CELLS + x / cell);
        result[to] += share * (luma[i] - 0.5f);
        result[to + 1] += share * redGreen[i];
        result[to + 2] += share * blueYellow[i];
      }
    }
    return result;
  }

  /**
   * Square roots of a joint histogram; chroma bins are narrow around grey, where most colours are.
   */
  private float[] colours() {
    float[] result = new float[COLOURS];
    for (int i = 0; i < luma.length; i++) {
      int l = Math.min(COLOURS_LUMA - 1, (int) (luma[i] * COLOURS_LUMA));
      int c = chromaBin(redGreen[i]) * COLOURS_CHROMA + chromaBin(blueYellow[i]);
      result[l * COLOURS_CHROMA * COLOURS_CHROMA + c]++;
    }
    return squareRoots(result);
  }

  private static int chromaBin(float chroma) {
    double stretched = Math.copySign(Math.sqrt(Math.abs(chroma)), chroma);
    return Math.min(COLOURS_CHROMA - 1, (int) ((stretched + 1) / 2 * COLOURS_CHROMA));
  }

  /**
   * Square roots of gradient strength by cell and orientation, shared between neighbouring bins.
   */
  private float[] edges() {
    float[] result = new float[EDGES];
    for (int y = 1; y < SIDE - 1; y++) {
      for (int x = 1; x < SIDE - 1; x++) {
        int i = y * SIDE + x;
        float dx = luma[i + 1] - luma[i - 1];
        float dy = luma[i + SIDE] - luma[i - SIDE];
        float strength = (float) Math.sqrt(dx * dx + dy * dy);
        if (strength > 0) {
          // StrictMath, since the JDK's own atan2 may differ between machines.
          double turn = StrictMath.atan2(dy, dx) / Math.PI;
          addEdge(result, x, y, (float) ((turn < 0 ? turn + 1 : turn) * ORIENTATIONS), strength);
        }
      }
    }
    return squareRoots(result);
  }

  private static void addEdge(float[] to, int x, int y, float orientation, float strength) {
    int first = (int) orientation % ORIENTATIONS;
    int second = (first + 1) % ORIENTATIONS;
    float share = orientation - (int) orientation;
    float cellX = (x + 0.5f) * EDGE_CELLS / SIDE - 0.5f;
    float cellY = (y + 0.5f) * EDGE_CELLS / SIDE - 0.5f;
    int left = (int) Math.floor(cellX);
    int top = (int) Math.floor(cellY);
    for (int cy = Math.max(0, top); cy <= Math.min(EDGE_CELLS - 1, top + 1); cy++) {
      for (int cx = Math.max(0, left); cx <= Math.min(EDGE_CELLS - 1, left + 1); cx++) {
        float near = (1 - Math.abs(cellX - cx)) * (1 - Math.abs(cellY - cy)) * strength;
        int cell = (cy * EDGE_CELLS + cx) * ORIENTATIONS;
        to[cell + first] += near * (1 - share);
        to[cell + second] += near * share;
      }
    }
  }

  /** Square roots of histograms of uniform local binary patterns in 2 x 2 cells. */
  private float[] texture() {
    float[] result = new float[TEXTURE];
    int[] around = {-SIDE - 1, -SIDE, -SIDE + 1, 1, SIDE + 1, SIDE, SIDE - 1, -1};
    int cell = SIDE / TEXTURE_CELLS;
    for (int y = 1; y < SIDE - 1; y++) {
      for (int x = 1; x < SIDE - 1; x++) {
        int i = y * SIDE + x;
        int pattern = 0;
        for (int n = 0; n < around.length; n++) {
          // A little above, so that JPEG noise in flat areas makes no pattern.
          pattern |= luma[i + around[n]] > luma[i] + 0.02f ? 1 << n : 0;
        }
        result[(y / cell * TEXTURE_CELLS + x / cell) * PATTERNS + UNIFORM[pattern]]++;
      }
    }
    return squareRoots(result);
  }

  private static float[] squareRoots(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sqrt(values[i]);
    }
    return values;
  }

  private static int[] uniformPatterns() {
    int[] classes = new int[256];
    List<Integer> uniform = new ArrayList<>();
    for (int pattern = 0; pattern < classes.length; pattern++) {
      int turned = (pattern << 1 | pattern >> 7) & 0xff;
      boolean isUniform = Integer.bitCount(pattern ^ turned) <= 2;
      classes[pattern] = isUniform ? uniform.size() : PATTERNS - 1;
      if (isUniform) {
        uniform.add(pattern);
      }
    }
    return classes;
  }
}
