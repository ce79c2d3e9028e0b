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
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Path2D;

/** Scenes of town and travel: rain on a window, a bridge, umbrellas. */
final class TownScenes {
  private TownScenes() {}

  static void rain(Canvas c) {
    Color high = c.pick(0x38444F, 0x3E4852, 0x333F4C);
    Color low = c.pick(0x5E6A72, 0x66707A, 0x566670);
    c.band(0, HEIGHT, high, low, lit(high, -0.2));
    double street = HEIGHT * c.between(0.66, 0.76);
    double x = -20;
    while (x < WIDTH) {
      double w = c.between(44, 96);
      double top = HEIGHT * c.between(0.12, 0.5);
      Color block = lit(mix(high, low, c.between(0, 0.7)), -0.28);
      c.box(x, top, w, street - top, block);
      for (double wy = top + 10; wy < street - 12; wy += 20) {
        for (double wx = x + 8; wx < x + w - 10; wx += 17) {
          if (c.chance(0.16)) {
            c.box(wx, wy, 8, 11, c.pick(0xE8C27A, 0xC8D8E0, 0xF2D8A0));
          }
        }
      }
      x += w * c.between(0.9, 1.1);
    }
    c.reflect(street, lit(high, -0.2), 0.35, 1.2);
    c.blur(6);
    for (int i = c.count(9, 20); i > 0; i--) {
      double bx = c.between(0, WIDTH);
      double by = street + c.bell() * 26;
      double r = c.between(7, 18);
      Color lamp = c.pick(0xFFC26A, 0xFF7A5A, 0xFFE2B0, 0x8AD0C8);
      c.disc(bx, by, r, fade(lamp, c.between(0.25, 0.6)));
      c.oval(bx, by + 56, r * 0.6, 42, fade(lamp, 0.13));
    }
    c.blur(2);
    double slant = c.between(-0.16, 0.16);
    for (int i = c.count(170, 300); i > 0; i--) {
      double sx = c.between(-30, WIDTH + 30);
      double sy = c.between(-40, HEIGHT);
      double len = c.between(18, 76);
      double alpha = c.between(0.08, 0.32);
      c.line(sx, sy, sx + slant * len, sy + len, fade(rgb(0xDCE6EC), alpha), c.between(0.6, 1.5));
    }
    for (int i = c.count(120, 230); i > 0; i--) {
      drop(c, c.between(0, WIDTH), c.between(0, HEIGHT), Math.pow(c.between(0.9, 2.35), 2));
    }
    for (int i = c.count(5, 12); i > 0; i--) {
      trail(c, c.between(0, WIDTH), c.between(-60, 120), c.between(110, 260));
    }
    if (c.chance(0.35)) {
      double bar = WIDTH * c.between(0.3, 0.7);
      c.box(
          bar - 6,
          0,
          12,
          HEIGHT,
          Canvas.along(bar - 6, 0, bar + 6, 0, rgb(0x2A2E34), rgb(0x14171B)));
    }
    c.finish(0.42, 3);
  }

  private static void drop(Canvas c, double x, double y, double r) {
    c.oval(
        x,
        y,
        r,
        r * 1.15,
        Canvas.down(y - r, y + r * 1.15, fade(rgb(0x1E262E), 0.55), fade(rgb(0xC8D6DE), 0.6)));
    c.oval(x - r * 0.3, y - r * 0.4, r * 0.28, r * 0.24, fade(Color.WHITE, 0.85));
  }

  private static void trail(Canvas c, double x, double y, double length) {
    double px = x;
    for (double step = 0; step < length; step += 5) {
      double nx = px + c.between(-1.6, 1.6);
      c.line(px, y + step, nx, y + step + 5, fade(rgb(0xB8C8D2), 0.3 + 0.2 * step / length), 3.2);
      px = nx;
    }
    drop(c, px, y + length, 6.5);
  }

  static void bridge(Canvas c) {
    Color high = c.pick(0xB4B09A, 0xBCB69E, 0xAEAC9A);
    Color low = c.pick(0xEFE6CC, 0xF2E4C8, 0xECE6D2);
    double line = HEIGHT * c.between(0.62, 0.7);
    c.band(0, line, high, mix(high, low, 0.6), low);
    c.light(WIDTH * c.between(0.2, 0.8), line - 60, 200, rgb(0xFFF4D8), 0.6);
    Color hill = c.pick(0x8A8E78, 0x949278, 0x80887A);
    c.fill(Shapes.ridge(c, line - 34, 30, 150, 4), mix(hill, low, 0.6));
    c.mist(line - 80, line + 10, low, 0.7);
    c.fill(Shapes.ridge(c, line - 8, 14, 90, 4), mix(hill, low, 0.25));
    int kind = c.count(0, 2);
    if (kind == 0) {
      suspension(c, line, c.pick(0xB8452E, 0xA83E2C, 0xC0503A));
    } else {
      Color stone = kind == 1 ? c.pick(0xA89478, 0x9A8A74) : c.pick(0xA8563A, 0xB0603E);
      arches(c, line, stone, kind == 1 ? c.count(3, 5) : 1);
    }
    Color water = c.pick(0x6E7A66, 0x76806A, 0x687868);
    c.reflect(line, water, 0.34, 1.5);
    c.mist(line - 26, line + 30, low, 0.65);
    for (int i = 0; i < 60; i++) {
      double t = c.between(0, 1);
      double y = line + (HEIGHT - line) * t;
      c.oval(c.between(0, WIDTH), y, 6 + 24 * t, 0.5 + 0.8 * t, fade(low, 0.35));
    }
    c.finish(0.28, 3);
  }

