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

/** Scenes of the sea: waves, a boat, fish. */
final class WaterScenes {
  private WaterScenes() {}

  static void ocean(Canvas c) {
    Color high = c.pick(0x8CC4DC, 0x9CCCDC, 0x7FBCDA);
    Color low = c.pick(0xEAF3EE, 0xF6EDDC, 0xE2F0F2);
    double line = HEIGHT * c.between(0.24, 0.34);
    c.band(0, line, high, low);
    c.mist(-20, line, Color.WHITE, 0.9);
    Color far = c.pick(0x2E8C9C, 0x2A8294, 0x3896A0);
    Color near = c.pick(0x0A4A60, 0x0C5562, 0x084458);
    Color crest = c.pick(0x5CC8BE, 0x6AD0C0, 0x4CBCBC);
    c.band(line, HEIGHT, mix(far, low, 0.25), far, near);
    double glare = WIDTH * c.between(0.2, 0.8);
    if (c.chance(0.5)) {
      for (int i = 0; i < 260; i++) {
        double t = Math.pow(c.between(0, 1), 1.5);
        double x = glare + c.bell() * (16 + 60 * t);
        double y = line + 2 + (HEIGHT - line) * t * 0.7;
        c.oval(x, y, 2 + 9 * t, 0.6 + t, fade(rgb(0xFFFBE8), c.between(0.3, 0.9)));
      }
    }
    int rows = c.count(9, 14);
    for (int row = 0; row < rows; row++) {
      double t = Math.pow((row + 1.0) / rows, 1.7);
      wave(c, line + (HEIGHT - line) * t * 0.94, 2 + c.between(16, 30) * t, t, near, crest);
    }
    for (int i = c.count(0, 6); i > 0; i--) {
      double x = c.between(30, WIDTH - 30);
      double y = c.between(20, line - 10);
      double s = c.between(4, 9);
      Path2D gull = new Path2D.Double();
      gull.moveTo(x - s, y - s * 0.3);
      gull.quadTo(x - s * 0.4, y - s * 0.7, x, y);
      gull.quadTo(x + s * 0.4, y - s * 0.7, x + s, y - s * 0.3);
      c.stroke(gull, rgb(0x4A5A66), 1.3);
    }
    c.finish(0.2, 2.5);
  }

  private static void wave(Canvas c, double y, double height, double t, Color near, Color crest) {
    Noise noise = c.noise();
    double length = 30 + 120 * t;
    double[] tops = new double[WIDTH / 2 + 1];
    Path2D path = new Path2D.Double();
    path.moveTo(0, HEIGHT);
    for (int i = 0; i < tops.length; i++) {
      double swell = noise.at(i * 2 / length, 0.5, 3);
      tops[i] = y - (1 - Math.abs(swell - 0.5) * 3.2) * height;
      path.lineTo(i * 2, tops[i]);
    }
    path.lineTo(WIDTH, HEIGHT);
    path.closePath();
    Color top = fade(mix(crest, near, 0.25), 0.9);
    Color body = mix(mix(crest, near, 0.6), near, t);
    c.fill(
        path, Canvas.down(y - height, y + height * 2.2 + 4, top, fade(body, 0.9), fade(near, 0.5)));
    Noise spray = c.noise();
    for (int i = 0; i < tops.length; i++) {
      double foam = spray.at(i * 2 / (length * 0.4), 2.5, 3) * 2.4 - 1.05;
      if (foam > 0) {
        double size = (0.7 + 3.4 * t) * foam;
        c.disc(i * 2, tops[i] + size * 0.4, size, fade(Color.WHITE, 0.75));
        if (t > 0.25 && c.chance(0.5)) {
          double drop = c.between(0, height * 0.9) * foam;
          c.oval(i * 2 + c.between(-4, 4), tops[i] + drop, 3 * t, 1.2 * t, fade(Color.WHITE, 0.35));
        }
      }
    }
  }

  static void boat(Canvas c) {
    Color high = c.pick(0xF4C8A8, 0xF6D2B4, 0xF2BFAE);
    Color low = c.pick(0xFFF0D4, 0xFFE8CC, 0xFFF3DE);
    double line = HEIGHT * c.between(0.54, 0.62);
    c.band(0, line, high, mix(high, low, 0.7), low);
    double sunX = c.between(80, WIDTH - 80);
    c.light(sunX, line - 70, 150, rgb(0xFFF6E0), 0.8);
    c.mist(0, line * 0.8, rgb(0xE89A8E), c.between(0.3, 0.7));
    Color hill = c.pick(0x9AA8B4, 0xA89CB0, 0x8FA8AC);
    c.fill(Shapes.ridge(c, line - 16, 20, 130, 4), mix(hill, low, 0.45));
    c.fill(Shapes.ridge(c, line - 4, 12, 90, 4), hill);
    double x = WIDTH * c.between(0.38, 0.62);
    double side = c.chance(0.5) ? 1 : -1;
    double size = c.between(0.85, 1.12);
    AffineTransform before = c.g.getTransform();
    for (int i = c.count(0, 2); i > 0; i--) {
      c.g.translate(c.between(30, WIDTH - 30), line - 1);
      c.g.scale(side * 0.24, 0.24);
      vessel(c, c.count(0, 2));
      c.g.setTransform(before);
    }
    c.g.translate(x, line + 1);
    c.g.scale(side * size, size);
    vessel(c, c.count(0, 2));
    c.g.setTransform(before);
    Color water = c.pick(0x58A8A8, 0x62B0AE, 0x4E9EA4);
    c.reflect(line, water, 0.36, 1.2);
    for (int i = 0; i < 70; i++) {
      double t = c.between(0, 1);
      double wx = c.between(0, WIDTH);
      double wy = line + 4 + (HEIGHT - line) * t;
      c.oval(wx, wy, 5 + 26 * t, 0.5 + 0.9 * t, fade(rgb(0xF4FBF4), 0.35));
    }
    c.finish(0.2, 2);
  }

