package org.seesong.bench.demo;

import static org.seesong.bench.demo.Canvas.HEIGHT;
import static org.seesong.bench.demo.Canvas.WIDTH;
import static org.seesong.bench.demo.Tones.fade;
import static org.seesong.bench.demo.Tones.lit;
import static org.seesong.bench.demo.Tones.mix;
import static org.seesong.bench.demo.Tones.rgb;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** Scenes of the open land: snow, mountains, the forest, the road. */
final class LandScenes {
  private LandScenes() {}

  static void snow(Canvas c) {
    Color high = c.pick(0x6890C4, 0x7298CA, 0x6088C0, 0x7C96C8);
    Color low = c.pick(0xDCE9F6, 0xE8E8F4, 0xF2EAE6);
    double line = HEIGHT * c.between(0.5, 0.62);
    c.band(0, line + 40, high, mix(high, low, 0.6), low);
    if (c.chance(0.5)) {
      double x = c.between(60, WIDTH - 60);
      c.light(x, line - 90, 120, rgb(0xFFF2DC), 0.7);
      c.disc(x, line - 90, 18, fade(rgb(0xFFFBF0), 0.8));
    }
    c.mist(0, line, rgb(0xF4F7FB), 0.6);
    Color fir = c.pick(0x2E5468, 0x2A5058, 0x365A72);
    for (int layer = 0; layer < 3; layer++) {
      double base = line + layer * 26;
      Color tone = mix(fir, low, 0.7 - layer * 0.16);
      c.fill(Shapes.ridge(c, base, 22, 170, 3), mix(rgb(0xDCE8F2), low, 0.4));
      int trees = c.count(10, 20) - layer * 3;
      for (int i = 0; i < trees; i++) {
        double h = c.between(24, 46) + layer * 12;
        double y = base + 14 + c.between(0, 10);
        Shapes.fir(c, c.between(-10, WIDTH + 10), y, h, tone, fade(low, 0.8));
      }
      c.mist(base - 30, base + 30, low, 0.5);
    }
    Color snow = rgb(0xFBFDFF);
    Color shade = c.pick(0x9DBBDC, 0xA6BCE0, 0xAEC2E0);
    double near = line + 78;
    c.fill(Shapes.ridge(c, near, 24, 240, 2), Canvas.down(near - 20, HEIGHT, snow, shade));
    int firs = c.count(1, 4);
    for (int i = 0; i < firs; i++) {
      double x = WIDTH * (i + c.between(0.1, 0.9)) / firs;
      double y = near + c.between(14, 34);
      c.oval(x + 16, y, 44, 7, fade(shade, 0.8));
      Shapes.fir(c, x, y, c.between(110, 190), fir, snow);
    }
    double front = HEIGHT * c.between(0.86, 0.93);
    Shape bank = Shapes.ridge(c, front, 22, 260, 2);
    c.fill(bank, Canvas.down(front - 16, HEIGHT, snow, mix(snow, shade, 0.7)));
    if (c.chance(0.4)) {
      for (int i = 0; i < 9; i++) {
        double x = i * 56 + c.between(-3, 3);
        c.box(x, front - 12, 6, 34, rgb(0x6A5A50));
        c.oval(x + 3, front - 13, 5, 3.5, snow);
      }
      c.line(-5, front, WIDTH, front + 3, rgb(0x6A5A50), 3);
    }
    for (int i = 0; i < 420; i++) {
      double size = c.between(0.9, 2.6);
      c.disc(c.between(0, WIDTH), c.between(0, HEIGHT), size, fade(Color.WHITE, c.between(0.5, 1)));
    }
    for (int i = c.count(14, 26); i > 0; i--) {
      c.spot(c.between(0, WIDTH), c.between(0, HEIGHT), c.between(4, 9), Color.WHITE, 0.9);
    }
    c.finish(0.12, 2);
  }

