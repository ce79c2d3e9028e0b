package org.seesong.bench.demo;

import static org.seesong.bench.demo.Canvas.HEIGHT;
import static org.seesong.bench.demo.Canvas.WIDTH;
import static org.seesong.bench.demo.Tones.fade;
import static org.seesong.bench.demo.Tones.lit;
import static org.seesong.bench.demo.Tones.mix;
import static org.seesong.bench.demo.Tones.rgb;

import java.awt.Color;
import java.awt.geom.Area;
import java.awt.geom.Path2D;

/** Scenes that are mostly sky: clouds, the sun, kites. */
final class SkyScenes {
  private SkyScenes() {}

  static void cloud(Canvas c) {
    Color high = c.pick(0x1E66C8, 0x2A78D8, 0x1B5AB4, 0x2F86DC);
    Color low = c.pick(0xA8D8F4, 0xC4E4F6, 0x9CCCF0);
    c.band(0, HEIGHT, high, mix(high, low, 0.55), low);
    double side = c.chance(0.5) ? 1 : -1;
    Noise wisps = c.noise();
    double tilt = c.between(-0.5, 0.5);
    c.veil(
        0,
        HEIGHT,
        Color.WHITE,
        (x, y) ->
            0.55 * Tones.clamp(wisps.at(x / 150.0, (y + tilt * x) / 26.0, 4) * 2.6 - 1.35, 0, 1));
    c.light(side > 0 ? WIDTH * 0.95 : WIDTH * 0.05, 10, 330, rgb(0xFFF6DC), 0.5);
    Color white = c.pick(0xFFFFFF, 0xFFFDF6);
    Color shade = c.pick(0x9DB4D2, 0xA9BBD6, 0xB4BFD8);
    for (int i = c.count(3, 6); i > 0; i--) {
      double y = HEIGHT * c.between(0.74, 0.88);
      Color pale = mix(shade, low, 0.5);
      Shapes.cloud(c, c.between(0, WIDTH), y, c.between(60, 120), side, mix(white, low, 0.3), pale);
    }
    int style = c.count(0, 2);
    if (style == 0) {
      double x = WIDTH * c.between(0.3, 0.7);
      Shapes.cloud(c, x, HEIGHT * 0.72, c.between(300, 380), side, white, shade);
      double top = HEIGHT * c.between(0.4, 0.5);
      Shapes.cloud(c, x + c.between(-30, 30), top, c.between(170, 230), side, white, shade);
    } else {
      int number = style == 1 ? c.count(2, 3) : c.count(5, 7);
      double size = style == 1 ? 250 : 140;
      for (int i = 0; i < number; i++) {
        double x = WIDTH * (i + c.between(0.2, 0.8)) / number;
        double y = HEIGHT * c.between(0.3, 0.68);
        Shapes.cloud(c, x, y, size * c.between(0.75, 1.25), side, white, shade);
      }
    }
    if (c.chance(0.4)) {
      balloon(c, WIDTH * c.between(0.15, 0.85), HEIGHT * c.between(0.2, 0.5), c.between(10, 18));
    }
    c.mist(HEIGHT * 0.75, HEIGHT * 1.2, Color.WHITE, 0.6);
    c.finish(0.18, 2);
  }

  private static void balloon(Canvas c, double x, double y, double r) {
    Color color = c.pick(0xE8503A, 0xF2B632, 0xD83A6A);
    c.fill(
        Shapes.polygon(x - r * 0.85, y + r * 0.5, x + r * 0.85, y + r * 0.5, x, y + r * 1.7),
        color);
    c.disc(
        x,
        y,
        r,
        Canvas.outwards(x - r * 0.4, y - r * 0.4, r * 1.5, lit(color, 0.4), lit(color, -0.3)));
    c.oval(x, y, r * 0.35, r, fade(rgb(0xFFF3D8), 0.7));
    c.box(x - r * 0.22, y + r * 1.75, r * 0.44, r * 0.35, rgb(0x6B4426));
  }

