package org.seesong.bench.demo;

import static org.seesong.bench.demo.Canvas.HEIGHT;
import static org.seesong.bench.demo.Canvas.WIDTH;
import static org.seesong.bench.demo.Tones.fade;
import static org.seesong.bench.demo.Tones.lit;
import static org.seesong.bench.demo.Tones.mix;
import static org.seesong.bench.demo.Tones.rgb;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** Scenes seen from close by: flowers, birds on a branch, autumn leaves. */
final class LifeScenes {
  private LifeScenes() {}

  static void flower(Canvas c) {
    Color green = c.pick(0x7FAE78, 0x8AB680, 0x74A678);
    Color deep = c.pick(0x3A6E4A, 0x34684A, 0x44764E);
    Color pink = c.pick(0xE85A9A, 0xF078A8, 0xE04A86, 0xF28AB8, 0xD84A9A);
    c.band(0, HEIGHT, lit(pink, 0.5), mix(lit(pink, 0.35), green, 0.6), green, deep);
    for (int i = c.count(14, 30); i > 0; i--) {
      double r = c.between(12, 44);
      Color spot = c.chance(0.6) ? mix(pink, Color.WHITE, c.between(0.1, 0.5)) : lit(green, 0.3);
      c.disc(c.between(0, WIDTH), c.between(0, HEIGHT), r, fade(spot, 0.55));
    }
    c.blur(9);
    int kind = c.count(0, 2);
    int number = c.count(2, 5);
    for (int i = 0; i < number; i++) {
      double last = number - 1 - i;
      double size = c.between(56, 78) - last * 7;
      double x = WIDTH * (i + c.between(0.25, 0.75)) / number;
      double y = HEIGHT * c.between(0.26, 0.6);
      if (i == number - 1) {
        size = c.between(88, 112);
        x = WIDTH * c.between(0.4, 0.6);
        y = HEIGHT * c.between(0.4, 0.5);
      }
      stem(c, x, y, lit(deep, -0.12));
      bloom(c, kind, x, y, size, c.vary(pink));
      if (i < number - 1 && last > 1) {
        c.blur(1);
      }
    }
    for (int i = c.count(0, 14); i > 0; i--) {
      c.spot(c.between(0, WIDTH), c.between(0, HEIGHT), c.between(3, 9), rgb(0xFFF8E8), 0.7);
    }
    c.finish(0.2, 2);
  }

  private static void stem(Canvas c, double x, double y, Color green) {
    double foot = x + c.between(-60, 60);
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.quadTo(x + c.between(-20, 20), (y + HEIGHT) / 2, foot, HEIGHT + 5);
    c.stroke(path, green, 5.5);
    c.stroke(path, lit(green, 0.25), 1.6);
    for (int i = -1; i <= 1; i += 2) {
      double ly = y + (HEIGHT - y) * c.between(0.55, 0.8);
      double lx = x + (foot - x) * 0.6;
      double angle = -Math.PI / 2 + i * c.between(0.6, 1.1);
      Shape leaf = Shapes.petal(lx, ly, c.between(50, 90), 24, angle, 0.6);
      c.fill(leaf, Canvas.along(lx, ly, lx + i * 60, ly - 50, green, lit(green, 0.3)));
    }
  }

  private static void bloom(Canvas c, int kind, double x, double y, double r, Color pink) {
    double squash = c.between(0.8, 1);
    AffineTransform before = c.g.getTransform();
    c.g.translate(x, y);
    c.g.rotate(c.between(-0.4, 0.4));
    c.g.scale(1, squash);
    int rings = kind == 1 ? 4 : kind == 2 ? 2 : 1;
    for (int ring = 0; ring < rings; ring++) {
      double reach = r * (1 - ring * 0.21);
      int petals = kind == 0 ? c.count(7, 9) : kind == 1 ? 9 - ring : 12;
      double wide = reach * (kind == 0 ? 0.62 : kind == 1 ? 0.8 : 0.36);
      double turn = c.between(0, 1);
      Color tone = lit(pink, ring * 0.1 - 0.02);
      for (int i = 0; i < petals; i++) {
        double angle = 2 * Math.PI * i / petals + turn + c.between(-0.06, 0.06);
        double length = reach * c.between(0.93, 1.05);
        Shape petal = Shapes.petal(0, 0, length, wide, angle, 0.95);
        c.fill(petal, Canvas.outwards(0, 0, length, lit(tone, -0.32), tone, lit(tone, 0.42)));
        c.stroke(petal, fade(lit(tone, -0.3), 0.45), 0.9);
        for (int v = -1; v <= 1; v++) {
          double va = angle + v * 0.12;
          double to = length * 0.8;
          c.line(0, 0, Math.cos(va) * to, Math.sin(va) * to, fade(lit(tone, -0.25), 0.35), 0.8);
        }
      }
    }
    Color heart = c.pick(0xFFD23A, 0xF8B82E, 0xFFE27A);
    double core = r * (kind == 1 ? 0.17 : 0.22);
    c.disc(
        0,
        0,
        core,
        Canvas.outwards(0, -core * 0.3, core * 1.2, lit(heart, 0.3), heart, lit(heart, -0.4)));
    for (int i = 0; i < 50; i++) {
      double angle = c.between(0, 2 * Math.PI);
      double away = Math.sqrt(c.between(0, 1)) * core * 1.15;
      double size = c.between(0.8, 2);
      c.disc(
          Math.cos(angle) * away, Math.sin(angle) * away, size, lit(heart, c.between(-0.4, 0.4)));
    }
    c.g.setTransform(before);
  }

