package org.seesong.bench.demo;

import static org.seesong.bench.demo.Canvas.HEIGHT;
import static org.seesong.bench.demo.Canvas.WIDTH;
import static org.seesong.bench.demo.Tones.fade;
import static org.seesong.bench.demo.Tones.lit;
import static org.seesong.bench.demo.Tones.mix;
import static org.seesong.bench.demo.Tones.rgb;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** The train of the train scene and the fields it crosses. */
final class TrainFigure {
  private TrainFigure() {}

  static void draw(Canvas c) {
    Color high = c.pick(0xA8C8CC, 0xB4CCC8, 0xA0C4D0);
    Color low = c.pick(0xF4F0DC, 0xF8F0D4, 0xEEF0E0);
    double line = HEIGHT * c.between(0.4, 0.46);
    c.band(0, line + 20, high, low);
    c.mist(0, line, Color.WHITE, 0.8);
    Color far = c.pick(0x8AA48E, 0x94A88A, 0x7E9C94);
    c.fill(Shapes.ridge(c, line - 20, 30, 130, 4), mix(far, low, 0.45));
    c.fill(Shapes.ridge(c, line, 18, 100, 4), far);
    Color rape = c.pick(0xF0C82A, 0xE8C030, 0xF4D038);
    for (int i = c.count(5, 10); i > 0; i--) {
      Shapes.tree(
          c, c.between(0, WIDTH), line + 26, c.between(22, 46), lit(far, -0.2), rgb(0x5A4A3A));
    }
    c.fill(Shapes.ridge(c, line + 22, 8, 200, 3), Canvas.down(line, HEIGHT, lit(rape, 0.25), rape));
    double rail = HEIGHT * c.between(0.7, 0.75);
    c.band(rail - 6, rail + 20, rgb(0x9A8A74), rgb(0x6E6254));
    for (double x = 0; x < WIDTH; x += 13) {
      c.box(x, rail + 3, 7, 5, rgb(0x4A3A2E));
    }
    c.line(0, rail + 3, WIDTH, rail + 3, rgb(0xC8C4BC), 2);
    for (int i = 0; i < 5; i++) {
      double x = i * 110 + 40;
      c.line(x, rail, x, rail - 130, rgb(0x6A5A4A), 2.4);
      c.line(x - 9, rail - 122, x + 9, rail - 122, rgb(0x6A5A4A), 2);
      Path2D wire = new Path2D.Double();
      wire.moveTo(x, rail - 122);
      wire.quadTo(x + 55, rail - 112, x + 110, rail - 122);
      c.stroke(wire, fade(rgb(0x4A4038), 0.7), 0.9);
    }
    double side = c.chance(0.5) ? 1 : -1;
    AffineTransform before = c.g.getTransform();
    c.g.translate(WIDTH / 2.0, rail + 1);
    c.g.scale(side, 1);
    train(c, c.between(60, 200));
    c.g.setTransform(before);
    field(c, rail + 16, rape);
    c.finish(0.2, 2.5);
  }

  private static void train(Canvas c, double nose) {
    Color body = c.pick(0xB83A32, 0x2E6A5A, 0x2A5288, 0xC2562E);
    Color stripe = c.pick(0xF6E8C8, 0xFFFFFF, 0xF2C84A);
    if (c.chance(0.5)) {
      smoke(c, nose + 14, -92);
      locomotive(c, nose - 70, c.pick(0x2A2C30, 0x34302E, 0x24382E));
    } else {
      railcar(c, nose - 72, body, stripe);
    }
    for (int i = 0; i < 5; i++) {
      coach(c, nose - 84 - 132 * (i + 1), body, stripe);
    }
  }

  private static void coach(Canvas c, double x, Color body, Color stripe) {
    c.box(x - 8, -20, 146, 6, rgb(0x2A2624));
    for (int i = 0; i < 4; i++) {
      wheel(c, x + (i < 2 ? 16 + i * 20 : 74 + i * 20 - 20), 8);
    }
    c.fill(
        new RoundRectangle2D.Double(x, -76, 128, 60, 12, 12),
        Canvas.down(-76, -16, lit(body, 0.2), body, lit(body, -0.3)));
    c.fill(new RoundRectangle2D.Double(x - 2, -80, 132, 10, 10, 10), lit(body, -0.5));
    c.box(x, -36, 128, 5, stripe);
    for (int i = 0; i < 5; i++) {
      c.box(x + 9 + i * 23, -64, 18, 21, rgb(0x2A3A44));
      c.box(x + 11 + i * 23, -62, 14, 17, Canvas.down(-62, -45, rgb(0xD4ECF0), rgb(0xFFE4A0)));
    }
  }