  /** A vessel at the origin, its water line at 0, about 200 wide and tall. */
  private static void vessel(Canvas c, int kind) {
    Color hull = c.pick(0xA83A32, 0x2F5A6A, 0x7A4A2A, 0x3A6A5A);
    Color sail = c.pick(0xFFFAEE, 0xE8603C, 0xF4E2BC, 0xD8483A);
    Color wood = rgb(0x5A3A24);
    if (kind == 0) {
      c.line(0, -10, 0, -190, wood, 4);
      Path2D main = new Path2D.Double();
      main.moveTo(5, -186);
      main.quadTo(64, -100, 84, -38);
      main.quadTo(40, -30, 5, -34);
      main.closePath();
      c.fill(main, Canvas.along(0, 0, 80, 0, lit(sail, -0.18), sail));
      Path2D jib = new Path2D.Double();
      jib.moveTo(-5, -170);
      jib.quadTo(-30, -90, -70, -32);
      jib.quadTo(-30, -28, -5, -36);
      jib.closePath();
      c.fill(jib, Canvas.along(-70, 0, 0, 0, lit(sail, 0.3), lit(sail, -0.08)));
      c.fill(Shapes.polygon(0, -190, 0, -200, 22, -195), rgb(0xD83A3A));
    } else if (kind == 1) {
      for (int i = -1; i <= 1; i++) {
        double h = i == 0 ? 180 : 130;
        double mx = i * 58;
        c.line(mx, -10, mx, -h - 8, wood, 3.5);
        Path2D junk = new Path2D.Double();
        junk.moveTo(mx - 16, -h);
        junk.quadTo(mx + 40, -h + 10, mx + 36, -34);
        junk.lineTo(mx - 20, -30);
        junk.closePath();
        c.fill(junk, Canvas.along(mx - 20, 0, mx + 40, 0, lit(sail, -0.22), sail));
        for (int rib = 1; rib < 5; rib++) {
          double y = -h + (h - 32) * rib / 5;
          c.line(mx - 18, y, mx + 37, y + 5, fade(lit(sail, -0.5), 0.7), 1.4);
        }
      }
    } else {
      c.box(-34, -62, 66, 44, Canvas.along(-34, 0, 32, 0, rgb(0xFFFAEE), rgb(0xC8B8A8)));
      c.box(-40, -68, 78, 8, lit(hull, -0.2));
      for (int i = 0; i < 3; i++) {
        c.box(-28 + i * 20, -54, 13, 15, rgb(0x5A8A9A));
      }
      c.line(48, -18, 48, -120, wood, 4);
      c.line(48, -116, 104, -44, wood, 2.5);
      c.line(48, -116, -90, -24, fade(wood, 0.7), 1.2);
      c.fill(Shapes.polygon(-18, -68, -18, -96, -2, -96, -2, -68), lit(hull, 0.1));
    }
    Path2D body = new Path2D.Double();
    body.moveTo(-104, -32);
    body.quadTo(0, -14, 112, -38);
    body.quadTo(96, -4, 78, 6);
    body.lineTo(-74, 6);
    body.quadTo(-98, -6, -104, -32);
    body.closePath();
    c.fill(body, Canvas.down(-32, 6, lit(hull, 0.12), lit(hull, -0.3)));
    Path2D rail = new Path2D.Double();
    rail.moveTo(-104, -32);
    rail.quadTo(0, -14, 112, -38);
    c.stroke(rail, rgb(0xF6EAD2), 4);
  }