  static void bird(Canvas c) {
    Color light = c.pick(0xE6E66A, 0xEAE474, 0xDEE464);
    Color green = c.pick(0x9CBA2E, 0xA6C036, 0x92B02E);
    c.band(0, HEIGHT, light, mix(light, green, 0.5), green);
    for (int i = c.count(16, 30); i > 0; i--) {
      Color spot = c.chance(0.5) ? lit(light, 0.4) : lit(green, c.between(-0.12, 0.2));
      c.disc(c.between(0, WIDTH), c.between(0, HEIGHT), c.between(16, 48), fade(spot, 0.6));
    }
    c.blur(8);
    double side = c.chance(0.5) ? 1 : -1;
    AffineTransform mirror = c.g.getTransform();
    if (side < 0) {
      c.g.translate(WIDTH, 0);
      c.g.scale(-1, 1);
    }
    double y0 = HEIGHT * c.between(0.7, 0.84);
    double y1 = HEIGHT * c.between(0.62, 0.76);
    Color bark = c.pick(0x6A5242, 0x5E4A3E, 0x7A5E48);
    for (int i = 0; i < 3; i++) {
      double lift = i * 0.6;
      c.line(
          -10,
          y0 + 4 - lift * 3,
          WIDTH + 10,
          y1 + 2 - lift * 3,
          lit(bark, -0.3 + i * 0.25),
          13 - i * 4);
    }
    boolean blossom = c.chance(0.5);
    for (int i = c.count(7, 12); i > 0; i--) {
      double t = c.between(0, 1);
      twig(c, WIDTH * t, y0 + (y1 - y0) * t, bark, blossom);
    }
    int number = c.count(1, 3);
    for (int i = 0; i < number; i++) {
      double t = number == 1 ? c.between(0.42, 0.58) : (i + c.between(0.35, 0.65)) / number;
      double size = number == 1 ? c.between(1.25, 1.5) : c.between(0.72, 0.98);
      AffineTransform before = c.g.getTransform();
      c.g.translate(WIDTH * t, y0 + (y1 - y0) * t - 5);
      c.g.scale(c.chance(0.7) ? size : -size, size);
      songbird(c);
      c.g.setTransform(before);
    }
    c.g.setTransform(mirror);
    c.finish(0.2, 2);
  }

  private static void twig(Canvas c, double x, double y, Color bark, boolean blossom) {
    double up = c.chance(0.6) ? -1 : 1;
    double angle = up * c.between(0.5, 1.3);
    double length = c.between(34, 90);
    double ex = x + Math.cos(angle) * length;
    double ey = y + Math.sin(angle) * length;
    c.line(x, y, ex, ey, bark, 3);
    for (int i = 1; i <= 5; i++) {
      double t = i / 5.0;
      double px = x + (ex - x) * t;
      double py = y + (ey - y) * t;
      if (blossom && c.chance(0.6)) {
        for (int p = 0; p < 5; p++) {
          c.fill(Shapes.petal(px, py, 9, 8, p * 1.257 + t, 0.9), rgb(0xFFF4F0));
        }
        c.disc(px, py, 2.4, rgb(0xF2A84A));
      } else {
        Color leaf = c.pick(0x7A9A2E, 0x8AA83A, 0x66902E);
        double turn = angle + (i % 2 == 0 ? 0.8 : -0.8);
        c.fill(Shapes.petal(px, py, c.between(16, 28), 10, turn, 0.6), leaf);
      }
    }
  }

