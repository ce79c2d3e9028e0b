package org.seesong.bench.demo;

import static org.seesong.bench.demo.Canvas.HEIGHT;
import static org.seesong.bench.demo.Canvas.WIDTH;
import static org.seesong.bench.demo.Tones.fade;
import static org.seesong.bench.demo.Tones.lit;
import static org.seesong.bench.demo.Tones.mix;
import static org.seesong.bench.demo.Tones.rgb;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** Scenes after dark: the moon, the stars, a lighthouse, a fire. */
final class NightScenes {
  private NightScenes() {}

  static void moon(Canvas c) {
    Color night = c.pick(0x060D26, 0x081230, 0x0A1530);
    Color glow = c.pick(0x1E3A6E, 0x22467A, 0x2A4274);
    c.band(0, HEIGHT, night, mix(night, glow, 0.6), glow);
    for (int i = 0; i < 60; i++) {
      double size = c.between(0.4, 1.2);
      c.disc(
          c.between(0, WIDTH),
          c.between(0, HEIGHT * 0.8),
          size,
          fade(Color.WHITE, c.between(0.2, 0.8)));
    }
    double x = WIDTH * c.between(0.36, 0.64);
    double y = HEIGHT * c.between(0.34, 0.46);
    double r = c.between(68, 104);
    Color tint = c.pick(0xFFF6DA, 0xFBEFC8, 0xFFE9B4, 0xF2F2EC);
    c.light(x, y, r * 2.9, mix(glow, tint, 0.4), 0.75);
    c.light(x, y, r * 1.5, tint, 0.55);
    moonDisc(c, x, y, r, tint, night);
    c.mist(y - r * 0.3, y + r * 1.7, mix(night, glow, 0.4), 0.85);
    c.mist(0, HEIGHT * 0.5, mix(night, glow, 0.8), 0.3);
    Color dark = rgb(0x04081A);
    int ground = c.count(0, 3);
    if (ground == 0) {
      double line = HEIGHT * 0.8;
      c.fill(Shapes.ridge(c, line, 14, 90, 4), mix(glow, dark, 0.75));
      c.reflect(line, mix(night, dark, 0.4), 0.35, 1.6);
    } else {
      c.fill(Shapes.ridge(c, HEIGHT * 0.84, 26, 160, 4), mix(glow, dark, 0.7));
      c.fill(Shapes.ridge(c, HEIGHT * 0.91, 18, 110, 4), dark);
    }
    if (ground == 1) {
      branch(c, c.chance(0.5) ? -5 : WIDTH + 5, HEIGHT * c.between(0.75, 0.95), dark, x, y);
    } else if (ground == 2) {
      for (int i = c.count(8, 14); i > 0; i--) {
        Shapes.fir(c, c.between(0, WIDTH), HEIGHT * 0.97, c.between(40, 95), dark, null);
      }
    } else if (ground == 3) {
      roofs(c, dark);
    }
    c.finish(0.4, 2.5);
  }

  private static void moonDisc(Canvas c, double x, double y, double r, Color tint, Color night) {
    Noise seas = c.noise();
    // A phase is a second disc of shadow pushed over the first.
    double shift = c.chance(0.55) ? 9 : c.between(0.75, 1.15) * (c.chance(0.5) ? 1 : -1);
    c.veil(
        y - r - 1, y + r + 1, tint, (px, py) -> Tones.clamp(r - Math.hypot(px - x, py - y), 0, 1));
    c.veil(
        y - r - 1,
        y + r + 1,
        mix(tint, rgb(0x8A93A8), 0.85),
        (px, py) -> {
          double inside = Tones.clamp(r - Math.hypot(px - x, py - y), 0, 1);
          double sea = seas.at((px - x) / r * 2.1 + 40, (py - y) / r * 2.1 + 40, 5);
          return inside * Tones.clamp((sea - 0.47) * 5, 0, 0.8);
        });
    c.veil(
        y - r - 1,
        y + r + 1,
        mix(night, rgb(0x2A3D66), 0.5),
        (px, py) -> {
          double inside = Tones.clamp(r - Math.hypot(px - x, py - y), 0, 1);
          double dark = (r * 1.02 - Math.hypot(px - x - shift * r, py - y + r * 0.1)) / (r * 0.14);
          return inside * Tones.clamp(dark, 0, 0.96);
        });
  }