  static void sun(Canvas c) {
    Color high = c.pick(0xE8642A, 0xF07A28, 0xE2582E);
    Color middle = c.pick(0xFFA238, 0xFFB040, 0xFF9A3C);
    Color low = c.pick(0xFFE08A, 0xFFD878, 0xFFEAA0);
    double line = HEIGHT * c.between(0.7, 0.78);
    c.band(0, line + 30, high, middle, low);
    double x = WIDTH * c.between(0.35, 0.65);
    double y = HEIGHT * c.between(0.38, 0.55);
    double r = c.between(44, 70);
    Noise rays = c.noise();
    double number = c.between(5, 9);
    c.veil(
        0,
        line + 30,
        rgb(0xFFF4C0),
        (px, py) -> {
          double angle = Math.atan2(py - y, px - x);
          double ray = rays.at(5 + number * Math.cos(angle), 5 + number * Math.sin(angle), 2);
          double away = Math.hypot(px - x, py - y);
          return Tones.clamp((ray - 0.42) * 2.2, 0, 0.6) * Math.exp(-away / 260);
        });
    for (int i = c.count(2, 4); i > 0; i--) {
      double top = HEIGHT * c.between(0.05, 0.5);
      c.mist(top, top + c.between(30, 70), mix(high, rgb(0xB03A4A), 0.6), c.between(0.4, 0.75));
    }
    c.light(x, y, r * 4.2, rgb(0xFFE9A0), 0.75);
    c.light(x, y, r * 1.8, rgb(0xFFF6D0), 0.8);
    c.disc(x, y, r, Canvas.outwards(x, y, r, Color.WHITE, rgb(0xFFFBE0), rgb(0xFFF0A8)));
    Color far = c.pick(0xB85A2A, 0xC2643A, 0xA84E30);
    Color near = c.pick(0x4A1E12, 0x5A2412, 0x3E1A18);
    if (c.chance(0.35)) {
      c.fill(Shapes.ridge(c, line, 8, 100, 4), mix(far, near, 0.5));
      c.reflect(line, mix(high, near, 0.75), 0.5, 1.8);
    } else {
      c.fill(
          Shapes.ridge(c, line, 18, 180, 4), Canvas.down(line, HEIGHT, far, mix(far, near, 0.4)));
      Area hill = new Area(Shapes.ridge(c, line + 32, 16, 220, 3));
      c.fill(hill, Canvas.down(line + 20, HEIGHT, mix(far, near, 0.55), near));
      for (int i = c.count(1, 3); i > 0; i--) {
        double tx = c.between(20, WIDTH - 20);
        Shapes.tree(c, tx, line + 30, c.between(40, 75), near, near);
      }
      Shapes.grass(c, HEIGHT - 30, 40, 34, near, 260);
    }
    for (int i = c.count(0, 5); i > 0; i--) {
      double bx = x + c.between(-150, 150);
      double by = HEIGHT * c.between(0.12, 0.4);
      double s = c.between(4, 8);
      Path2D wings = new Path2D.Double();
      wings.moveTo(bx - s, by - s * 0.4);
      wings.quadTo(bx - s * 0.4, by - s * 0.6, bx, by);
      wings.quadTo(bx + s * 0.4, by - s * 0.6, bx + s, by - s * 0.4);
      c.stroke(wings, near, 1.4);
    }
    c.finish(0.25, 2.5);
  }

  static void kite(Canvas c) {
    Color high = c.pick(0x5CCFD6, 0x6AD6D8, 0x52C8D4);
    Color low = c.pick(0xF8F6D8, 0xFBF2D0, 0xF2F8DC);
    double line = HEIGHT * c.between(0.72, 0.8);
    c.band(0, line + 20, high, mix(high, low, 0.55), low);
    for (int i = c.count(1, 3); i > 0; i--) {
      double y = line * c.between(0.6, 0.95);
      Shapes.cloud(c, c.between(0, WIDTH), y, c.between(60, 130), 1, low, mix(high, low, 0.7));
    }
    Color meadow = c.pick(0x7CC04A, 0x8CC84E, 0x70B84C);
    c.fill(Shapes.ridge(c, line - 8, 16, 170, 3), mix(meadow, low, 0.45));
    for (int i = c.count(2, 6); i > 0; i--) {
      double h = c.between(18, 36);
      Shapes.tree(c, c.between(0, WIDTH), line + 8, h, lit(meadow, -0.25), rgb(0x6A5238));
    }
    c.fill(
        Shapes.ridge(c, line + 14, 14, 240, 2),
        Canvas.down(line, HEIGHT, lit(meadow, 0.15), lit(meadow, -0.25)));
    Shapes.grass(c, line + 22, HEIGHT - line, 22, lit(meadow, -0.08), 1100);
    double side = c.chance(0.5) ? 1 : -1;
    double handX = WIDTH / 2.0 - side * c.between(110, 180);
    double handY = line + c.between(22, 40);
    int others = c.count(1, 4);
    for (int i = 0; i < others; i++) {
      double x = WIDTH * (i + c.between(0.2, 0.8)) / others;
      kiteAt(c, x, c.between(50, line * 0.75), c.between(10, 20), c.between(-0.5, 0.5), null, 0);
    }
    double x = WIDTH / 2.0 + side * c.between(-10, 90);
    double y = c.between(90, 140);
    double[] hand = {handX + side * 9, handY - 26};
    kiteAt(c, x, y, c.between(44, 68), side * c.between(0.25, 0.6), hand, side);
    child(c, handX, handY, side);
    c.finish(0.14, 2);
  }

