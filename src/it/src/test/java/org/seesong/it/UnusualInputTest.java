package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legal input that nobody thinks of. */
class UnusualInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @BeforeEach
  void home() {
    CommandRun.home(folder.resolve("home"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Lines as Windows ends them. */
  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private Path picture(String name, int width, int height, Color colour) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }

  private static JsonNode search(Path out, Path picture) {
    return CommandRun.of("search", out, picture, "--json").ends(0).json().get(0);
  }

  private static JsonNode keywords(Path out) {
    return CommandRun.of("info", out, "--json").ends(0).json().get(0).get("keywords");
  }

  @Test
  void oneSongAndOnePictureOfOnePixel() throws IOException {
    Path songs = write("s.csv", "id,title\n1,雪\n");
    Path dot = picture("dot.png", 1, 1, Color.RED);
    Path pictures = write("p.csv", "path,keyword\ndot.png,雪\n");
    Path out = folder.resolve("out");
    CommandRun.build(songs, pictures, out).ends(0);
    JsonNode answer = search(out, dot);
    assertThat(answer.get("songs")).hasSize(1);
    assertThat(answer.get("songs").get(0).get("title").asText()).isEqualTo("雪");
    assertThat(answer.get("pictures").get(0).get("distance").asDouble()).isZero();
  }

  /** Pictures whose names the command line could take for something else. */
  @Test
  void picturesNamedLikeFilesOfArgumentsAndLikeOptions() throws IOException {
    Path songs = write("s.csv", "id,title\n1,雪\n");
    Path dot = picture("dot.png", 1, 1, Color.RED);
    Path out = folder.resolve("out");
    CommandRun.build(songs, write("p.csv", "path,keyword\ndot.png,雪\n"), out).ends(0);
    Path at = Path.of("@anna.png");
    Path dash = Path.of("-anna.png");
    Path plain = Files.writeString(Path.of("anna.png"), "--nonsense");
    try {
      Files.copy(dot, at, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(dot, dash, StandardCopyOption.REPLACE_EXISTING);
      CommandRun.of("search", out, at).ends(0);
      CommandRun.of("search", out, "--", dash).ends(0);
      CommandRun.of("search", out, "./" + dash).ends(0);
      assertThat(CommandRun.of("search", out, dash).ends(2).log())
          .contains("Unknown option: '-anna.png'")
          .contains("A file whose name begins with a dash is written ./-anna.png");
    } finally {
      Files.deleteIfExists(at);
      Files.deleteIfExists(dash);
      Files.delete(plain);
    }
  }

  @Test
  void weightsOfLabelsFromTheSmallestToTheLargest() throws IOException {
    Path songs = write("s.csv", "id,title\n1,雪\n2,花\n");
    picture("a.png", 30, 20, Color.RED);
    Path b = picture("b.png", 30, 20, Color.BLUE);
    for (String weights : List.of("1e-300 1e30", "1e-300 1e-320", "1e300 1e301")) {
      String[] both = weights.split(" ", -1);
      String rows = "path,keyword\na.png,雪:" + both[0] + "\nb.png,花:" + both[1] + "\n";
      Path pictures = write("p.csv", rows);
      for (String embedding : List.of("closed-form", "line2")) {
        Path out = folder.resolve(embedding + weights);
        CommandRun.of(
                "build",
                "--songs",
                songs,
                "--pictures",
                pictures,
                "--out",
                out,
                "--embedding",
                embedding,
                "--samples",
                "50k",
                "--label-neighbors",
                "0",
                "--segmenter",
                "unicode")
            .ends(0);
        JsonNode answer = search(out, b);
        assertThat(answer.get("songs").findValuesAsText("title")).startsWith("花");
      }
    }
  }

  @Test
  void picturesOfAllShapesAndKinds() throws IOException {
    List<Path> pictures =
        List.of(
            picture("dot.png", 1, 1, Color.RED),
            picture("wide.png", 10_000, 3, Color.GREEN),
            picture("high.jpg", 3, 10_000, Color.BLUE),
            picture("plain.bmp", 20, 20, Color.WHITE),
            animatedGif(folder.resolve("animated.gif")),
            cmykJpeg(folder.resolve("cmyk.jpg")));
    CommandRun run =
        CommandRun.of(
                "encode",
                "--json",
                pictures.get(0),
                pictures.get(1),
                pictures.get(2),
                pictures.get(3),
                pictures.get(4),
                pictures.get(5))
            .ends(0);
    assertThat(run.json()).hasSize(6);
    for (JsonNode line : run.json()) {
      assertThat(line.get("vector")).allMatch(number -> Double.isFinite(number.asDouble()));
    }
  }

  /** Three frames; the first counts. */
  private static Path animatedGif(Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int frame = 0; frame < 3; frame++) {
        BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(frame, frame, 0xFF00FF);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        writer.writeToSequence(new IIOImage(image, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return file;
  }

  /** Four channels, written as a raster because ImageIO writes no CMYK pictures. */
  private static Path cmykJpeg(Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      java.awt.image.WritableRaster raster =
          java.awt.image.Raster.createInterleavedRaster(
              java.awt.image.DataBuffer.TYPE_BYTE, 40, 30, 4, null);
      int[] ink = new int[40 * 30 * 4];
      Arrays.fill(ink, 120);
      raster.setPixels(0, 0, 40, 30, ink);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return file;
  }

  @Test
  void emojiRightToLeftAndKeywordsWithSpaces() throws IOException {
    Path tree = folder.resolve("my photos 照片");
    picture("my photos 照片/golden gate/b c.png", 30, 20, Color.ORANGE);
    picture("my photos 照片/🎸/w.png", 30, 20, Color.BLACK);
    Path shalom = picture("my photos 照片/שלום/x.png", 30, 20, Color.BLUE);
    picture("my photos 照片/unsorted.png", 30, 20, Color.GRAY);
    Path songs =
        write(
            "s.jsonl",
            """
            {"id":"1","title":"the Golden  Gate","lyrics":"golden gate at night"}
            {"id":"2","title":"Rock 🎸","lyrics":"loud 🎸"}
            {"id":"3","title":"שלום עולם","lyrics":"שלום לכולם"}
            {"id":"4","title":"golden","lyrics":"a gate that is golden"}
            """);
    Path out = folder.resolve("out 目录");
    CommandRun.build(songs, tree, out).ends(0);
    assertThat(keywords(out).findValuesAsText("keyword")).contains("golden gate", "🎸", "שלום");
    for (JsonNode keyword : keywords(out)) {
      if (List.of("golden gate", "🎸", "שלום").contains(keyword.get("keyword").asText())) {
        assertThat(keyword.get("songs").asInt()).as("%s", keyword).isEqualTo(1);
      }
    }
    assertThat(search(out, shalom).get("songs").get(0).get("title").asText())
        .isEqualTo("שלום עולם");
  }

  @Test
  void lyricsOfAMegabyteAndAPictureOfTwoThousandKeywords() throws IOException {
    String keywords =
        IntStream.range(0, 2000)
            .mapToObj(i -> "kw" + i + ":0." + (1 + i % 9))
            .collect(Collectors.joining("|"));
    picture("a.png", 30, 20, Color.RED);
    picture("b.png", 30, 20, Color.BLUE);
    Path pictures = write("p.csv", "path,keyword\na.png," + keywords + "\nb.png,snow\n");
    String lyrics = "snow on a long and winding line kw7 夜雪纷飞\\n".repeat(22_000);
    Path songs =
        write(
            "s.jsonl",
            "{\"id\":\"long\",\"title\":\"x\",\"lyrics\":\""
                + lyrics
                + "\"}\n"
                + "{\"id\":\"short\",\"title\":\"snow\"}\n");
    assertThat(Files.size(songs)).isGreaterThan(1_000_000);
    Path out = folder.resolve("out");
    CommandRun.build(songs, pictures, out, "--text-encoder", "auto").ends(0);
    JsonNode answer = search(out, folder.resolve("b.png"));
    assertThat(answer.get("songs").findValuesAsText("id"))
        .containsExactlyInAnyOrder("long", "short");
    assertThat(answer.get("pictures").get(1).get("keywords")).hasSize(2000);
  }

  @Test
  void anEnglishCatalogueWithWindowsLineEnds() throws IOException {
    picture("a.png", 30, 20, Color.WHITE);
    picture("b.png", 30, 20, Color.BLUE);
    Path songs =
        write(
            "s.tsv",
            "\ufeff"
                + lines(
                    "id\ttitle\tlyrics",
                    "1\tSnows\t\"Snowing",
                    "snows\"",
                    "2\tThe Seas\tsea and sea"));
    Path pictures =
        write("p.csv", "\ufeff" + lines("Path,Keywords", "a.png,SNOW", ".\\b.png,sea:0.5"));
    Path out = folder.resolve("out");
    CommandRun.build(songs, pictures, out, "--strict").ends(0);
    assertThat(search(out, folder.resolve("a.png")).get("songs").get(0).get("id").asText())
        .isEqualTo("1");
    JsonNode byBlue = search(out, folder.resolve("b.png"));
    assertThat(byBlue.get("songs").get(0).get("id").asText()).isEqualTo("2");
    assertThat(byBlue.get("pictures").get(0).get("id").asText()).isEqualTo("b.png");
  }

  @Test
  void controlCharactersOfACatalogueReachNoTerminal() throws IOException {
    picture("a.png", 30, 20, Color.WHITE);
    Path songs =
        write(
            "s.jsonl",
            JSON.writeValueAsString(Map.of("id", "1", "title", "snow\u001b[31mred")) + "\n");
    Path pictures = write("p.csv", "path,keyword\na.png,snow\n");
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.build(songs, pictures, out).ends(3);
    assertThat(run.log()).contains("U+001B").doesNotContain("\u001b");
    assertThat(CommandRun.of("search", out, folder.resolve("a.png")).data())
        .contains("snow [31mred")
        .doesNotContain("\u001b");
  }
}