  private static void branch(Canvas c, double x, double y, Color dark, double goalX, double goalY) {
    twig(c, x, y, Math.atan2(goalY - y, goalX - x), c.between(80, 110), 9, dark);
  }

  private static void twig(
      Canvas c, double x, double y, double angle, double length, double width, Color dark) {
    double endX = x + Math.cos(angle) * length;
    double endY = y + Math.sin(angle) * length;
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.quadTo(
        (x + endX) / 2 + c.between(-0.15, 0.15) * length,
        (y + endY) / 2 + c.between(-0.15, 0.15) * length,
        endX,
        endY);
    c.stroke(path, dark, width);
    if (width > 0.9) {
      int number = width > 4 ? 2 : c.count(2, 3);
      for (int i = 0; i < number; i++) {
        double turn = c.between(0.15, 0.75) * (i % 2 == 0 ? 1 : -1);
        twig(c, endX, endY, angle + turn, length * c.between(0.6, 0.82), width * 0.62, dark);
      }
    }
  }

  private static void roofs(Canvas c, Color dark) {
    double x = -10;
    while (x < WIDTH) {
      double width = c.between(36, 74);
      double top = HEIGHT * c.between(0.8, 0.88);
      double peak = top - c.between(14, 30);
      c.fill(
          Shapes.polygon(x, HEIGHT, x, top, x + width / 2, peak, x + width, top, x + width, HEIGHT),
          dark);
      c.box(x + width * 0.68, peak - 2, 6, 20, dark);
      if (c.chance(0.6)) {
        c.box(x + width * 0.4, top + 10, 7, 9, rgb(0xF5C26B));
      }
      x += width * c.between(0.85, 1.05);
    }
  }

  static void star(Canvas c) {
    Color high = c.pick(0x150A2E, 0x1B0B38, 0x120A30);
    Color low = c.pick(0x5A2A78, 0x4A2C80, 0x6E2E74);
    c.band(0, HEIGHT, high, mix(high, low, 0.4), low, c.pick(0xB05A8A, 0x9A5AA0, 0xC0708A));
    double tilt = c.between(0.5, 1.1) * (c.chance(0.5) ? 1 : -1);
    double cx = WIDTH * c.between(0.38, 0.62);
    double cy = HEIGHT * 0.4;
    double norm = Math.hypot(1, tilt);
    Noise haze = c.noise();
    Noise dust = c.noise();
    double breadth = c.between(48, 70);
    Color milk = c.pick(0xC9A6F0, 0xD8A8E8, 0xB4A8F4);
    Canvas.Cover river =
        (x, y) -> {
          double off = (tilt * (x - cx) + (y - cy)) / norm;
          double band = Math.exp(-off * off / (2 * breadth * breadth));
          double grey = haze.at(x / 60.0, y / 60.0, 5);
          double lane = Math.exp(-off * off / (0.16 * breadth * breadth));
          double gap = lane * Tones.clamp(dust.at(x / 34.0, y / 34.0, 4) * 3 - 1.2, 0, 1);
          return band * (0.25 + grey * 0.75) * (1 - 0.7 * gap);
        };
    c.veil(0, HEIGHT, milk, (x, y) -> 0.75 * river.at(x, y));
    c.veil(0, HEIGHT, rgb(0xFFF0E0), (x, y) -> Tones.clamp(river.at(x, y) * 1.5 - 0.75, 0, 0.55));
    for (int i = 0; i < 2600; i++) {
      double x = c.between(0, WIDTH);
      double y = c.between(0, HEIGHT);
      if (c.chance(0.3 + river.at((int) x, (int) y))) {
        Color color = c.pick(0xFFFFFF, 0xCFE0FF, 0xFFE8C8);
        c.disc(x, y, Math.pow(c.between(0.55, 1.05), 2), fade(color, c.between(0.25, 1)));
      }
    }
    for (int i = c.count(8, 16); i > 0; i--) {
      double x = c.between(0, WIDTH);
      double y = c.between(0, HEIGHT * 0.75);
      double r = c.between(4, 9);
      c.light(x, y, r * 2, rgb(0xDDE6FF), 0.8);
      c.line(x - r, y, x + r, y, fade(Color.WHITE, 0.55), 0.7);
      c.line(x, y - r, x, y + r, fade(Color.WHITE, 0.55), 0.7);
      c.disc(x, y, 1.6, Color.WHITE);
    }
    if (c.chance(0.5)) {
      double x = c.between(60, WIDTH - 120);
      double y = c.between(20, 120);
      double dx = c.between(50, 100);
      Color none = fade(Color.WHITE, 0);
      c.g.setPaint(Canvas.along(x, y, x + dx, y + dx * 0.4, none, Color.WHITE));
      c.g.setStroke(new BasicStroke(1.8f));
      c.g.draw(new Line2D.Double(x, y, x + dx, y + dx * 0.4));
    }
    Color ground = c.pick(0x0C0718, 0x120A1E);
    c.fill(Shapes.ridge(c, HEIGHT * 0.83, 34, 140, 4), mix(ground, low, 0.35));
    c.fill(Shapes.ridge(c, HEIGHT * 0.92, 20, 120, 4), ground);
    if (c.chance(0.5)) {
      for (int i = c.count(9, 18); i > 0; i--) {
        Shapes.fir(c, c.between(0, WIDTH), HEIGHT * 0.98, c.between(30, 80), ground, null);
      }
    } else {
      tent(c, WIDTH * c.between(0.25, 0.75), HEIGHT * 0.94, ground);
    }
    c.finish(0.35, 3);
  }

