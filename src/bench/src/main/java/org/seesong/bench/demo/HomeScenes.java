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
import java.awt.geom.Path2D;

/** Scenes at home: a cup of coffee, a cat in its room. */
final class HomeScenes {
  private HomeScenes() {}

  static void coffee(Canvas c) {
    Color wood = c.pick(0x7A4A2A, 0x6E4226, 0x845230, 0x5E3A24);
    Color dim = c.pick(0x2E1A10, 0x3A2214, 0x331C12);
    double edge = HEIGHT * c.between(0.16, 0.34);
    c.band(0, HEIGHT, dim, mix(dim, wood, 0.5));
    for (int i = c.count(6, 14); i > 0; i--) {
      double r = c.between(10, 32);
      Color lamp = c.pick(0xFFB45A, 0xFFD08A, 0xE88A3A);
      c.disc(c.between(0, WIDTH), c.between(-10, edge), r, fade(lamp, c.between(0.15, 0.45)));
    }
    c.blur(5);
    table(c, edge, wood);
    double x = WIDTH * c.between(0.42, 0.58);
    double y = HEIGHT * c.between(0.5, 0.58);
    double r = c.between(104, 132);
    double tilt = c.between(0.42, 0.78);
    Color china = c.pick(0xF6EFE4, 0xEADBC6, 0xB8623E, 0xD8C2A4, 0x5A4438);
    c.veil(
        edge,
        HEIGHT,
        rgb(0x1A0C06),
        (px, py) -> {
          double far = Math.hypot((px - x - 22) / (r * 1.75), (py - y - 52) / (r * tilt * 1.45));
          return Tones.clamp((1.12 - far) * 2, 0, 0.6);
        });
    double saucerY = y + r * (1 - tilt) * 0.75 + 12;
    ring(c, x, saucerY, r * 1.55, tilt, china);
    ring(c, x, saucerY - 3, r * 1.05, tilt, lit(china, -0.08));
    double side = c.chance(0.5) ? 1 : -1;
    cup(c, x, y, r, tilt, side, china);
    surface(c, x, y, r * 0.9, tilt);
    beans(c, x, y, r, edge);
    Noise steam = c.noise();
    c.veil(
        0,
        y,
        rgb(0xFFF4E4),
        (px, py) -> {
          double up = (y - py) / y;
          double drift = (steam.at(4, py / 70.0, 3) - 0.5) * 150 * up;
          double off = (px - x - drift) / (r * (0.35 + 0.5 * up));
          double curl = steam.at((px - drift) / 34.0, py / 80.0 + 20, 4) * 2.6 - 1.1;
          return 0.5 * Math.exp(-off * off * 1.6) * Tones.clamp(curl, 0, 1) * (1 - up * 0.75);
        });
    c.finish(0.5, 3);
  }

  private static void table(Canvas c, double edge, Color wood) {
    c.band(edge, HEIGHT, lit(wood, -0.2), lit(wood, 0.08), lit(wood, -0.15));
    Noise grain = c.noise();
    double planks = c.between(60, 110);
    double slope = c.between(-0.35, 0.35);
    c.veil(
        edge,
        HEIGHT,
        lit(wood, -0.6),
        (x, y) -> {
          double across = y - edge + slope * x;
          double plank = Math.floor(across / planks);
          double line = Math.abs(across / planks - plank - 0.5) > 0.485 ? 0.6 : 0;
          double tone = grain.at(x / 90.0 + plank * 31, across / 3.5, 3) * 1.5 - 0.55;
          return Tones.clamp(tone * 0.6 + line, 0, 0.75);
        });
    c.light(WIDTH * c.between(0.2, 0.8), edge, 260, rgb(0xFFC88A), 0.3);
  }

  private static void ring(Canvas c, double x, double y, double r, double tilt, Color china) {
    Color dark = lit(china, -0.35);
    c.oval(x, y + 4, r, r * tilt, dark);
    c.oval(
        x, y, r, r * tilt, Canvas.along(x - r, y - r, x + r, y + r, lit(china, 0.35), china, dark));
  }

  private static void cup(
      Canvas c, double x, double y, double r, double tilt, double side, Color china) {
    double deep = r * (1.2 - tilt) * 1.1;
    Path2D handle = new Path2D.Double();
    handle.moveTo(x + side * r * 0.9, y + deep * 0.15);
    handle.curveTo(
        x + side * r * 1.55,
        y - deep * 0.1,
        x + side * r * 1.5,
        y + deep * 0.95,
        x + side * r * 0.75,
        y + deep * 0.72);
    c.stroke(handle, lit(china, -0.3), r * 0.17);
    c.stroke(handle, lit(china, 0.05), r * 0.11);
    Path2D body = new Path2D.Double();
    body.moveTo(x - r, y);
    body.curveTo(
        x - r,
        y + deep * 0.9,
        x - r * 0.62,
        y + deep + r * tilt * 0.4,
        x,
        y + deep + r * tilt * 0.45);
    body.curveTo(x + r * 0.62, y + deep + r * tilt * 0.4, x + r, y + deep * 0.9, x + r, y);
    body.closePath();
    c.fill(
        body,
        Canvas.along(
            x - r, 0, x + r, 0, lit(china, 0.3), china, lit(china, -0.2), lit(china, -0.45)));
    c.oval(x, y, r, r * tilt, Canvas.along(x - r, 0, x + r, 0, lit(china, 0.5), lit(china, 0.1)));
    c.oval(x, y + 1, r * 0.95, r * tilt * 0.94, lit(china, -0.4));
  }