  private static void kiteAt(
      Canvas c, double x, double y, double r, double tilt, double[] hand, double side) {
    Color one = c.pick(0xE8403A, 0xF0562E, 0xE83A6A);
    Color two = c.pick(0xFFC83A, 0xFFF0D0, 0xFF9A2E);
    if (hand != null) {
      Path2D string = new Path2D.Double();
      string.moveTo(x, y);
      string.quadTo((x + hand[0]) / 2 + side * 26, (y + hand[1]) / 2 + 34, hand[0], hand[1]);
      c.stroke(string, fade(rgb(0x5A4A4A), 0.85), 1.1);
    }
    double foot = r * 1.45;
    double tx = x - Math.sin(tilt) * foot;
    double ty = y + Math.cos(tilt) * foot;
    Path2D tail = new Path2D.Double();
    tail.moveTo(tx, ty);
    double phase = c.between(0, 6);
    for (int i = 1; i <= 24; i++) {
      double px = tx - Math.sin(tilt) * i * r * 0.1 + Math.sin(phase + i * 0.5) * r * 0.2;
      double py = ty + i * r * 0.09;
      tail.lineTo(px, py);
      if (i % 4 == 0 && r > 14) {
        double s = r * 0.16;
        c.fill(Shapes.polygon(px, py, px - s, py - s * 0.7, px - s, py + s * 0.7), one);
        c.fill(Shapes.polygon(px, py, px + s, py - s * 0.7, px + s, py + s * 0.7), two);
      }
    }
    c.stroke(tail, lit(one, -0.15), Math.max(0.8, r * 0.03));
    double w = 0.78;
    double[][] parts = {
      {0, -1, w, -0.15, 0, -0.15}, {0, -1, -w, -0.15, 0, -0.15},
      {0, 1.45, w, -0.15, 0, -0.15}, {0, 1.45, -w, -0.15, 0, -0.15}
    };
    Color[] colors = {one, two, two, one};
    for (int i = 0; i < 4; i++) {
      Color shaded = lit(colors[i], i % 2 == 0 ? -0.08 : 0.08);
      c.fill(Shapes.placed(Shapes.polygon(parts[i]), x, y, r, tilt), shaded);
    }
    java.awt.Shape frame = Shapes.polygon(0, -1, w, -0.15, 0, 1.45, -w, -0.15);
    c.stroke(Shapes.placed(frame, x, y, r, tilt), lit(one, -0.35), Math.max(0.6, r * 0.025));
  }

  private static void child(Canvas c, double x, double y, double side) {
    Color shirt = c.pick(0xE8503A, 0x3A6AB8, 0xF2B632);
    c.oval(x, y + 16, 16, 3, fade(rgb(0x2A4A20), 0.4));
    c.line(x - 2, y - 4, x - 6, y + 15, rgb(0x3A4258), 4.5);
    c.line(x + 2, y - 4, x + 5, y + 15, rgb(0x3A4258), 4.5);
    c.line(x, y - 16, x, y - 5, shirt, 10);
    c.line(x + side * 3, y - 17, x + side * 9, y - 26, shirt, 3.5);
    c.disc(x, y - 27, 5.5, rgb(0xF2C8A0));
    c.fill(new java.awt.geom.Arc2D.Double(x - 6, y - 34, 12, 12, 0, 180, 2), rgb(0x3A2A20));
  }
}