  static void mountain(Canvas c) {
    Color high = c.pick(0x4A8CD4, 0x5896DA, 0x5488D0);
    Color low = c.pick(0xF6C9B4, 0xF8D6B8, 0xF2BCC0);
    c.band(0, HEIGHT * 0.65, high, mix(high, low, 0.55), low);
    double side = c.chance(0.5) ? 1 : -1;
    c.light(WIDTH / 2.0 - side * 190, HEIGHT * 0.42, 240, rgb(0xFFE6C4), 0.6);
    c.mist(0, HEIGHT * 0.45, rgb(0xFBE6E0), 0.5);
    Color rock = c.pick(0x3E6090, 0x466898, 0x4A5E8E);
    c.fill(Shapes.ridge(c, HEIGHT * 0.5, 40, 90, 5), mix(rock, low, 0.55));
    int peaks = c.count(1, 3);
    for (int i = peaks - 1; i >= 0; i--) {
      double x = WIDTH * (i == 0 ? c.between(0.35, 0.65) : i == 1 ? c.between(0, 0.3) : 0.85);
      double top = HEIGHT * (i == 0 ? c.between(0.12, 0.22) : c.between(0.26, 0.38));
      peak(c, x, top, side, mix(rock, low, i * 0.16));
    }
    c.mist(HEIGHT * 0.5, HEIGHT * 0.8, low, 0.8);
    int layers = c.count(2, 4);
    for (int i = 0; i < layers; i++) {
      double t = (i + 1.0) / layers;
      double base = HEIGHT * (0.66 + 0.22 * t);
      Color tone = mix(mix(rock, low, 0.35), rgb(0x1C3450), t);
      c.fill(
          Shapes.ridge(c, base, 30, 120, 5),
          Canvas.down(base - 30, base + 70, tone, mix(tone, low, 0.35)));
      c.mist(base, base + 50, mix(low, rock, 0.3), 0.4);
    }
    Color dark = c.pick(0x12243A, 0x162840);
    c.fill(Shapes.ridge(c, HEIGHT * 0.95, 14, 90, 4), dark);
    for (int i = c.count(8, 26); i > 0; i--) {
      Shapes.fir(
          c, c.between(0, WIDTH), HEIGHT * c.between(0.96, 1.02), c.between(18, 58), dark, null);
    }
    c.finish(0.22, 2.5);
  }

  private static void peak(Canvas c, double x, double top, double side, Color rock) {
    Noise left = c.noise();
    Noise inner = c.noise();
    Noise grit = c.noise();
    double slopeA = c.between(0.78, 1.2);
    double slopeB = c.between(0.78, 1.2);
    double snowLine = c.between(70, 120);
    double[] crag = new double[WIDTH];
    for (int px = 0; px < WIDTH; px++) {
      double away = Math.abs(px - x) * (px < x ? slopeA : slopeB);
      double jag = (left.at(px / 30.0, 3.3, 5) - 0.5) * Math.min(46, 6 + away * 0.5);
      crag[px] = top + away + jag;
    }
    Canvas.Cover inside = (px, py) -> Tones.clamp(py - crag[px], 0, 1);
    Canvas.Cover lightSide =
        (px, py) -> {
          if (py < crag[px]) {
            return 0;
          }
          double crest = x + (inner.at(py / 26.0, 1.5, 4) - 0.5) * (py - top) * 0.9;
          double folds = grit.at((px + py * 0.7 * side) / 34.0, (py - px * 0.3) / 60.0, 4);
          return Tones.clamp((crest - px) * side / 7.0 + (folds - 0.5) * 14, 0, 1);
        };
    Color shadow = lit(rock, -0.25);
    Color sunny = mix(rock, rgb(0xE8B4A4), 0.45);
    c.veil(top - 30, HEIGHT * 0.9, shadow, inside);
    c.veil(
        top - 30, HEIGHT * 0.9, sunny, (px, py) -> inside.at(px, py) * lightSide.at(px, py) * 0.85);
    Canvas.Cover snow =
        (px, py) -> {
          if (py < crag[px] || py > top + snowLine * 1.7) {
            return 0;
          }
          double edge = snowLine * (0.3 + 1.4 * grit.at(px / 16.0, py / 44.0, 4));
          return inside.at(px, py) * Tones.clamp((top + edge - py) / 9.0, 0, 1);
        };
    c.veil(top - 30, top + 230, rgb(0xA9B2DC), snow);
    Color warm = rgb(0xFFF0E4);
    c.veil(
        top - 30,
        top + 230,
        warm,
        (px, py) -> {
          double share = snow.at(px, py);
          return share > 0 ? share * lightSide.at(px, py) : 0;
        });
  }

