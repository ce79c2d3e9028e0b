package org.seesong.bench.demo;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Outlines and small motifs that several scenes use: ridges, trees, clouds, petals. */
final class Shapes {
  private Shapes() {}

  /** A closed shape through the points given as x1, y1, x2, y2, ... */
  static Path2D polygon(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** A hill line of some height around a base, filled down to the lower edge. */
  static Path2D ridge(Canvas c, double base, double height, double breadth, int octaves) {
    Noise noise = c.noise();
    Path2D path = new Path2D.Double();
    path.moveTo(0, Canvas.HEIGHT);
    for (int x = 0; x <= Canvas.WIDTH; x += 2) {
      path.lineTo(x, base - (noise.at(x / breadth, 0.5, octaves) - 0.5) * 2 * height);
    }
    path.lineTo(Canvas.WIDTH, Canvas.HEIGHT);
    path.closePath();
    return path;
  }

  /** A round, slightly uneven closed shape. */
  static Path2D blob(Canvas c, double x, double y, double radiusX, double radiusY, double rough) {
    Noise noise = c.noise();
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 40; i++) {
      double angle = i * Math.PI / 20;
      double r =
          1 + rough * 2 * (noise.at(3 + 1.6 * Math.cos(angle), 3 + 1.6 * Math.sin(angle), 3) - 0.5);
      double px = x + radiusX * r * Math.cos(angle);
      double py = y + radiusY * r * Math.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }

  /** A petal or leaf that starts at a point and lies along an angle. */
  static Shape petal(double x, double y, double length, double width, double angle, double tip) {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0);
    path.curveTo(length * 0.2, -width * 0.6, length * tip, -width * 0.75, length, 0);
    path.curveTo(length * tip, width * 0.75, length * 0.2, width * 0.6, 0, 0);
    path.closePath();
    return placed(path, x, y, 1, angle);
  }

  /** The shape scaled, turned and moved to a point. */
  static Shape placed(Shape shape, double x, double y, double scale, double angle) {
    AffineTransform move = AffineTransform.getTranslateInstance(x, y);
    move.rotate(angle);
    move.scale(scale, scale);
    return move.createTransformedShape(shape);
  }

  static Shape circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  /** A fir with ragged boughs, its foot at the point; snow lies on it where asked. */
  static void fir(Canvas c, double x, double y, double height, Color color, Color snow) {
    double width = height * c.between(0.2, 0.27);
    c.box(x - height * 0.02, y - height * 0.1, height * 0.04, height * 0.1, Tones.lit(color, -0.4));
    int tiers = height > 60 ? 7 : 5;
    for (int i = 0; i < tiers; i++) {
      double bottom = y - height * 0.06 - height * 0.86 * i / tiers;
      double half = width * (1 - 0.88 * i / tiers);
      double top = Math.max(y - height, bottom - height * 1.9 / tiers);
      double sway = c.between(-0.1, 0.1) * half;
      Path2D tier = new Path2D.Double();
      tier.moveTo(x, top);
      tier.quadTo(x + half * 0.35, bottom - height * 0.05, x + half + sway, bottom);
      for (int tooth = 1; tooth < 6; tooth++) {
        double tx = x + (half + sway) - 2 * half * tooth / 6;
        tier.lineTo(tx, bottom - (tooth % 2 == 0 ? 0 : height * 0.025));
      }
      tier.lineTo(x - half + sway, bottom);
      tier.quadTo(x - half * 0.35, bottom - height * 0.05, x, top);
      tier.closePath();
      c.fill(
          tier,
          Canvas.along(x - half, 0, x + half, 0, Tones.lit(color, 0.1), Tones.lit(color, -0.25)));
      if (snow != null) {
        double lift = height * 0.035;
        Path2D cap = new Path2D.Double();
        cap.moveTo(x, top);
        cap.quadTo(x + half * 0.3, bottom - height * 0.06, x + half * 0.92, bottom - lift * 0.35);
        cap.quadTo(x + half * 0.45, bottom - lift * 1.1, x + half * 0.2, bottom - lift * 1.9);
        cap.quadTo(x - half * 0.1, bottom - lift * 1.2, x - half * 0.3, bottom - lift * 1.8);
        cap.quadTo(x - half * 0.5, bottom - lift * 1.1, x - half * 0.95, bottom - lift * 0.3);
        cap.quadTo(x - half * 0.3, bottom - height * 0.06, x, top);
        cap.closePath();
        c.fill(cap, Tones.fade(snow, 0.92));
      }
    }
  }

  /** A broad-leaved tree with a crown of many dabs, its foot at the point. */
  static void tree(Canvas c, double x, double y, double height, Color crown, Color trunk) {
    c.fill(
        polygon(
            x - height * 0.045,
            y,
            x - height * 0.02,
            y - height * 0.55,
            x + height * 0.02,
            y - height * 0.55,
            x + height * 0.045,
            y),
        trunk);
    double radius = height * 0.34;
    double top = y - height * 0.68;
    for (int i = 0; i < 70; i++) {
      double angle = c.between(0, 2 * Math.PI);
      double away = Math.sqrt(c.between(0, 1)) * radius;
      double px = x + Math.cos(angle) * away;
      double py = top + Math.sin(angle) * away * 0.9;
      double light = Tones.clamp((top - py) / radius * 0.25 + (x - px) / radius * 0.12, -0.4, 0.4);
      double size = radius * c.between(0.12, 0.3);
      c.disc(px, py, size, Tones.fade(Tones.lit(c.vary(crown), light - 0.05 + i * 0.001), 0.85));
    }
  }

  /** A heaped cloud with a flat shaded base, lit from one side. */
  static void cloud(
      Canvas c, double x, double y, double width, double side, Color lit, Color shade) {
    double height = width * c.between(0.28, 0.42);
    int puffs = (int) Tones.clamp(width / 4, 14, 60);
    for (int pass = 0; pass < 3; pass++) {
      for (int i = 0; i < puffs; i++) {
        double along = c.between(-1, 1);
        double heap = Math.pow(1 - along * along, 0.7) * height;
        double up = c.between(0, 1) * heap;
        double radius = width * c.between(0.06, 0.13) * (1.1 - Math.abs(along) * 0.6);
        double px = x + along * width * 0.5 + side * pass * radius * 0.25;
        double py = y - up - pass * radius * 0.22;
        Color tone = Tones.mix(shade, lit, pass * 0.36 + up / height * 0.4);
        c.disc(
            px,
            py,
            radius,
            Canvas.outwards(
                px + side * radius * 0.3,
                py - radius * 0.3,
                radius * 1.15,
                Tones.fade(tone, 0.85),
                Tones.fade(tone, 0.55),
                Tones.fade(tone, 0)));
      }
    }
  }

  /** Grass blades along a line, thick enough to hide the edge of a meadow. */
  static void grass(Canvas c, double y, double spread, double height, Color color, int blades) {
    for (int i = 0; i < blades; i++) {
      double x = c.between(-10, Canvas.WIDTH + 10);
      double foot = y + c.between(0, spread);
      double tall = height * c.between(0.5, 1.2) * (0.6 + 0.6 * (foot - y) / Math.max(1, spread));
      double lean = c.between(-0.35, 0.35) * tall;
      Path2D blade = new Path2D.Double();
      blade.moveTo(x - 1.2, foot);
      blade.quadTo(x, foot - tall * 0.6, x + lean, foot - tall);
      blade.quadTo(x + 1.2, foot - tall * 0.5, x + 1.5, foot);
      c.fill(blade, Tones.lit(c.vary(color), c.between(-0.25, 0.2)));
    }
  }
}
