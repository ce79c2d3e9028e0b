package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.Trials;

/**
 * A catalogue of everything at once that a table should not hold: lyrics of a million characters,
 * bytes that are no UTF-8, one id many times, nulls, fields of megabytes and an empty file. A build
 * with a heap of 512 MB reads it to its end, leaves out what it must and counts it.
 */
class HugeCatalogueTest {
  private static final int GOOD = 20;
  private static final int BROKEN = 500;
  private static final int LYRIC = 1_000_000;

  @TempDir Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    BufferedImage image = new BufferedImage(20, 15, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    Files.writeString(folder.resolve("pictures.csv"), "path,keywords\na.png,snow\n");
    Files.writeString(folder.resolve("empty.jsonl"), "");
  }

  /** Writes songs; returns how many of them are to be left out. */
  private int writeSongs(int duplicates) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("songs.jsonl")))) {
      for (int i = 0; i < GOOD; i++) {
        line(out, "{\"id\":\"g" + i + "\",\"title\":\"snow " + i + "\",\"artist\":null}");
      }
      line(out, "{\"id\":\"one\",\"title\":\"t\",\"lyrics\":\"" + "雪".repeat(LYRIC) + "\"}");
      line(
          out,
          "{\"id\":\"lines\",\"title\":\"t\",\"lyrics\":\""
              + "snow in a song\\n".repeat(LYRIC / 15)
              + "\"}");
      for (int i = 0; i < duplicates; i++) {
        line(out, "{\"id\":\"g1\",\"title\":\"again " + i + "\"}");
      }
      for (int i = 0; i < BROKEN; i++) {
        out.write("{\"id\":\"b".getBytes(StandardCharsets.UTF_8));
        out.write(0xc3);
        line(out, i + "\",\"title\":\"x\"}");
        line(out, "{\"id\":null,\"title\":\"no id\"}");
        line(out, "{\"id\":\"n" + i + "\",\"title\":null,\"lyrics\":null}");
        line(out, "null");
      }
      line(out, "{\"id\":\"" + "x".repeat(LYRIC) + "\",\"title\":\"t\"}");
    }
    return duplicates + 4 * BROKEN + 1;
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  private record Built(int code, String data, String log) {}

  private Built build(Path... songs) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Djava.awt.headless=true", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), "org.seesong.app.Seesong"));
    command.add("build");
    for (Path file : songs) {
      command.addAll(List.of("--songs", file.toString()));
    }
    command.addAll(List.of("--pictures", folder.resolve("pictures.csv").toString()));
    command.addAll(List.of("--encoder", "descriptor", "--text-encoder", "none"));
    command.addAll(List.of("--max-left-out", "1", "--json"));
    command.addAll(List.of("--out", folder.resolve("index").toString()));
    Path log = folder.resolve("log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try {
      String data = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Built(process.waitFor(), data, Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  private void buildAndCount(int duplicates) throws Exception {
    int leftOut = writeSongs(duplicates);
    Built built = build(folder.resolve("empty.jsonl"), folder.resolve("songs.jsonl"));
    assertThat(built.code()).as(built.log()).isEqualTo(3);
    JsonNode report = new ObjectMapper().readTree(built.data());
    assertThat(report.get("songs").asInt()).isEqualTo(GOOD + 2);
    assertThat(report.get("rejected").asInt()).as(built.data()).isEqualTo(leftOut);
    assertThat(built.log()).doesNotContain("OutOfMemoryError", "\n\tat ");
    assertThat(built.log().length()).isLessThan(100_000);
    assertThat(folder.resolve("index/problems.txt"))
        .content()
        .contains("empty.jsonl", "the file is empty")
        .hasSizeLessThan(1_000_000);
  }

  @Test
  void everythingIsCountedAndTheGoodSongsAreThere() throws Exception {
    buildAndCount(Trials.count(5000));
  }

  @Test
  @Tag("slow")
  void alsoWithAnIdAHundredThousandTimes() throws Exception {
    buildAndCount(Trials.count(100_000));
  }
}