  private static void surface(Canvas c, double x, double y, double r, double tilt) {
    double cy = y + 5;
    c.oval(x, cy, r, r * tilt, rgb(0x3A1C0C));
    Color crema = c.pick(0xB06A2E, 0xC07A38, 0x9A5A28);
    c.oval(
        x,
        cy,
        r * 0.97,
        r * tilt * 0.97,
        Canvas.outwards(x, cy, r, lit(crema, -0.25), crema, lit(crema, 0.15), lit(crema, -0.5)));
    Noise foam = c.noise();
    c.veil(
        cy - r,
        cy + r,
        rgb(0xE8B878),
        (px, py) -> {
          double away = Math.hypot((px - x) / r, (py - cy) / (r * tilt));
          double swirl = Math.atan2((py - cy) / tilt, px - x) + away * 2.4;
          double tone = foam.at(3 + 2 * Math.cos(swirl), 3 + 2 * Math.sin(swirl) + away * 4, 4);
          return away < 0.94 ? Tones.clamp(tone * 2.4 - 1.1, 0, 0.6) : 0;
        });
    int art = c.count(0, 3);
    Color milk = rgb(0xFFF0D8);
    AffineTransform before = c.g.getTransform();
    c.g.translate(x, cy);
    c.g.scale(r / 100, r * tilt / 100);
    c.g.rotate(c.between(-0.5, 0.5));
    if (art == 0) {
      Path2D heart = new Path2D.Double();
      heart.moveTo(0, 62);
      heart.curveTo(-84, 4, -52, -66, 0, -26);
      heart.curveTo(52, -66, 84, 4, 0, 62);
      c.fill(heart, milk);
      c.stroke(Shapes.placed(heart, 0, 0, 0.62, 0), lit(crema, 0.2), 5);
    } else if (art == 1) {
      for (int i = 0; i < 6; i++) {
        double wide = 30 + 34 * Math.sin((i + 1) * 0.5);
        Path2D leaf = new Path2D.Double();
        leaf.moveTo(0, 52 - i * 17);
        leaf.quadTo(-wide, 44 - i * 19, -wide * 0.9, 16 - i * 15);
        leaf.quadTo(-wide * 0.3, 28 - i * 16, 0, 36 - i * 17);
        leaf.quadTo(wide * 0.3, 28 - i * 16, wide * 0.9, 16 - i * 15);
        leaf.quadTo(wide, 44 - i * 19, 0, 52 - i * 17);
        c.fill(leaf, fade(milk, 0.92));
      }
    } else if (art == 2) {
      for (int i = 0; i < 3; i++) {
        c.stroke(Shapes.circle(0, 0, 20 + i * 22), fade(milk, 0.75), 8 - i * 2);
      }
      c.disc(0, 0, 9, milk);
    } else {
      for (int i = 0; i < 40; i++) {
        double angle = c.between(0, 7);
        double away = c.between(60, 92);
        c.disc(Math.cos(angle) * away, Math.sin(angle) * away, c.between(1, 5), fade(milk, 0.5));
      }
    }
    c.g.setTransform(before);
  }

  private static void beans(Canvas c, double x, double y, double r, double edge) {
    for (int i = c.count(0, 14); i > 0; i--) {
      double angle = c.between(0, 2 * Math.PI);
      double bx = x + Math.cos(angle) * r * c.between(1.6, 2.2);
      double by = y + 30 + Math.sin(angle) * r * c.between(1.0, 1.4);
      if (by > edge + 14) {
        Shape bean = Shapes.placed(Shapes.blob(c, 0, 0, 10, 6.5, 0.1), bx, by, 1, angle * 3);
        c.fill(bean, Canvas.down(by - 8, by + 8, rgb(0x6A3A1C), rgb(0x2A140A)));
        Shape slit = new Arc2D.Double(-8, -4, 16, 5, 180, 180, Arc2D.OPEN);
        c.stroke(Shapes.placed(slit, bx, by, 1, angle * 3), rgb(0x1A0A04), 1.4);
      }
    }
  }