  private static void tent(Canvas c, double x, double y, Color ground) {
    c.light(x, y - 10, 70, rgb(0xFFB050), 0.6);
    c.fill(
        Shapes.polygon(x - 34, y, x - 4, y - 36, x + 36, y),
        Canvas.along(x - 30, y, x + 36, y, rgb(0xFFD27A), rgb(0xE8822E), rgb(0x8A3A1E)));
    c.fill(Shapes.polygon(x - 8, y, x - 4, y - 36, x + 4, y), ground);
    c.fill(Shapes.ridge(c, y + 4, 5, 60, 3), ground);
  }

  static void lighthouse(Canvas c) {
    Color high = c.pick(0x222C58, 0x28325E, 0x1E2C54);
    Color middle = c.pick(0x7A5A88, 0x8A6088, 0x6E5E90);
    Color low = c.pick(0xF09A72, 0xF2A878, 0xEE8C70);
    double line = HEIGHT * c.between(0.66, 0.74);
    c.band(0, line, high, middle, low);
    c.mist(HEIGHT * 0.2, line, mix(high, middle, 0.4), 0.85);
    c.mist(HEIGHT * 0.45, line, mix(low, middle, 0.3), 0.6);
    Color sea = c.pick(0x1E3454, 0x243A58, 0x1A3050);
    c.band(line, HEIGHT, mix(sea, low, 0.45), sea, lit(sea, -0.45));
    for (int i = 0; i < 200; i++) {
      double t = Math.pow(c.between(0, 1), 1.4);
      Color glint = c.chance(0.5) ? low : lit(sea, 0.35);
      double y = line + (HEIGHT - line) * t;
      c.oval(c.between(0, WIDTH), y, 4 + 26 * t, 0.5 + 1.4 * t, fade(glint, 0.35));
    }
    double side = c.chance(0.5) ? 1 : -1;
    double x = WIDTH / 2.0 + side * c.between(20, 90);
    double foot = line - c.between(0, 14);
    double h = c.between(150, 190);
    beam(c, x, foot - h, side * -1, c.between(-0.14, 0.12));
    if (c.chance(0.6)) {
      beam(c, x, foot - h, side, c.between(-0.14, 0.12));
    }
    Color rock = c.pick(0x241F2E, 0x2A2430);
    double width = c.between(80, 130);
    for (int i = 0; i < 26; i++) {
      double away = c.between(-1, 1);
      double ry = foot + 14 + c.between(0, 40) + Math.abs(away) * 24;
      Color tone = lit(rock, c.between(0, 0.16));
      double rx = x + away * width;
      c.fill(Shapes.blob(c, rx, ry, c.between(18, 42), c.between(12, 26), 0.7), tone);
    }
    tower(c, x, foot + 14, h, side);
    for (int i = 0; i < 60; i++) {
      double fx = x + c.between(-1.3, 1.3) * width;
      double size = c.between(1, 4);
      c.disc(fx, Math.min(HEIGHT - 2, foot + 62 + c.bell() * 5), size, fade(Color.WHITE, 0.35));
    }
    c.light(x, foot - h, 70, rgb(0xFFE9A8), 0.95);
    c.finish(0.3, 2.5);
  }

