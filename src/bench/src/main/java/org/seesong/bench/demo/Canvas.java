package org.seesong.bench.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/** A picture being painted: the brush, the dice, and the few pixel effects the scenes need. */
final class Canvas {
  static final int WIDTH = 480;
  static final int HEIGHT = 360;

  /** How strongly something covers a pixel, 0 (not at all) to 1. */
  @FunctionalInterface
  interface Cover {
    double at(int x, int y);
  }

  private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  private final int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  private final SplittableRandom random;

  /** The Java2D brush, smooth edges switched on. */
  final Graphics2D g = image.createGraphics();

  Canvas(long seed) {
    random = new SplittableRandom(seed);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  BufferedImage image() {
    return image;
  }

  // Every draw goes through nextDouble(), whose bits are the same on each JDK; the bounded draws of
  // the library are free to change.

  double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  int count(int low, int high) {
    return low + (int) (random.nextDouble() * (high - low + 1));
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  /** One of the colours, given as {@code 0xRRGGBB}, moved a little in hue and light. */
  Color pick(int... colors) {
    Color color = Tones.rgb(colors[count(0, colors.length - 1)]);
    return vary(color);
  }

  /** The colour moved a little in hue and light. */
  Color vary(Color color) {
    return Tones.turn(color, between(-0.012, 0.012), between(0.92, 1.08), between(0.95, 1.05));
  }

  /** A bell-like number around 0, most within -1 to 1. */
  double bell() {
    return between(-1, 1) + between(-1, 1) + between(-1, 1);
  }

  void fill(Shape shape, Paint paint) {
    g.setPaint(paint);
    g.fill(shape);
  }

  void stroke(Shape shape, Color color, double width) {
    g.setPaint(color);
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(shape);
  }

  void line(double x1, double y1, double x2, double y2, Color color, double width) {
    stroke(new Line2D.Double(x1, y1, x2, y2), color, width);
  }

  void disc(double x, double y, double radius, Paint paint) {
    oval(x, y, radius, radius, paint);
  }

  void oval(double x, double y, double radiusX, double radiusY, Paint paint) {
    fill(new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY), paint);
  }

  void box(double x, double y, double width, double height, Paint paint) {
    fill(new Rectangle2D.Double(x, y, width, height), paint);
  }

  /** A band over the whole width, shaded from the first colour at its top to the last. */
  void band(double top, double bottom, Color... colors) {
    box(0, top, WIDTH, bottom - top, down(top, bottom, colors));
  }

  /** A paint shaded from top to bottom in even steps. */
  static Paint down(double top, double bottom, Color... colors) {
    return along(0, top, 0, Math.max(bottom, top + 1), colors);
  }

  /** A paint shaded along a line in even steps. */
  static Paint along(double x1, double y1, double x2, double y2, Color... colors) {
    return new LinearGradientPaint(
        (float) x1, (float) y1, (float) x2, (float) y2, steps(colors.length), colors);
  }

  /** A paint shaded from a centre outwards in even steps. */
  static Paint outwards(double x, double y, double radius, Color... colors) {
    return new RadialGradientPaint(
        (float) x, (float) y, (float) radius, steps(colors.length), colors);
  }

  private static float[] steps(int count) {
    float[] steps = new float[count];
    for (int i = 0; i < count; i++) {
      steps[i] = (float) i / (count - 1);
    }
    return steps;
  }

  /** A soft spot that fades to nothing. */
  void spot(double x, double y, double radius, Color color, double alpha) {
    disc(
        x,
        y,
        radius,
        outwards(
            x,
            y,
            radius,
            Tones.fade(color, alpha),
            Tones.fade(color, alpha * 0.4),
            Tones.fade(color, 0)));
  }

  /** Light added to what is there, as a lamp adds it: dark places take colour, bright ones glow. */
  void light(double x, double y, double radius, Color color, double strength) {
    int left = (int) Math.max(0, x - radius);
    int right = (int) Math.min(WIDTH - 1, x + radius);
    int top = (int) Math.max(0, y - radius);
    int bottom = (int) Math.min(HEIGHT - 1, y + radius);
    for (int py = top; py <= bottom; py++) {
      for (int px = left; px <= right; px++) {
        double away = Math.sqrt((px - x) * (px - x) + (py - y) * (py - y)) / radius;
        if (away < 1) {
          double power = strength * (1 - away) * (1 - away);
          int at = py * WIDTH + px;
          pixels[at] = screened(pixels[at], color, power);
        }
      }
    }
  }

  private static int screened(int pixel, Color color, double power) {
    int red = (pixel >> 16) & 255;
    int green = (pixel >> 8) & 255;
    int blue = pixel & 255;
    red += (int) ((255 - red) * color.getRed() * power / 255);
    green += (int) ((255 - green) * color.getGreen() * power / 255);
    blue += (int) ((255 - blue) * color.getBlue() * power / 255);
    return (Math.min(255, red) << 16) | (Math.min(255, green) << 8) | Math.min(255, blue);
  }

  /** Lays a colour over the rows from top to bottom, as thick as the cover says. */
  void veil(double top, double bottom, Color color, Cover cover) {
    int first = (int) Math.max(0, top);
    int last = (int) Math.min(HEIGHT, bottom);
    for (int y = first; y < last; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double share = cover.at(x, y);
        if (share > 0) {
          int at = y * WIDTH + x;
          pixels[at] = mixed(pixels[at], color, Math.min(1, share));
        }
      }
    }
  }