  static void forest(Canvas c) {
    Color glow = c.pick(0xC8E08A, 0xB4D890, 0xD4E69A, 0xA8D8A0);
    Color deep = c.pick(0x0E3A20, 0x123E22, 0x0C3424);
    double gx = WIDTH * c.between(0.3, 0.7);
    double ground = HEIGHT * c.between(0.74, 0.82);
    c.band(0, HEIGHT, mix(deep, glow, 0.45), mix(deep, glow, 0.75), mix(deep, glow, 0.35));
    c.light(gx, HEIGHT * 0.4, 230, glow, 0.7);
    Color bark = c.pick(0x2A2A1C, 0x33291C, 0x24301F);
    for (int layer = 0; layer < 4; layer++) {
      double t = layer / 3.0;
      Color tone = mix(mix(deep, glow, 0.55), bark, 0.15 + 0.85 * t);
      double foot = ground - 24 + 30 * t;
      int trunks = layer == 3 ? c.count(2, 5) : c.count(9, 16) - layer * 2;
      for (int i = 0; i < trunks; i++) {
        double x = WIDTH * (i + c.between(0, 1)) / trunks;
        if (layer == 3 && Math.abs(x - gx) < 50) {
          x += x < gx ? -60 : 60;
        }
        trunk(c, x, foot + c.between(0, 14), (4 + 26 * t * t) * c.between(0.7, 1.3), tone);
      }
      leaves(c, mix(mix(deep, glow, 0.6), deep, 0.2 + 0.6 * t), 60 + 90 * t, (int) (60 + 130 * t));
      if (layer < 3) {
        c.mist(HEIGHT * 0.3, ground + 20, glow, 0.5 - 0.12 * layer);
      }
    }
    c.fill(
        Shapes.ridge(c, ground, 10, 130, 3),
        Canvas.down(ground - 8, HEIGHT, mix(deep, glow, 0.35), deep));
    Path2D path = new Path2D.Double();
    double end = gx + c.between(-90, 90);
    path.moveTo(gx - 7, ground - 2);
    path.quadTo(gx - 30, ground + 40, end - 90, HEIGHT);
    path.lineTo(end + 90, HEIGHT);
    path.quadTo(gx + 50, ground + 30, gx + 7, ground - 2);
    if (c.chance(0.6)) {
      c.fill(path, fade(mix(rgb(0xB8A468), deep, 0.35), 0.7));
    }
    Noise shafts = c.noise();
    double lean = c.between(0.25, 0.6) * (c.chance(0.5) ? 1 : -1);
    c.veil(
        0,
        ground + 30,
        rgb(0xF4FBC8),
        (x, y) ->
            Tones.clamp(shafts.at((x + lean * y) / 46.0, 0.5, 3) * 3 - 1.5, 0, 0.5)
                * (1 - y / (ground + 30)));
    Shapes.grass(c, ground + 10, HEIGHT - ground, 30, mix(deep, glow, 0.3), 420);
    c.finish(0.4, 3);
  }

  private static void trunk(Canvas c, double x, double foot, double width, Color tone) {
    double lean = c.between(-0.04, 0.04) * foot;
    Path2D path = new Path2D.Double();
    path.moveTo(x - width * 0.85, foot + 4);
    path.quadTo(x - width * 0.45, foot - 30, x + lean - width * 0.34, -5);
    path.lineTo(x + lean + width * 0.34, -5);
    path.quadTo(x + width * 0.45, foot - 30, x + width * 0.85, foot + 4);
    path.closePath();
    c.fill(
        path,
        Canvas.along(x - width / 2, 0, x + width / 2, 0, lit(tone, 0.16), tone, lit(tone, -0.35)));
    if (width > 14) {
      for (int i = 0; i < 26; i++) {
        double bx = x + c.between(-0.4, 0.4) * width;
        double by = c.between(0, foot);
        c.line(bx, by, bx + c.between(-1, 1), by + c.between(8, 34), fade(lit(tone, -0.5), 0.5), 1);
      }
    }
  }

  private static void leaves(Canvas c, Color color, double depth, int number) {
    for (int i = 0; i < number; i++) {
      double x = c.between(0, WIDTH);
      double y = Math.pow(c.between(0, 1), 1.7) * depth;
      Color tone = lit(c.vary(color), c.between(-0.2, 0.22));
      c.fill(Shapes.blob(c, x, y, c.between(6, 17), c.between(4, 11), 0.6), fade(tone, 0.75));
    }
  }

