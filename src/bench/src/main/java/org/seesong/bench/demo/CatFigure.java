package org.seesong.bench.demo;

import static org.seesong.bench.demo.Tones.fade;
import static org.seesong.bench.demo.Tones.lit;
import static org.seesong.bench.demo.Tones.rgb;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** The cat of the cat scene, seated before us or with its back turned. */
final class CatFigure {
  private CatFigure() {}

  static void draw(Canvas c, double x, double foot, double size, double side) {
    Color fur = c.pick(0xE8923E, 0x3A3438, 0xF2E8DC, 0x8A8684, 0xD8A05A, 0x5A4A42);
    boolean back = c.chance(0.3);
    AffineTransform before = c.g.getTransform();
    c.g.translate(x, foot);
    c.g.scale(size * side, size);
    c.oval(10, 2, 84, 9, fade(rgb(0x1A0A14), 0.4));
    tail(c, fur);
    Path2D body = new Path2D.Double();
    body.moveTo(-26, -138);
    body.curveTo(-58, -112, -86, -40, -70, -6);
    body.quadTo(-64, 4, -30, 3);
    body.lineTo(30, 3);
    body.quadTo(64, 4, 70, -6);
    body.curveTo(86, -40, 58, -112, 26, -138);
    body.closePath();
    Color dark = lit(fur, -0.35);
    c.fill(body, Canvas.along(-80, 0, 80, 0, dark, fur, lit(fur, 0.16)));
    boolean striped = c.chance(0.6);
    Shape clip = c.g.getClip();
    c.g.clip(body);
    if (striped) {
      for (int i = 0; i < 6; i++) {
        double y = -112 + i * 19;
        c.fill(Shapes.petal(-88, y + 6, 52, 9, 0.15, 0.5), fade(dark, 0.75));
        c.fill(Shapes.petal(88, y + 6, 52, 9, Math.PI - 0.15, 0.5), fade(dark, 0.75));
      }
    }
    if (!back) {
      Color bib = c.chance(0.6) ? rgb(0xFBF4EA) : lit(fur, 0.3);
      c.fill(Shapes.blob(c, 0, -92, 24, 44, 0.25), fade(bib, 0.9));
    }
    c.g.setClip(clip);
    if (!back) {
      legs(c, fur, dark);
    }
    head(c, fur, dark, striped, back);
    c.g.setTransform(before);
  }

  private static void tail(Canvas c, Color fur) {
    Path2D tail = new Path2D.Double();
    tail.moveTo(54, -8);
    if (c.chance(0.5)) {
      tail.curveTo(118, 10, 132, -40, 104, -66);
      tail.quadTo(90, -82, 104, -94);
    } else {
      tail.curveTo(110, 10, 60, 18, -20, 8);
    }
    c.stroke(tail, lit(fur, -0.25), 19);
    c.stroke(tail, fur, 13);
  }

  private static void legs(Canvas c, Color fur, Color dark) {
    for (int i = -1; i <= 1; i += 2) {
      Shape leg = new RoundRectangle2D.Double(i * 17 - 13, -72, 26, 76, 24, 24);
      c.fill(leg, Canvas.down(-72, 4, fur, lit(fur, 0.12)));
      c.oval(i * 18, -1, 18, 8, lit(fur, 0.2));
      c.oval(i * 56, -2, 22, 9, lit(fur, 0.05));
      for (int toe = -1; toe <= 1; toe += 2) {
        c.line(i * 18 + toe * 5, 0, i * 18 + toe * 5, 5, fade(dark, 0.8), 1.4);
      }
    }
    c.line(0, -60, 0, 0, fade(dark, 0.7), 2);
  }

  private static void head(Canvas c, Color fur, Color dark, boolean striped, boolean back) {
    AffineTransform before = c.g.getTransform();
    c.g.rotate(c.between(-0.16, 0.16), 0, -150);
    for (int i = -1; i <= 1; i += 2) {
      c.fill(Shapes.polygon(i * 10, -186, i * 50, -232, i * 54, -164), lit(fur, -0.1));
      if (!back) {
        c.fill(Shapes.polygon(i * 22, -188, i * 46, -218, i * 48, -176), rgb(0xE8A8A0));
      }
    }
    c.fill(
        Shapes.blob(c, 0, -160, 56, 45, 0.03),
        Canvas.outwards(8, -172, 70, lit(fur, 0.18), fur, dark));
    if (striped) {
      for (int i = -1; i <= 1; i++) {
        c.fill(Shapes.petal(i * 11, -204, 24, 8, Math.PI / 2, 0.6), fade(dark, 0.85));
      }
    }
    if (!back) {
      face(c, fur);
    }
    c.g.setTransform(before);
  }

  private static void face(Canvas c, Color fur) {
    Color iris = c.pick(0xC8D84A, 0xF2C23A, 0x7AC8C0, 0x9AD06A);
    boolean asleep = c.chance(0.2);
    c.oval(-10, -143, 15, 11, lit(fur, 0.5));
    c.oval(10, -143, 15, 11, lit(fur, 0.5));
    for (int i = -1; i <= 1; i += 2) {
      if (asleep) {
        Shape lid = new Arc2D.Double(i * 24 - 11, -176, 22, 14, 190, 160, Arc2D.OPEN);
        c.stroke(lid, rgb(0x2A1A18), 2.6);
      } else {
        c.oval(i * 24, -165, 13, 11.5, rgb(0x201614));
        c.oval(i * 24, -165, 11.5, 10, iris);
        c.oval(i * 24 + 1, -165, 4, 9.5, rgb(0x120C0C));
        c.disc(i * 24 + 3.5, -169, 2.4, Color.WHITE);
      }
      for (int w = 0; w < 3; w++) {
        double y = -147 + w * 4;
        c.line(i * 16, y, i * 66, y - 9 + w * 9, fade(Color.WHITE, 0.8), 1);
      }
    }
    c.fill(Shapes.polygon(-6, -154, 6, -154, 0, -147), rgb(0xD87A7A));
    c.stroke(new Arc2D.Double(-12, -150, 12, 9, 180, 180, Arc2D.OPEN), rgb(0x5A3A34), 1.5);
    c.stroke(new Arc2D.Double(0, -150, 12, 9, 180, 180, Arc2D.OPEN), rgb(0x5A3A34), 1.5);
  }
}
