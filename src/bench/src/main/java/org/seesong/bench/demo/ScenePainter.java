package org.seesong.bench.demo;

import java.awt.image.BufferedImage;

/** Paints the pictures of the demo catalogue: the same scene and seed give the same picture. */
public final class ScenePainter {
  private ScenePainter() {}

  /**
   * Paints one variation of a scene; needs neither a screen nor a font.
   *
   * @param scene what to paint
   * @param seed chooses composition, colours and light
   * @return a picture of 480 by 360 pixels, {@link BufferedImage#TYPE_INT_RGB}
   */
  public static BufferedImage paint(Scene scene, long seed) {
    // The scene is part of the seed, or the first picture of all scenes would share its dice.
    Canvas canvas = new Canvas(seed * 1_000_003L + scene.english().hashCode());
    scene.drawing().draw(canvas);
    return canvas.image();
  }
}
