package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seesong.app.demo.DemoCatalogue;

/** A text encoder of one's own, from its import to songs found by words. */
class TextModelCommandsTest extends ModelHomeTestCase {
  private String network;
  private String tokenizer;

  @BeforeEach
  void writeFiles() throws IOException {
    network = copy("/bge-small-zh-v1.5-q.onnx");
    tokenizer = copy("/bge-small-zh-v1.5-q-tokenizer.json");
  }

  private String copy(String resource) throws IOException {
    Path file = temp.resolve(resource.substring(1));
    try (InputStream in = TextModelCommandsTest.class.getResourceAsStream(resource)) {
      return Files.write(file, in.readAllBytes()).toString();
    }
  }

  private Outcome importText(String... more) {
    List<String> all = new ArrayList<>(List.of("model", "import", "--onnx", network, "--text"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void itReadsLyricsAndWords() throws Exception {
    Outcome imported =
        importText(
            "--tokenizer",
            tokenizer,
            "--name",
            "poems",
            "--pooling",
            "first",
            "--query-prefix",
            "为这个句子生成表示以用于检索相关文章：",
            "--note",
            "BAAI, MIT");
    assertThat(imported.code()).as(imported.log()).isZero();
    assertThat(imported.data())
        .matches(
            "imported poems: text encoder poems-[0-9a-f]{12}, 512 numbers a text; use it with"
                + " --text-encoder poems\n");
    assertThat(run("model", "list").data())
        .containsPattern("(?m)^poems: text encoder poems-[0-9a-f]{12} in onnx, 512 .*, BAAI, MIT$");
    assertThat(run("model", "list", "--json").data()).contains("\"textEncoder\":\"poems-");
    assertThat(run("model", "verify", "poems").data()).isEqualTo("poems: unchanged\n");
    assertThat(run("doctor").data() + run("doctor").log()).contains("poems in ");

    DemoCatalogue demo = DemoCatalogue.writeTo(temp.resolve("demo"));
    String index = temp.resolve("index").toString();
    Outcome built =
        run(
            "build",
            "--songs",
            demo.songs().toString(),
            "--pictures",
            temp.resolve("demo/pictures").toString(),
            "--encoder",
            "descriptor",
            "--text-encoder",
            "poems",
            "--out",
            index);
    assertThat(built.code()).as(built.log()).isZero();
    Outcome found = run("search", index, "--words", "大雪纷飞");
    assertThat(found.code()).as(found.log()).isZero();
    assertThat(found.data()).contains("雪");
    assertThat(run("check", index).code()).isZero();

    assertThat(run("model", "remove", "poems").data()).startsWith("removed poems: ");
    Outcome lost = run("search", index, "--words", "大雪纷飞");
    assertThat(lost.code()).isNotZero();
    assertThat(lost.log())
        .containsPattern("no text model makes vectors of encoder poems-[0-9a-f]{12}, none in ")
        .contains("seesong model import --text");
  }

  @Test
  void optionsThatDoNotFitAreWrongUsage() {
    assertWrong(importText("--name", "x"), "--text needs --tokenizer FILE");
    assertWrong(
        importText("--name", "x", "--tokenizer", tokenizer, "--size", "224"),
        "--size is for networks of pictures, not with --text");
    assertWrong(
        importText("--name", "auto", "--tokenizer", tokenizer),
        "'auto' means a text encoder that is built in, or none; choose another name");
    assertWrong(
        run("model", "import", "--keras", "x.h5", "--name", "x", "--text"),
        "--text needs --onnx, not --keras");
    assertWrong(
        run("model", "import", "--onnx", network, "--name", "x", "--pooling", "mean"),
        "--pooling is for --text");
  }

  private static void assertWrong(Outcome outcome, String message) {
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.log()).startsWith("seesong: " + message + "\n");
  }

  @Test
  void aNameThatNoTextEncoderHasIsAnsweredWithThoseThereAre() {
    assertThat(importText("--name", "poems", "--tokenizer", tokenizer).code()).isZero();
    Outcome outcome =
        run("build", "--songs", "s.jsonl", "--pictures", "p", "--out", "o", "--text-encoder", "x");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.log())
        .contains("no text model 'x'; there are bge-small-zh-v1.5, e5-small-v2, poems");
  }
}