  private static void railcar(Canvas c, double x, Color body, Color stripe) {
    for (int i = 0; i < 4; i++) {
      wheel(c, x + (i < 2 ? 4 + i * 20 : 62 + i * 20 - 20), 8);
    }
    Path2D shell = new Path2D.Double();
    shell.moveTo(x - 14, -14);
    shell.lineTo(x - 14, -78);
    shell.lineTo(x + 70, -78);
    shell.curveTo(x + 112, -76, x + 124, -42, x + 128, -14);
    shell.closePath();
    c.fill(shell, Canvas.down(-78, -14, lit(body, 0.25), body, lit(body, -0.3)));
    c.fill(Shapes.polygon(x + 78, -68, x + 96, -66, x + 110, -46, x + 78, -46), rgb(0x24343E));
    c.box(x - 14, -36, 138, 5, stripe);
    for (int i = 0; i < 4; i++) {
      c.box(x - 6 + i * 21, -64, 16, 20, rgb(0xCFE6EC));
    }
    c.disc(x + 119, -26, 4.5, rgb(0xFFF0B8));
  }

  private static void locomotive(Canvas c, double x, Color iron) {
    c.box(x - 12, -22, 150, 8, rgb(0x8A2A24));
    for (int i = 0; i < 3; i++) {
      wheel(c, x + 26 + i * 34, 15);
    }
    wheel(c, x + 126, 8);
    c.line(x + 26, -14, x + 94, -14, rgb(0xC8C0B4), 3);
    c.fill(
        new RoundRectangle2D.Double(x + 22, -70, 112, 46, 20, 20),
        Canvas.down(-70, -24, lit(iron, 0.4), iron, lit(iron, -0.4)));
    c.box(x - 12, -88, 46, 66, Canvas.down(-88, -22, lit(iron, 0.2), iron));
    c.box(x - 18, -94, 58, 8, lit(iron, -0.3));
    c.box(x - 2, -78, 22, 20, rgb(0xFFDE96));
    for (int i = 0; i < 3; i++) {
      c.box(x + 52 + i * 26, -70, 3, 46, rgb(0xC89A4A));
    }
    c.oval(x + 66, -72, 9, 9, rgb(0xC89A4A));
    c.fill(Shapes.polygon(x + 102, -68, x + 98, -96, x + 122, -96, x + 118, -68), iron);
    c.disc(x + 136, -58, 6, rgb(0xFFF0B8));
    c.fill(Shapes.polygon(x + 128, -20, x + 152, 0, x + 128, 0), rgb(0x8A2A24));
  }

  private static void wheel(Canvas c, double x, double r) {
    c.disc(x, -r, r, rgb(0x201C1C));
    c.disc(x, -r, r * 0.72, rgb(0x7A2A24));
    c.disc(x, -r, r * 0.3, rgb(0xC8BEB0));
  }

  private static void smoke(Canvas c, double x, double y) {
    double lift = c.between(0.16, 0.4);
    for (int i = 40; i > 0; i--) {
      double away = i * 7.5;
      double r = 9 + i * 0.9;
      double px = x - away + c.between(-6, 6) + 28;
      double py = y - away * lift - 8 + c.between(-6, 6);
      c.spot(px, py, r, lit(rgb(0xB8B4B0), c.between(0.2, 0.9)), 0.6 - i * 0.011);
    }
  }

  private static void field(Canvas c, double top, Color rape) {
    Color stem = c.pick(0x7A9A3A, 0x86A03E, 0x6E9440);
    c.fill(
        Shapes.ridge(c, top + 8, 4, 60, 3),
        Canvas.down(top, HEIGHT, mix(rape, stem, 0.3), mix(rape, stem, 0.75)));
    Shapes.grass(c, top + 10, HEIGHT - top, 22, stem, 260);
    for (int i = 0; i < 900; i++) {
      double t = Math.pow(c.between(0, 1), 0.8);
      double y = top + 2 + (HEIGHT - top) * t;
      double r = 1 + 2.6 * t;
      c.disc(c.between(0, WIDTH), y, r, lit(c.vary(rape), c.between(-0.15, 0.35)));
    }
  }
}
