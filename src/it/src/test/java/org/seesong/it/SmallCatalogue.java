package org.seesong.it;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.seesong.catalogue.CatalogueOptions;

/** Songs and pictures made by code: each keyword has its colour. */
final class SmallCatalogue {
  /** Keyword and the hue of its pictures. */
  static final List<String> KEYWORDS = List.of("雪", "海", "花", "山", "火");

  private final Path folder;

  private SmallCatalogue(Path folder) {
    this.folder = folder;
  }

  static SmallCatalogue writeTo(Path folder, int songs, int pictures) throws IOException {
    Files.createDirectories(folder);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < songs; i++) {
      String keyword = KEYWORDS.get(i % KEYWORDS.size());
      String other = KEYWORDS.get((i / 7) % KEYWORDS.size());
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"id\":\"s%03d\",\"title\":\"%s\",\"artist\":\"A%d\",\"language\":\"zh\",\"year\":%d,\"mood\":\"%s\",\"lyrics\":\"%s，%s\\n"
                  + "%s\"}\n",
              i,
              keyword,
              i % 9,
              1980 + i % 40,
              i % 2 == 0 ? "calm" : "bright",
              keyword,
              keyword,
              other));
    }
    Files.writeString(folder.resolve("songs.jsonl"), lines);
    StringBuilder rows = new StringBuilder("path,keyword\n");
    for (int i = 0; i < pictures; i++) {
      String name = "p" + i + ".png";
      writePicture(folder.resolve(name), i % KEYWORDS.size(), i);
      rows.append(name).append(',').append(KEYWORDS.get(i % KEYWORDS.size())).append('\n');
    }
    Files.writeString(folder.resolve("pictures.csv"), rows);
    return new SmallCatalogue(folder);
  }

  /**
   * What is added to a catalogue: 20 songs and 10 pictures with ids of their own, 5 songs that are
   * there already, and a picture that is gone.
   */
  static void writeMore(Path more) throws IOException {
    writeTo(more, 25, 10);
    String songs = Files.readString(more.resolve("songs.jsonl"));
    for (int i = 5; i < 25; i++) {
      String id = String.format(Locale.ROOT, "s%03d", i);
      songs = songs.replace("\"id\":\"" + id, "\"id\":\"new-" + id);
    }
    Files.writeString(more.resolve("songs.jsonl"), songs);
    StringBuilder rows = new StringBuilder("path,id,keyword\n");
    for (int i = 0; i < 10; i++) {
      String keyword = i < 5 ? KEYWORDS.get(i) : "";
      rows.append("p" + i + ".png,new-p" + i + "," + keyword + "\n");
    }
    rows.append("gone.png,gone,雪\n");
    Files.writeString(more.resolve("pictures.csv"), rows);
  }

  static Path writePicture(Path file, int keyword, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int x = 0; x < 96; x += 8) {
      float hue = keyword / (float) KEYWORDS.size() + random.nextInt(5) / 100f;
      graphics.setColor(Color.getHSBColor(hue, 0.7f, 0.5f + random.nextInt(40) / 100f));
      graphics.fillRect(x, 0, 8, 64);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  Path songs() {
    return folder.resolve("songs.jsonl");
  }

  Path pictures() {
    return folder.resolve("pictures.csv");
  }

  CatalogueOptions options() {
    return CatalogueOptions.of(List.of(songs()), List.of(pictures()));
  }
}