  private static void beam(Canvas c, double x, double y, double side, double slope) {
    double reach = 420;
    c.fill(
        Shapes.polygon(
            x,
            y - 2,
            x + side * reach,
            y + slope * reach - 52,
            x + side * reach,
            y + slope * reach + 52,
            x,
            y + 2),
        Canvas.along(x, y, x + side * reach, y, fade(rgb(0xFFF2C4), 0.75), fade(rgb(0xFFE9B0), 0)));
  }

  private static void tower(Canvas c, double x, double foot, double height, double side) {
    Color band = c.pick(0xC8343A, 0xB82E34, 0x2A3A5E);
    Color white = rgb(0xF4E9E0);
    int stripes = c.count(5, 8);
    for (int i = 0; i < stripes; i++) {
      double t0 = (double) i / stripes;
      double t1 = (i + 1.0) / stripes;
      double w0 = 24 - 10 * t0;
      double w1 = 24 - 10 * t1;
      double y0 = foot - (height - 6) * t0;
      double y1 = foot - (height - 6) * t1;
      Color tone = i % 2 == 0 ? white : band;
      Color sunny = lit(tone, 0.1);
      Color dark = mix(tone, rgb(0x2A2440), 0.62);
      c.fill(
          Shapes.polygon(x - w0, y0, x + w0, y0, x + w1, y1, x - w1, y1),
          Canvas.along(x - side * 24, 0, x + side * 24, 0, sunny, tone, dark));
    }
    double top = foot - height + 6;
    c.box(x - 19, top - 4, 38, 6, rgb(0x2A2430));
    for (int i = -3; i <= 3; i++) {
      c.line(x + i * 6, top - 4, x + i * 6, top - 12, rgb(0x2A2430), 1.2);
    }
    c.box(x - 9, top - 25, 18, 21, rgb(0xFFF0B8));
    c.box(x - 1, top - 25, 2, 21, rgb(0x3A2E30));
    c.fill(Shapes.polygon(x - 13, top - 25, x, top - 41, x + 13, top - 25), lit(band, -0.3));
    for (int i = 0; i < 2; i++) {
      c.box(x - 3, foot - height * (0.32 + 0.34 * i), 6, 10, rgb(0x3A2E3A));
    }
    if (c.chance(0.5)) {
      double hx = x + side * 52;
      c.box(hx - 24, foot - 24, 48, 30, mix(white, rgb(0x6A5A78), 0.4));
      c.fill(Shapes.polygon(hx - 29, foot - 24, hx, foot - 44, hx + 29, foot - 24), rgb(0x5A2A34));
      c.box(hx - 6, foot - 16, 11, 12, rgb(0xFFD27A));
    }
  }

