package org.seesong.bench.demo;

import static org.seesong.bench.demo.Canvas.HEIGHT;
import static org.seesong.bench.demo.Canvas.WIDTH;
import static org.seesong.bench.demo.Tones.fade;
import static org.seesong.bench.demo.Tones.lit;
import static org.seesong.bench.demo.Tones.mix;
import static org.seesong.bench.demo.Tones.rgb;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** The house of the house scene and the garden around it. */
final class HouseFigure {
  private HouseFigure() {}

  static void draw(Canvas c) {
    Color high = c.pick(0xB8A8E0, 0xC0ACE4, 0xB0A4DC);
    Color low = c.pick(0xFBE4EC, 0xFDE8E0, 0xF6E2F4);
    double lawn = HEIGHT * c.between(0.74, 0.8);
    c.band(0, lawn + 20, high, low, low);
    c.mist(0, HEIGHT * 0.45, Color.WHITE, 0.8);
    Color green = c.pick(0x6AA84E, 0x78B054, 0x5E9E50);
    c.fill(Shapes.ridge(c, lawn - 34, 18, 120, 4), mix(green, high, 0.5));
    for (int i = c.count(5, 9); i > 0; i--) {
      double h = c.between(60, 110);
      Shapes.tree(c, c.between(-10, WIDTH + 10), lawn, h, mix(green, high, 0.22), rgb(0x6A5248));
    }
    c.fill(
        Shapes.ridge(c, lawn, 6, 200, 3),
        Canvas.down(lawn, HEIGHT, lit(green, 0.12), lit(green, -0.3)));
    double x = WIDTH * c.between(0.42, 0.58);
    double side = c.chance(0.5) ? 1 : -1;
    AffineTransform before = c.g.getTransform();
    c.g.translate(x, lawn + 14);
    c.g.scale(side * c.between(0.95, 1.12), c.between(0.95, 1.1));
    house(c);
    c.g.setTransform(before);
    garden(c, x, lawn, side, green);
    c.finish(0.2, 2.5);
  }

  private static void house(Canvas c) {
    Color wall = c.pick(0xF8EBD2, 0xF4E2C6, 0xFAF2E4, 0xF2DCC8);
    Color roof = c.pick(0xB8442E, 0xA83C34, 0xC2553A);
    Color trim = c.pick(0x3E6A8A, 0x4A7A5A, 0x7A3A3A, 0xFFFFFF);
    double floors = c.chance(0.5) ? 1 : 1.35;
    double h = 104 * floors;
    c.fill(Shapes.polygon(-150, 12, 150, 12, 190, 22, -110, 22), fade(rgb(0x1E3A1E), 0.4));
    smoke(c, 72, -h - 110);
    c.box(58, -h - 92, 26, 70, rgb(0x9A5242));
    c.box(54, -h - 96, 34, 8, rgb(0x7A3E34));
    c.box(
        -128,
        -h,
        256,
        h + 14,
        Canvas.along(-128, 0, 128, 0, lit(wall, 0.1), wall, lit(wall, -0.18)));
    if (c.chance(0.4)) {
      for (int i = 1; i < h / 12; i++) {
        c.line(-128, -i * 12, 128, -i * 12, fade(lit(wall, -0.3), 0.4), 1);
      }
    }
    double peak = -h - c.between(78, 100);
    c.fill(
        Shapes.polygon(-152, -h + 6, -96, peak, 96, peak, 152, -h + 6),
        Canvas.down(peak, -h, lit(roof, 0.12), lit(roof, -0.2)));
    tiles(c, -h, peak, roof);
    if (c.chance(0.6)) {
      gable(c, -h, wall, roof, trim);
    }
    for (int floor = 0; floor < (floors > 1 ? 2 : 1); floor++) {
      double y = -h + 24 + floor * 66;
      for (int i = -1; i <= 1; i++) {
        if (i != 0 || (floor == 0 && floors > 1)) {
          window(c, i * 80, y, trim);
        }
      }
    }
    Color door = c.pick(0x3A6A7A, 0xA8382E, 0x4A6A3A, 0x8A5A2E);
    c.fill(new RoundRectangle2D.Double(-21, -62, 42, 84, 30, 30), lit(wall, 0.5));
    c.fill(
        new RoundRectangle2D.Double(-17, -58, 34, 74, 24, 24),
        Canvas.down(-58, 14, door, lit(door, -0.3)));
    c.disc(10, -22, 2.4, rgb(0xF2D27A));
    c.box(-26, 10, 52, 7, rgb(0xB8AEA4));
  }