  private static void suspension(Canvas c, double line, Color steel) {
    double deck = line - c.between(34, 48);
    double left = WIDTH * c.between(0.16, 0.28);
    double right = WIDTH * c.between(0.72, 0.84);
    double top = deck - c.between(120, 160);
    double dip = deck - c.between(8, 22);
    Color dim = mix(steel, rgb(0xE0D4BC), 0.2);
    double[][] spans = {
      {left - (right - left), left}, {left, right}, {right, right + right - left}
    };
    for (double[] span : spans) {
      double middle = (span[0] + span[1]) / 2;
      Path2D cable = new Path2D.Double();
      cable.moveTo(span[0], top);
      cable.quadTo(middle, 2 * dip - top, span[1], top);
      c.stroke(cable, steel, 3.4);
      for (double x = span[0] + 9; x < span[1]; x += 11) {
        double t = (x - span[0]) / (span[1] - span[0]);
        double y = top + (dip - top) * 4 * t * (1 - t);
        c.line(x, y, x, deck, fade(dim, 0.8), 1);
      }
    }
    c.box(0, deck, WIDTH, 9, Canvas.down(deck, deck + 9, lit(steel, 0.2), lit(steel, -0.3)));
    for (double x = -10; x < WIDTH; x += 16) {
      c.line(x, deck + 9, x + 8, deck + 17, dim, 1.6);
      c.line(x + 8, deck + 17, x + 16, deck + 9, dim, 1.6);
    }
    c.line(0, deck + 17, WIDTH, deck + 17, steel, 2);
    for (double x : new double[] {left, right}) {
      for (int i = -1; i <= 1; i += 2) {
        double px = x + i * 9;
        c.box(
            px - 4,
            top - 8,
            8,
            line - top + 8,
            Canvas.along(px - 4, 0, px + 4, 0, lit(steel, 0.15), lit(steel, -0.3)));
      }
      for (int i = 0; i < 4; i++) {
        c.box(x - 12, top + i * (deck - top) / 4, 24, 7, steel);
      }
      c.box(x - 20, line - 16, 40, 18, rgb(0x8A8070));
    }
  }

  private static void arches(Canvas c, double line, Color stone, int number) {
    double rise = number == 1 ? c.between(60, 96) : c.between(0, 22);
    double deck = line - c.between(84, 104) + (number == 1 ? 40 : 0);
    Path2D top = new Path2D.Double();
    top.moveTo(-20, line + 2);
    top.lineTo(-20, deck + 22);
    top.quadTo(WIDTH / 2.0, deck - rise * 2, WIDTH + 20, deck + 22);
    top.lineTo(WIDTH + 20, line + 2);
    top.closePath();
    Area body = new Area(top);
    double span = (WIDTH - (number == 1 ? 170 : 20)) / (double) number;
    double start = number == 1 ? 85 : 10;
    for (int i = 0; i < number; i++) {
      double w = span * 0.82;
      double x = start + span * i + (span - w) / 2;
      double middle = 1 - Math.abs((x + w / 2) / WIDTH - 0.5) * 2;
      double h = Math.min(w * 0.55, line - deck - 14 + rise * middle);
      body.subtract(new Area(new Arc2D.Double(x, line - h, w, h * 2, 0, 180, Arc2D.CHORD)));
      Shape arch = new Arc2D.Double(x - 4, line - h - 4, w + 8, h * 2 + 8, 0, 180, Arc2D.OPEN);
      c.stroke(arch, lit(stone, -0.3), 3);
    }
    c.fill(body, Canvas.down(deck - rise, line, lit(stone, 0.16), stone, lit(stone, -0.25)));
    Shape clip = c.g.getClip();
    c.g.clip(body);
    for (int i = 0; i < 420; i++) {
      double bx = c.between(0, WIDTH);
      double by = Math.floor(c.between(deck - rise, line) / 8) * 8;
      Color tone = lit(stone, c.between(-0.3, 0.25));
      c.box(bx, by, c.between(8, 17), 7, fade(tone, 0.5));
    }
    c.g.setClip(clip);
    c.stroke(top, lit(stone, -0.35), 4);
    for (int i = 1; i < 8; i++) {
      double t = i / 8.0;
      double y = deck + 22 - (rise + 11 + rise) * 2 * t * (1 - t) - 4;
      double x = WIDTH * t;
      c.line(x, y + 4, x, y - 22, rgb(0x4A443A), 2.2);
      c.disc(x, y - 25, 4, rgb(0xFFE9B8));
    }
  }