  static void fire(Canvas c) {
    Color night = c.pick(0x0A0608, 0x0C080A, 0x080608);
    c.band(0, HEIGHT, night, lit(night, 0.04), rgb(0x1A0C08));
    double x = WIDTH * c.between(0.42, 0.58);
    double foot = HEIGHT * c.between(0.78, 0.85);
    double size = c.between(1.0, 1.42);
    for (int i = c.count(6, 14); i > 0; i--) {
      double tx = c.between(0, WIDTH);
      double w = c.between(6, 20);
      c.box(tx, 0, w, foot - 20, rgb(0x100A0A));
    }
    c.light(x, foot - 60 * size, 300, rgb(0xE8581A), 0.6);
    c.fill(
        Shapes.ridge(c, foot - 8, 6, 120, 3),
        Canvas.outwards(x, foot + 10, 260, rgb(0x8A4218), rgb(0x3A1A0E), rgb(0x120808)));
    c.light(x, foot - 10, 200, rgb(0xFF8A2E), 0.5);
    for (int i = 0; i < 13; i++) {
      double angle = Math.PI * (0.06 + 0.88 * i / 12);
      double sx = x + Math.cos(angle) * 96 * size;
      stone(c, sx, foot - Math.sin(angle) * 8 * size, 12 * size, x);
    }
    int logs = c.count(4, 7);
    for (int i = 0; i < logs; i++) {
      double lean = (i - (logs - 1) / 2.0) * 0.5;
      log(c, x + lean * 56 * size, foot + 8, x - lean * 22 * size, foot - 46 * size, 15 * size);
    }
    double gust = c.between(-0.22, 0.22);
    flames(c, x, foot, 78 * size, 190 * size, gust, rgb(0xD8380E), 0.9);
    flames(c, x, foot, 58 * size, 150 * size, gust, rgb(0xFF7A14), 1);
    flames(c, x, foot, 42 * size, 112 * size, gust, rgb(0xFFC03A), 1);
    flames(c, x, foot, 24 * size, 66 * size, gust, rgb(0xFFF4C0), 1);
    c.light(x, foot - 50 * size, 130 * size, rgb(0xFFB04A), 0.45);
    for (int i = 0; i < 13; i++) {
      double angle = Math.PI * (1.04 + 0.92 * i / 12);
      double sx = x + Math.cos(angle) * 100 * size;
      stone(c, sx, foot - Math.sin(angle) * 20 * size, c.between(12, 17) * size, x);
    }
    for (int i = c.count(40, 110); i > 0; i--) {
      double up = Math.pow(c.between(0, 1), 0.7);
      double sx = x + c.bell() * (18 + 60 * up) + gust * up * 200;
      double sy = foot - 40 - up * 250;
      double r = c.between(0.6, 1.8);
      c.disc(sx, sy, r, fade(c.pick(0xFFB43A, 0xFF7A1E, 0xFFE08A), 1 - up * 0.5));
    }
    c.finish(0.3, 3);
  }

  private static void flames(
      Canvas c,
      double x,
      double foot,
      double width,
      double height,
      double gust,
      Color color,
      double alpha) {
    Noise noise = c.noise();
    c.veil(
        foot - height * 1.3,
        foot + 12,
        color,
        (px, py) -> {
          double up = (foot + 6 - py) / height;
          double flow = noise.at(px / 40.0, py / 52.0 + up * 0.6, 4) - 0.5;
          double fine = noise.at(px / 13.0 + 50, py / 30.0, 3) - 0.5;
          double off = px - x - gust * height * up * up + flow * 90 * up;
          double body = width * Math.pow(Math.max(0, 1.02 - up), 0.75) * Math.min(1, 0.55 + up * 2);
          double inside = body + fine * width * 1.1 * up - Math.abs(off);
          return alpha * Tones.clamp(inside / 9, 0, 1) * Tones.clamp(1.5 - up, 0, 1);
        });
  }

  private static void stone(Canvas c, double x, double y, double r, double fireX) {
    double to = x < fireX ? 1 : -1;
    c.fill(
        Shapes.blob(c, x, y, r * 1.2, r * 0.85, 0.4),
        Canvas.along(
            x + to * r, y - r, x - to * r, y + r, rgb(0xC87A44), rgb(0x4A342E), rgb(0x181214)));
  }

  private static void log(Canvas c, double x1, double y1, double x2, double y2, double width) {
    c.line(x1, y1, x2, y2, rgb(0x24120C), width);
    c.line(x1 - 2, y1 - 2, x2 - 2, y2 - 2, rgb(0x5E2E16), width * 0.6);
    c.line(x1 - 3, y1 - 4, x2 - 3, y2 - 4, rgb(0xA8521E), width * 0.16);
    c.oval(x1, y1, width * 0.5, width * 0.5, rgb(0xA86A3A));
    c.oval(x1, y1, width * 0.26, width * 0.26, rgb(0xC88A52));
  }
}