  private static void tiles(Canvas c, double eave, double peak, Color roof) {
    int rows = 9;
    for (int row = 1; row < rows; row++) {
      double t = (double) row / rows;
      double y = peak + (eave + 6 - peak) * t;
      double half = 96 + 56 * t;
      for (double x = -half + (row % 2) * 7; x < half - 10; x += 14) {
        c.stroke(
            new Arc2D.Double(x, y - 7, 14, 9, 180, 180, Arc2D.OPEN),
            fade(lit(roof, -0.45), 0.6),
            1.2);
      }
    }
  }

  private static void gable(Canvas c, double eave, Color wall, Color roof, Color trim) {
    c.fill(
        Shapes.polygon(-40, eave + 2, -40, eave - 26, 0, eave - 62, 40, eave - 26, 40, eave + 2),
        lit(wall, -0.05));
    c.stroke(
        Shapes.polygon(-46, eave - 20, 0, eave - 64, 46, eave - 20, 0, eave - 58),
        lit(roof, -0.25),
        6);
    c.disc(0, eave - 26, 14, trim);
    c.disc(0, eave - 26, 11, rgb(0xFFE09A));
    c.line(0, eave - 37, 0, eave - 15, trim, 2);
  }

  private static void window(Canvas c, double x, double y, Color trim) {
    c.box(x - 23, y - 3, 46, 46, lit(trim, 0.1));
    c.box(x - 19, y, 38, 40, Canvas.down(y, y + 40, rgb(0xFFF0B8), rgb(0xFFC868)));
    c.box(x - 1.5, y, 3, 40, trim);
    c.box(x - 19, y + 18, 38, 3, trim);
    c.box(x - 27, y + 42, 54, 8, rgb(0x7A5A42));
    for (int i = 0; i < 12; i++) {
      c.disc(
          x + c.between(-25, 25),
          y + 41 - c.between(0, 5),
          3,
          c.pick(0xE8506A, 0xFFFFFF, 0x5A9A4A));
    }
  }

  private static void smoke(Canvas c, double x, double y) {
    double drift = c.between(-0.6, 0.6);
    for (int i = 0; i < 22; i++) {
      double up = i * 5;
      c.spot(
          x + drift * up + c.between(-5, 5), y - up, 8 + i * 1.2, rgb(0xFAF4F4), 0.45 - i * 0.018);
    }
  }

  private static void garden(Canvas c, double x, double lawn, double side, Color green) {
    Path2D path = new Path2D.Double();
    double end = x + c.between(-110, 110);
    path.moveTo(x - 20, lawn + 30);
    path.quadTo(x - 40, lawn + 60, end - 60, HEIGHT);
    path.lineTo(end + 60, HEIGHT);
    path.quadTo(x + 44, lawn + 56, x + 20, lawn + 30);
    path.closePath();
    c.fill(path, Canvas.down(lawn + 20, HEIGHT, rgb(0xE8DAC0), rgb(0xC8B496)));
    if (c.chance(0.7)) {
      double tx = WIDTH / 2.0 - side * c.between(190, 215);
      Shapes.tree(c, tx, lawn + 36, c.between(170, 220), c.vary(green), rgb(0x6A4A36));
    }
    Shapes.grass(c, lawn + 34, HEIGHT - lawn, 12, green, 260);
    for (int i = c.count(60, 160); i > 0; i--) {
      double fx = c.between(0, WIDTH);
      double fy = c.between(lawn + 26, HEIGHT);
      double t = (fy - lawn) / (HEIGHT - lawn);
      if (!path.contains(fx, fy)) {
        c.disc(fx, fy, 1.3 + 2.8 * t, c.pick(0xF06A8A, 0xFFFFFF, 0xFFD23A, 0xC87AE0));
      }
    }
    if (c.chance(0.5)) {
      for (int i = 0; i < 25; i++) {
        double fx = i * 20;
        if (!path.contains(fx + 4, HEIGHT - 20)) {
          double top = HEIGHT - 44;
          c.fill(
              Shapes.polygon(fx, HEIGHT, fx, top, fx + 4.5, top - 7, fx + 9, top, fx + 9, HEIGHT),
              rgb(0xFBF6F0));
          c.box(fx - 6, HEIGHT - 32, 20, 4, rgb(0xF2EAE2));
        }
      }
    }
  }
}