  static void fish(Canvas c) {
    Color top = c.pick(0x38C8E0, 0x44CCE4, 0x30BCDC);
    Color deep = c.pick(0x04306C, 0x063878, 0x05285E);
    c.band(0, HEIGHT, top, mix(top, deep, 0.5), deep);
    Noise rays = c.noise();
    double sunX = c.between(60, WIDTH - 60);
    c.veil(
        0,
        HEIGHT,
        rgb(0xD8FBFF),
        (x, y) -> {
          double angle = Math.atan2(x - sunX, y + 120);
          return Tones.clamp(rays.at(angle * 9 + 30, 0.5, 3) * 2.6 - 1.2, 0, 0.6)
              * Math.pow(1 - y / (double) HEIGHT, 1.3);
        });
    c.light(sunX, -20, 190, rgb(0xE8FFFF), 0.8);
    Color sand = mix(deep, rgb(0x5A9AA0), 0.4);
    double floor = HEIGHT * c.between(0.86, 0.93);
    c.fill(Shapes.ridge(c, floor, 22, 120, 4), Canvas.down(floor - 20, HEIGHT, sand, deep));
    for (int i = c.count(5, 9); i > 0; i--) {
      coral(c, c.between(0, WIDTH), HEIGHT + 4, c.between(34, 84));
    }
    Color scales = c.pick(0xFF8A2A, 0xFFB02E, 0xFF6A3A, 0xF8C83A);
    double side = c.chance(0.5) ? 1 : -1;
    int small = c.count(14, 34);
    double mx = c.between(140, WIDTH - 140);
    double my = c.between(90, 190);
    for (int i = 0; i < small; i++) {
      double x = mx + c.bell() * 80;
      double y = my + c.bell() * 36;
      swimmer(c, x, y, c.between(9, 15), side, mix(scales, top, 0.35), false);
    }
    int big = c.count(2, 5);
    for (int i = 0; i < big; i++) {
      double x = WIDTH * (i + c.between(0.25, 0.75)) / big;
      double facing = c.chance(0.8) ? side : -side;
      Color color = i == 0 ? scales : c.pick(0xFF8A2A, 0xFFD23A, 0xF2563A, 0xFFF0D0);
      swimmer(c, x, c.between(90, 270), c.between(30, 56), facing, color, true);
    }
    for (int i = c.count(12, 40); i > 0; i--) {
      double r = c.between(1.2, 5);
      double x = c.between(0, WIDTH);
      double y = c.between(0, HEIGHT);
      c.disc(x, y, r, fade(rgb(0xC8F4FF), 0.25));
      c.stroke(Shapes.circle(x, y, r), fade(rgb(0xE8FCFF), 0.7), 0.8);
    }
    c.finish(0.3, 2.5);
  }

  private static void swimmer(
      Canvas c, double x, double y, double r, double side, Color color, boolean detail) {
    AffineTransform before = c.g.getTransform();
    c.g.translate(x, y);
    c.g.scale(side * r, r);
    c.g.rotate(c.between(-0.18, 0.18));
    double tall = c.between(0.5, 0.72);
    Path2D tail = new Path2D.Double();
    tail.moveTo(-0.8, 0);
    tail.quadTo(-1.2, -0.2, -1.6, -0.55);
    tail.quadTo(-1.4, 0, -1.6, 0.55);
    tail.quadTo(-1.2, 0.2, -0.8, 0);
    c.fill(tail, lit(color, -0.12));
    Path2D fin = new Path2D.Double();
    fin.moveTo(-0.5, -tall * 0.6);
    fin.quadTo(-0.4, -tall * 1.5, 0.4, -tall * 0.8);
    fin.closePath();
    c.fill(fin, lit(color, -0.2));
    Path2D body = new Path2D.Double();
    body.moveTo(1, 0);
    body.curveTo(0.6, -tall * 1.2, -0.4, -tall, -1, 0);
    body.curveTo(-0.4, tall, 0.6, tall * 1.2, 1, 0);
    c.fill(body, Canvas.down(-tall, tall, lit(color, 0.15), color, lit(color, -0.3)));
    if (detail) {
      Shape clip = c.g.getClip();
      c.g.clip(body);
      Color stripe = c.chance(0.6) ? fade(Color.WHITE, 0.85) : fade(rgb(0x2A2A5A), 0.7);
      for (int i = 0; i < 3; i++) {
        c.fill(Shapes.petal(0.42 - i * 0.55, -1, 2, 0.34, Math.PI / 2, 0.7), stripe);
      }
      c.g.setClip(clip);
      c.fill(Shapes.petal(0.1, 0.1, 0.5, 0.34, 2.6, 0.7), lit(color, -0.25));
      c.disc(0.66, -0.1, 0.13, Color.WHITE);
      c.disc(0.68, -0.1, 0.075, rgb(0x101828));
    }
    c.g.setTransform(before);
  }

  private static void coral(Canvas c, double x, double y, double size) {
    Color color = c.pick(0xC84A8A, 0xE86A6A, 0x7A4AB0, 0x2E8A8A, 0xD88A4A);
    Color dim = mix(color, rgb(0x06305E), 0.35);
    if (c.chance(0.5)) {
      for (int i = 0; i < 9; i++) {
        double angle = -Math.PI / 2 + (i - 4) * 0.17 + c.between(-0.08, 0.08);
        Shape arm = Shapes.petal(x, y, size * c.between(0.7, 1.15), size * 0.16, angle, 0.95);
        c.fill(arm, lit(dim, c.between(-0.2, 0.2)));
      }
    } else {
      for (int i = 0; i < 16; i++) {
        double r = size * c.between(0.12, 0.24);
        double px = x + c.between(-0.5, 0.5) * size;
        double py = y - c.between(0, 0.6) * size;
        c.disc(
            px, py, r, Canvas.outwards(px, py - r * 0.4, r * 1.3, lit(dim, 0.25), lit(dim, -0.3)));
      }
    }
  }
}