  private static int mixed(int pixel, Color color, double share) {
    int red = (pixel >> 16) & 255;
    int green = (pixel >> 8) & 255;
    int blue = pixel & 255;
    red += (int) Math.round((color.getRed() - red) * share);
    green += (int) Math.round((color.getGreen() - green) * share);
    blue += (int) Math.round((color.getBlue() - blue) * share);
    return (red << 16) | (green << 8) | blue;
  }

  /** A fresh cloudy noise field: the values lie around a half. */
  Noise noise() {
    return new Noise((long) (random.nextDouble() * (1L << 52)));
  }

  /** Drifting mist between two heights, thickest in the middle of them. */
  void mist(double top, double bottom, Color color, double alpha) {
    Noise noise = noise();
    veil(
        top,
        bottom,
        color,
        (x, y) -> {
          double share = (y - top) / (bottom - top);
          double bump = 4 * share * (1 - share);
          return alpha * bump * Tones.clamp(noise.at(x / 130.0, y / 34.0, 3) * 1.9 - 0.25, 0, 1);
        });
  }

  /** Mirrors what stands above a water line into the water below it, rippled and tinted. */
  void reflect(double waterLine, Color tint, double tinted, double ripple) {
    int line = (int) waterLine;
    Noise noise = noise();
    int[] before = pixels.clone();
    for (int y = line; y < HEIGHT; y++) {
      double depth = y - line;
      double swell = ripple * (0.4 + depth / 90.0);
      for (int x = 0; x < WIDTH; x++) {
        double wave = noise.at(x / (26.0 + depth * 0.3), depth / (2.2 + depth * 0.035), 2) - 0.5;
        int fromY = (int) Tones.clamp(line - 1 - depth * 1.05 + wave * swell * 5, 0, line - 1);
        int fromX = (int) Tones.clamp(x + wave * swell * 8, 0, WIDTH - 1);
        double share = tinted + wave * 0.3 + depth / HEIGHT * 0.25;
        pixels[y * WIDTH + x] =
            mixed(before[fromY * WIDTH + fromX], tint, Tones.clamp(share, 0, 1));
      }
    }
  }

  /** Takes everything painted so far out of focus. */
  void blur(int radius) {
    int[] other = new int[pixels.length];
    for (int pass = 0; pass < 2; pass++) {
      for (int y = 0; y < HEIGHT; y++) {
        smear(pixels, other, y * WIDTH, 1, WIDTH, radius);
      }
      for (int x = 0; x < WIDTH; x++) {
        smear(other, pixels, x, WIDTH, HEIGHT, radius);
      }
    }
  }

  private static void smear(int[] from, int[] to, int start, int step, int length, int radius) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int size = 2 * radius + 1;
    for (int i = -radius; i < length + radius; i++) {
      int entering = from[start + Math.max(0, Math.min(length - 1, i)) * step];
      red += (entering >> 16) & 255;
      green += (entering >> 8) & 255;
      blue += entering & 255;
      int centre = i - radius;
      if (centre > 0) {
        int leaving = from[start + Math.max(0, centre - radius - 1) * step];
        red -= (leaving >> 16) & 255;
        green -= (leaving >> 8) & 255;
        blue -= leaving & 255;
      }
      if (centre >= 0) {
        to[start + centre * step] = ((red / size) << 16) | ((green / size) << 8) | (blue / size);
      }
    }
  }

  /** The last touch of each picture: darker corners, and a grain as film and paper have it. */
  void finish(double corners, double grain) {
    double gain = between(0.97, 1.03);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double dx = (x - WIDTH / 2.0) / WIDTH;
        double dy = (y - HEIGHT / 2.0) / HEIGHT;
        double scale = gain * (1 - corners * 2 * (dx * dx + dy * dy));
        double speck = between(-grain, grain);
        int at = y * WIDTH + x;
        int pixel = pixels[at];
        pixels[at] =
            (level(((pixel >> 16) & 255) * scale + speck) << 16)
                | (level(((pixel >> 8) & 255) * scale + speck) << 8)
                | level((pixel & 255) * scale + speck);
      }
    }
    g.dispose();
  }

  private static int level(double value) {
    return (int) Tones.clamp(Math.rint(value), 0, 255);
  }
}