  static void umbrella(Canvas c) {
    Color high = c.pick(0x6E6A8A, 0x76708E, 0x666486);
    Color low = c.pick(0xB8AEC0, 0xC2B6C2, 0xAEA8C0);
    double street = HEIGHT * c.between(0.56, 0.64);
    c.band(0, street, high, low);
    for (int layer = 0; layer < 2; layer++) {
      double x = -30;
      while (x < WIDTH) {
        double w = c.between(50, 110);
        double away = Math.abs((x + w / 2) / WIDTH - 0.5) * 2;
        double top = street * (0.62 - 0.62 * away + c.between(-0.08, 0.08)) + (1 - layer) * -20;
        Color tone = mix(lit(high, -0.25), low, 0.55 - 0.35 * layer);
        c.box(x, top, w, street - top, tone);
        for (double wy = top + 12; wy < street - 14; wy += 24) {
          for (double wx = x + 9; wx < x + w - 12; wx += 20) {
            Color pane = c.chance(0.3) ? rgb(0xFFDC9A) : lit(tone, -0.2);
            c.box(wx, wy, 9, 14, fade(pane, 0.75));
          }
        }
        x += w;
      }
      c.mist(street * 0.3, street + 20, low, 0.5);
    }
    c.blur(2);
    c.reflect(street, mix(high, rgb(0x3A3850), 0.6), 0.4, 1.3);
    int crowd = c.count(2, 5);
    for (int i = 0; i < crowd; i++) {
      double x = WIDTH * (i + c.between(0.1, 0.9)) / crowd;
      walker(
          c,
          x,
          street + c.between(16, 34),
          c.between(0.32, 0.46),
          c.pick(0xD83A4A, 0xF2B63A, 0x3A8AA0, 0xE8705A));
    }
    double x = WIDTH * c.between(0.4, 0.6);
    Color main = c.pick(0xD82E3E, 0xE0383A, 0xC82A48, 0xF0502E);
    walker(c, x, HEIGHT * c.between(0.92, 0.98), c.between(1.05, 1.3), main);
    for (int i = c.count(120, 220); i > 0; i--) {
      double len = c.between(8, 24);
      double rx = c.between(0, WIDTH);
      double ry = c.between(-20, HEIGHT);
      c.line(rx, ry, rx - len * 0.16, ry + len, fade(rgb(0xEEF0F8), 0.3), 0.9);
    }
    c.finish(0.32, 2.5);
  }

  /** Someone under an umbrella, the feet at the point; about 230 tall at size 1. */
  private static void walker(Canvas c, double x, double y, double size, Color color) {
    AffineTransform before = c.g.getTransform();
    c.g.translate(x, y);
    c.oval(0, 6, 60 * size, 9 * size, fade(rgb(0x1A1828), 0.4));
    c.oval(0, 20 * size, 70 * size, 12 * size, fade(color, 0.3));
    c.g.scale(size, size);
    Color coat = c.pick(0x2A2E42, 0x4A3A34, 0x3A4A4A, 0xC8A86A);
    c.line(-9, -50, -12, 0, rgb(0x22222E), 11);
    c.line(9, -50, 14, -2, rgb(0x22222E), 11);
    Path2D body = new Path2D.Double();
    body.moveTo(-15, -124);
    body.quadTo(-32, -80, -34, -38);
    body.lineTo(34, -38);
    body.quadTo(32, -80, 15, -124);
    body.closePath();
    c.fill(body, Canvas.along(-34, 0, 34, 0, lit(coat, 0.15), coat, lit(coat, -0.35)));
    c.disc(0, -134, 15, rgb(0x3A2A28));
    c.g.rotate(c.between(-0.16, 0.16), 0, -120);
    c.line(12, -92, 4, -232, rgb(0x3A3A44), 3);
    double half = 112;
    for (int i = 0; i < 8; i++) {
      double from = -half + half * 2 * i / 8;
      double to = -half + half * 2 * (i + 1) / 8;
      Path2D panel = new Path2D.Double();
      panel.moveTo(4, -226);
      panel.quadTo(4 + from * 0.92, -214, from, -146);
      panel.quadTo((from + to) / 2, -160, to, -146);
      panel.quadTo(4 + to * 0.92, -214, 4, -226);
      double shade = 0.22 - i * 0.07 + (i % 2 == 0 ? 0.05 : -0.05);
      c.fill(panel, lit(color, shade));
      c.stroke(panel, fade(lit(color, -0.4), 0.5), 1);
    }
    c.line(4, -226, 4, -238, rgb(0x3A3A44), 3.4);
    c.g.setTransform(before);
  }
}