  /** A small bird at the origin, its feet at 0, looking to the right. */
  private static void songbird(Canvas c) {
    Color back = c.pick(0x3A78B8, 0x4A6A8A, 0x8A5A3A, 0x2E8A9A, 0xB84A3A);
    Color belly = c.pick(0xF08A3A, 0xF6E2B8, 0xE8604A, 0xFFD25A);
    for (int i = -1; i <= 1; i += 2) {
      c.line(i * 8, -20, i * 8 + 2, 1, rgb(0x4A3A32), 2.4);
    }
    c.fill(Shapes.polygon(-44, -40, -112, -22, -106, -8, -36, -22), lit(back, -0.25));
    Path2D body = new Path2D.Double();
    body.moveTo(-62, -28);
    body.curveTo(-40, -78, -8, -92, 10, -104);
    body.curveTo(26, -130, 66, -122, 66, -92);
    body.curveTo(70, -40, 34, -8, -2, -10);
    body.curveTo(-30, -10, -48, -16, -62, -28);
    body.closePath();
    c.fill(body, Canvas.down(-124, -8, lit(back, 0.18), back));
    Shape clip = c.g.getClip();
    c.g.clip(body);
    c.oval(
        38, -42, 42, 50, Canvas.outwards(44, -58, 60, lit(belly, 0.3), belly, lit(belly, -0.25)));
    c.oval(52, -90, 13, 10, lit(belly, 0.55));
    for (int i = 0; i < 60; i++) {
      double fx = c.between(-50, 66);
      double fy = c.between(-110, -12);
      c.line(fx, fy, fx - 6, fy + 4, fade(Color.WHITE, 0.12), 1);
    }
    c.g.setClip(clip);
    Path2D wing = new Path2D.Double();
    wing.moveTo(16, -78);
    wing.curveTo(-20, -84, -56, -46, -84, -24);
    wing.curveTo(-46, -22, 0, -22, 16, -78);
    c.fill(wing, Canvas.along(16, -78, -84, -24, back, lit(back, -0.45)));
    for (int i = 0; i < 4; i++) {
      Path2D quill = new Path2D.Double();
      quill.moveTo(4 - i * 8, -66 + i * 6);
      quill.quadTo(-26 - i * 6, -46 + i * 6, -60 - i * 4, -30 + i * 2);
      c.stroke(quill, fade(lit(back, 0.45), 0.7), 1.5);
    }
    c.fill(Shapes.polygon(62, -104, 88, -94, 63, -90), rgb(0x3A3230));
    c.disc(47, -102, 6, rgb(0x14100E));
    c.disc(49, -104, 1.9, Color.WHITE);
  }

  static void leaf(Canvas c) {
    Color base = c.pick(0xB8481E, 0xA83A1E, 0xC0561E);
    c.band(0, HEIGHT, lit(base, 0.05), lit(base, -0.3));
    for (int i = 0; i < 26; i++) {
      Color spot = c.pick(0xE8902E, 0xC84A1E, 0x8A2A1A, 0xD8A83A);
      c.disc(c.between(0, WIDTH), c.between(0, HEIGHT), c.between(14, 50), fade(spot, 0.6));
    }
    c.blur(7);
    for (int layer = 0; layer < 3; layer++) {
      int number = layer == 0 ? 46 : layer == 1 ? 22 : c.count(3, 8);
      for (int i = 0; i < number; i++) {
        double size = c.between(26, 42) + layer * 15;
        Color color = c.pick(0xD8481E, 0xE8782A, 0xC22E1E, 0xF0A83A, 0xA8321E, 0xD89A2E);
        single(c, c.between(0, WIDTH), c.between(0, HEIGHT), size, lit(color, layer * 0.16 - 0.3));
      }
      if (layer < 2) {
        c.veil(0, HEIGHT, rgb(0x3A0E08), (x, y) -> 0.16);
      }
    }
    c.light(c.between(0, WIDTH), 0, 280, rgb(0xFFD890), 0.4);
    c.finish(0.4, 3);
  }

  private static void single(Canvas c, double x, double y, double size, Color color) {
    AffineTransform before = c.g.getTransform();
    c.g.translate(x, y);
    c.g.rotate(c.between(0, 2 * Math.PI));
    c.g.scale(size / 50, size / 50 * c.between(0.75, 1));
    boolean maple = c.chance(0.55);
    Path2D shape = maple ? maple() : new Path2D.Double(Shapes.petal(-46, 0, 100, 66, 0, 0.6));
    c.fill(Shapes.placed(shape, 4, 6, 1, 0), fade(rgb(0x1E0804), 0.4));
    c.fill(shape, Canvas.along(-50, -20, 50, 20, lit(color, 0.22), color, lit(color, -0.25)));
    Color vein = fade(lit(color, 0.5), 0.7);
    c.line(-66, 0, 48, 0, vein, 1.8);
    if (maple) {
      for (int i = -1; i <= 1; i += 2) {
        c.line(-28, 0, 12, i * 34, vein, 1.3);
        c.line(-28, 0, -30, i * 30, vein, 1.1);
      }
    } else {
      for (int i = 0; i < 6; i++) {
        double px = -34 + i * 13;
        double out = 20 - Math.abs(i - 2.4) * 3.5;
        c.line(px, 0, px + 12, out, vein, 0.9);
        c.line(px, 0, px + 12, -out, vein, 0.9);
      }
    }
    c.g.setTransform(before);
  }

  private static Path2D maple() {
    double[] half = {
      -34, 0, -46, 16, -38, 20, -40, 38, -24, 32, -16, 40, -8, 32, 8, 46, 12, 36, 22, 38, 16, 22,
      26, 20, 30, 10, 40, 10, 36, 4
    };
    Path2D path = new Path2D.Double();
    path.moveTo(half[0], half[1]);
    for (int i = 2; i < half.length; i += 2) {
      path.lineTo(half[i], half[i + 1]);
    }
    path.lineTo(54, 0);
    for (int i = half.length - 2; i >= 2; i -= 2) {
      path.lineTo(half[i], -half[i + 1]);
    }
    path.closePath();
    return path;
  }
}
