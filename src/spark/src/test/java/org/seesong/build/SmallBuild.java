package org.seesong.build;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.io.ContentKey;
import org.seesong.io.RecordFile;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Segmenters;
import org.seesong.part.PartRunner;
import org.seesong.vector.VectorFile;

/** A catalogue made by code, to be built in one way and another. */
final class SmallBuild {
  /** One of the pictures cannot be read. */
  static final int PICTURES = 42;

  private static final String LONG = "从前有座山山里有条河河边住着一个人他每天唱着同一首歌等着春天的雨和远方的船回到这个小小的港口";

  private static final List<String> KEYWORDS = List.of("雪", "海", "花", "山", "火");

  private final Path folder;
  private final ModelHome models;

  private SmallBuild(Path folder) {
    this.folder = folder;
    this.models = new ModelHome(folder.resolve("models"));
  }

  /** The catalogue whose files are there. */
  static SmallBuild of(Path folder) {
    return new SmallBuild(folder);
  }

  /** Writes the catalogue's files. */
  static SmallBuild writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> songs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // Every tenth song has long lyrics, which are those of the other tenths but for a line.
      String more = i % 10 == 0 ? "\\n" + LONG + i : "";
      songs.add(
          String.format(
              Locale.ROOT,
              "{\"id\":\"s%d\",\"title\":\"歌%d\",\"artist\":\"a%d\",\"year\":%d,\"mood\":\"m%d\","
                  + "\"lyrics\":\"%s落在%d路\\n远方的%s%s\"}",
              i,
              i,
              i % 7,
              1990 + i % 9,
              i % 3,
              KEYWORDS.get(i % 5),
              i,
              KEYWORDS.get(i / 5 % 5),
              more));
    }
    Files.write(folder.resolve("songs.jsonl"), songs);
    List<String> rows = new ArrayList<>(List.of("path,keyword"));
    for (int i = 0; i < PICTURES; i++) {
      write(folder.resolve("p" + i + ".png"), i % 5, i);
      rows.add("p" + i + ".png," + (i % 4 == 0 ? "" : KEYWORDS.get(i % 5)));
    }
    Files.write(folder.resolve("p7.png"), new byte[] {1, 2, 3});
    Files.write(folder.resolve("pictures.csv"), rows);
    return new SmallBuild(folder);
  }

  private static void write(Path file, int keyword, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int x = 0; x < 96; x += 8) {
      float hue = keyword / 5f + random.nextInt(5) / 100f;
      graphics.setColor(Color.getHSBColor(hue, 0.7f, 0.5f + random.nextInt(40) / 100f));
      graphics.fillRect(x, 0, 8, 64);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  /** The parts that a stopped build left in folders whose names begin so. */
  static List<Path> parts(BuildFolder built, String name) throws IOException {
    List<Path> parts = new ArrayList<>();
    if (Files.isDirectory(built.parts())) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(built.parts(), name + "*")) {
        for (Path folder : folders) {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
            files.forEach(parts::add);
          }
        }
      }
    }
    return parts;
  }

  Path out(String name) {
    return folder.resolve(name);
  }

  /** Builds into a folder of this name, without parts. */
  BuildReport here(String name) throws Exception {
    return here(name, tools());
  }

  /** With tools of one's own. */
  BuildReport here(String name, KeywordTools tools) throws Exception {
    try (ImageEncoder encoder = models.open(ModelHome.DESCRIPTOR)) {
      return CatalogueBuild.run(options(name), encoder, tools, BuildListener.NONE);
    }
  }

  /** Builds in parts of some size. */
  BuildReport parts(String name, PartRunner runner, int size) throws Exception {
    return parts(name, runner, new PartSizes(size, size, size, 1000), tools());
  }

  /** With sizes and tools of one's own. */
  BuildReport parts(String name, PartRunner runner, PartSizes sizes, KeywordTools tools)
      throws Exception {
    try (ImageEncoder encoder = models.open(ModelHome.DESCRIPTOR)) {
      return CatalogueBuild.run(
          options(name),
          encoder,
          tools,
          BuildListener.NONE,
          built -> Optional.of(new BuildParts(runner, models, ModelHome.DESCRIPTOR, built, sizes)));
    }
  }

  /** The tools of builds that name none. */
  static KeywordTools tools() {
    return KeywordTools.builtIn(Segmenters.byName("unicode"));
  }

  private BuildOptions options(String name) {
    CatalogueOptions catalogue =
        CatalogueOptions.of(
            List.of(folder.resolve("songs.jsonl")), List.of(folder.resolve("pictures.csv")));
    return BuildOptions.builder(catalogue, out(name), ModelHome.DESCRIPTOR)
        .textEncoder("bge-small-zh-v1.5")
        .threads(2)
        .build();
  }

  /** All that a build keeps, by name: documents, vectors by key, and files byte for byte. */
  Map<String, String> content(String name) throws IOException {
    Map<String, String> content = new TreeMap<>();
    IndexContent.addTo(content, out(name).resolve("index"));
    BuildFolder built = BuildFolder.look(out(name));
    try (ImageEncoder encoder = models.open(ModelHome.DESCRIPTOR);
        TextEncoder text = TextModel.byId("bge-small-zh-v1.5").open()) {
      vectors(built, encoder.id(), encoder.dimension(), content);
      vectors(built, text.id(), text.dimension(), content);
    }
    try (RecordFile thumbnails =
        RecordFile.openForReading(built.thumbnails(), PictureEncoding.THUMBNAILS)) {
      for (ContentKey key : thumbnails.keys()) {
        content.put("thumbnail " + key, ContentKey.of(thumbnails.read(key)).toString());
      }
    }
    for (Path inner : List.of(built.work(), built.model())) {
      try (Stream<Path> files = Files.walk(inner)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          content.put(
              "file " + inner.relativize(file), ContentKey.of(Files.readAllBytes(file)).toString());
        }
      }
    }
    return content;
  }

  private static void vectors(
      BuildFolder built, String encoder, int dimension, Map<String, String> content)
      throws IOException {
    try (VectorFile file = VectorFile.openForReading(built.vectors(encoder), encoder, dimension)) {
      float[] vector = new float[dimension];
      for (ContentKey key : file.keys()) {
        file.read(key, vector);
        content.put("vector " + key, Integer.toHexString(Arrays.hashCode(vector)));
      }
    }
  }
}