  static void cat(Canvas c) {
    Color wall = c.pick(0x9C3A6E, 0xA84072, 0x92366E, 0xA63E66);
    double floor = HEIGHT * c.between(0.76, 0.83);
    c.band(0, floor, lit(wall, -0.05), wall, lit(wall, -0.25));
    wallpaper(c, wall, floor);
    double side = c.chance(0.5) ? 1 : -1;
    c.light(WIDTH / 2.0 + side * 230, 60, 300, rgb(0xFFE0B0), 0.6);
    frames(c, side, wall);
    double rail = floor - c.between(84, 96);
    c.band(rail, floor, lit(wall, -0.42), lit(wall, -0.5));
    for (double px = c.between(-24, 0); px < WIDTH; px += 24) {
      c.line(px, rail, px, floor, lit(wall, -0.62), 2);
      c.line(px + 2, rail, px + 2, floor, fade(lit(wall, -0.2), 0.6), 1);
    }
    c.band(rail - 5, rail, lit(wall, 0.45), lit(wall, 0.15));
    c.band(floor - 8, floor, lit(wall, 0.25), lit(wall, -0.1));
    Color boards = c.pick(0x5E3A3A, 0x6A4240, 0x553444);
    c.band(floor, HEIGHT, boards, lit(boards, -0.35));
    for (int i = 0; i < 9; i++) {
      double bx = i * 60;
      c.line(bx, floor, (bx - 240) * 1.5 + 240, HEIGHT, fade(lit(boards, -0.5), 0.6), 1.2);
    }
    Color rug = c.pick(0x3E7A7A, 0xC8A05A, 0x5A5A8A);
    double x = WIDTH / 2.0 + c.between(-56, 56);
    double foot = floor + 26;
    c.oval(x, foot + 4, 170, 26, lit(rug, -0.15));
    c.oval(x, foot + 2, 150, 20, rug);
    c.oval(x, foot + 1, 118, 14, lit(rug, 0.25));
    CatFigure.draw(c, x, foot + 2, c.between(1.0, 1.22), side);
    c.finish(0.35, 2.5);
  }

  private static void wallpaper(Canvas c, Color wall, double floor) {
    int pattern = c.count(0, 2);
    Color tone = fade(lit(wall, 0.28), 0.35);
    for (int i = 0; i < 17; i++) {
      for (int j = 0; j < 11; j++) {
        double x = i * 32 + (j % 2) * 16 - 10;
        double y = j * 28;
        if (pattern == 0) {
          c.disc(x, y, 3, tone);
        } else if (pattern == 1) {
          c.fill(Shapes.petal(x, y, 15, 7, -Math.PI / 2 + 0.5, 0.7), tone);
          c.fill(Shapes.petal(x, y, 15, 7, -Math.PI / 2 - 0.5, 0.7), tone);
        } else if (j == 0 && i % 2 == 0) {
          c.box(x, 0, 14, floor, tone);
        }
      }
    }
  }

  private static void frames(Canvas c, double side, Color wall) {
    double x = WIDTH / 2.0 + side * 168;
    double w = c.between(90, 110);
    double h = c.between(120, 150);
    double y = c.between(30, 54);
    c.box(x - w / 2 - 8, y - 8, w + 16, h + 16, rgb(0xF2E4D2));
    c.box(x - w / 2, y, w, h, Canvas.down(y, y + h, rgb(0x9AD0E4), rgb(0xF8E8C0)));
    c.disc(x + c.between(-20, 20), y + 40, 12, rgb(0xFFF6DA));
    c.box(x - 2, y, 4, h, rgb(0xF2E4D2));
    c.box(x - w / 2, y + h * 0.45, w, 4, rgb(0xF2E4D2));
    c.box(x - w / 2 - 14, y + h + 8, w + 28, 7, rgb(0xE4D2BC));
    double px = WIDTH / 2.0 - side * c.between(160, 190);
    if (c.chance(0.5)) {
      c.box(px - 26, 60, 52, 64, lit(wall, -0.5));
      c.box(px - 20, 66, 40, 52, c.pick(0xE8C87A, 0x7AA8A0, 0xD88A6A));
      c.fill(
          Shapes.polygon(px - 20, 118, px - 4, 86, px + 8, 104, px + 20, 92, px + 20, 118),
          lit(wall, -0.3));
    } else {
      double foot = HEIGHT * 0.84;
      for (int i = 0; i < 11; i++) {
        double angle = -Math.PI / 2 + (i - 5) * 0.24;
        Color green = c.pick(0x3E7A4A, 0x4A8A52, 0x2E6A44);
        c.fill(Shapes.petal(px, foot - 40, c.between(70, 120), 22, angle, 0.7), green);
      }
      c.fill(
          Shapes.polygon(
              px - 26, foot - 46, px + 26, foot - 46, px + 18, foot + 8, px - 18, foot + 8),
          rgb(0xD8824E));
    }
  }
}