  static void road(Canvas c) {
    Color high = c.pick(0x49B0C4, 0x5ABCCB, 0x3FA3BE);
    Color low = c.pick(0xF6E4C4, 0xF4D9BE, 0xF8EAD0);
    double line = HEIGHT * c.between(0.4, 0.48);
    c.band(0, line + 6, high, mix(high, low, 0.5), low);
    c.mist(0, line, Color.WHITE, 0.6);
    Color land = c.pick(0xC8683A, 0xC05C34, 0xD07A44);
    c.fill(Shapes.ridge(c, line - 6, 10, 120, 4), mix(land, rgb(0x8A6A9A), 0.55));
    for (int i = c.count(1, 4); i > 0; i--) {
      mesa(
          c,
          c.between(0, WIDTH),
          line + 4,
          c.between(40, 110),
          c.between(20, 62),
          mix(land, rgb(0x7A3A3A), 0.4));
    }
    c.band(line, HEIGHT, mix(land, low, 0.35), land, lit(land, -0.22));
    Noise soil = c.noise();
    c.veil(
        line,
        HEIGHT,
        lit(land, -0.4),
        (x, y) -> {
          double depth = 600.0 / (y - line + 8);
          return Tones.clamp(soil.at((x - 240) * depth / 260.0, depth * 3, 4) * 2 - 0.9, 0, 0.6);
        });
    double vanish = WIDTH * c.between(0.4, 0.6);
    double bend = c.between(-1, 1) * 90;
    double foot = WIDTH * c.between(0.42, 0.58);
    double half = c.between(120, 165);
    strip(c, line, vanish, foot, bend, half * 1.16, 0, lit(land, 0.3));
    strip(c, line, vanish, foot, bend, half, 0, rgb(0x4A4650));
    strip(c, line, vanish, foot, bend, half * 0.03, half * 0.9, rgb(0xF2EEE4));
    strip(c, line, vanish, foot, bend, half * 0.03, -half * 0.9, rgb(0xF2EEE4));
    double phase = c.between(0, 1);
    for (int i = 0; i < 16; i++) {
      double near = 1.0 / (1 + (i - phase) * 0.8);
      double far = 1.0 / (1 + (i - phase + 0.42) * 0.8);
      dash(c, line, vanish, foot, bend, half * 0.026, Math.min(near, 1.2), far);
    }
    for (int i = 60; i > 0; i--) {
      double t = Math.pow(c.between(0.1, 1), 1.6);
      double y = line + (HEIGHT - line) * t;
      double x = c.between(0, WIDTH);
      double middle = middle(vanish, foot, bend, t);
      if (Math.abs(x - middle) > half * 1.25 * t + 6) {
        Color bush = c.pick(0x6E7A3E, 0x8A7A3A, 0x5A6A40);
        c.fill(Shapes.blob(c, x, y, 3 + 15 * t, 2 + 9 * t, 0.6), bush);
      }
    }
    double side = c.chance(0.5) ? 1 : -1;
    if (c.chance(0.65)) {
      for (int i = 7; i >= 0; i--) {
        double t = 1.0 / (1 + i * 0.75);
        double y = line + (HEIGHT - line) * t;
        double x = middle(vanish, foot, bend, t) + side * half * 1.5 * t;
        double h = 240 * t;
        c.line(x, y, x, y - h, rgb(0x4A3428), 1 + 4 * t);
        c.line(x - 22 * t, y - h * 0.9, x + 22 * t, y - h * 0.9, rgb(0x4A3428), 1 + 2.5 * t);
      }
    }
    c.finish(0.22, 3);
  }

  private static double middle(double vanish, double foot, double bend, double t) {
    return vanish + (foot - vanish) * t + bend * Math.sin(Math.PI * Math.sqrt(t)) * (1 - t) * 0.8;
  }

  private static void strip(
      Canvas c,
      double line,
      double vanish,
      double foot,
      double bend,
      double half,
      double off,
      Color color) {
    Path2D path = new Path2D.Double();
    path.moveTo(vanish, line);
    for (int i = 1; i <= 40; i++) {
      double t = i / 40.0;
      path.lineTo(middle(vanish, foot, bend, t) + (off - half) * t, line + (HEIGHT - line) * t);
    }
    for (int i = 40; i >= 1; i--) {
      double t = i / 40.0;
      path.lineTo(middle(vanish, foot, bend, t) + (off + half) * t, line + (HEIGHT - line) * t);
    }
    path.closePath();
    c.fill(path, Canvas.down(line, HEIGHT, lit(color, 0.25), color));
  }

  private static void dash(
      Canvas c,
      double line,
      double vanish,
      double foot,
      double bend,
      double half,
      double near,
      double far) {
    double depth = HEIGHT - line;
    double nx = middle(vanish, foot, bend, near);
    double fx = middle(vanish, foot, bend, far);
    c.fill(
        Shapes.polygon(
            nx - half * near,
            line + depth * near,
            nx + half * near,
            line + depth * near,
            fx + half * far,
            line + depth * far,
            fx - half * far,
            line + depth * far),
        rgb(0xF6C84A));
  }

  private static void mesa(Canvas c, double x, double y, double width, double height, Color color) {
    Path2D path =
        Shapes.polygon(
            x - width,
            y,
            x - width * 0.62,
            y - height * 0.45,
            x - width * 0.55,
            y - height,
            x + width * 0.5,
            y - height * c.between(0.9, 1.05),
            x + width * 0.58,
            y - height * 0.5,
            x + width,
            y);
    c.fill(
        path, Canvas.along(x - width, 0, x + width, 0, lit(color, 0.25), color, lit(color, -0.25)));
  }
}
