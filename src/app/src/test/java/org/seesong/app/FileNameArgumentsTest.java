package org.seesong.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files whose names look like options, or that Java cannot spell. */
class FileNameArgumentsTest {
  /** 花.jpg, as the bytes of UTF-8 and of GBK, in the shell's way of writing. */
  private static final String UTF8_NAME = "\\350\\212\\261.jpg";

  private static final String GBK_NAME = "\\273\\250.jpg";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "encode -x.jpg, -x.jpg",
    "encode a.jpg -x.jpg, -x.jpg",
    "encode -h.jpg, -h.jpg",
    "encode -Vienna.jpg, -Vienna.jpg",
    "encode --json.jpg, --json.jpg",
    "search index -x.jpg, -x.jpg",
    "search -i.dex a.jpg, -i.dex",
    "info -i.dex, -i.dex",
    "check -i.dex, -i.dex",
    "push -i.dex --solr localhost --collection c, -i.dex",
  })
  void aFileThatBeginsWithADashIsToldHowToName(String line, String file) {
    ModelHomeTestCase.Outcome outcome = ModelHomeTestCase.run(line.split(" "));
    assertThat(outcome.data()).isEmpty();
    assertThat(outcome.log())
        .contains(
            "A file whose name begins with a dash is written ./" + file + ", or comes after --\n");
    assertThat(outcome.code()).isEqualTo(Seesong.USAGE);
  }

  @ParameterizedTest
  @CsvSource({"encode --jsn", "encode -x", "encode --jsn=a.b", "search", "build --songs a.jsonl"})
  void whatIsNoFileIsNotTakenForOne(String line) {
    ModelHomeTestCase.Outcome outcome = ModelHomeTestCase.run(line.split(" "));
    assertThat(outcome.log()).doesNotContain("begins with a dash");
    assertThat(outcome.code()).isEqualTo(Seesong.USAGE);
  }

  /**
   * Runs a command in a JVM of a locale; the name comes as bytes, whatever this JVM's locale is.
   */
  private String log(String locale, String nameInOctal, String... command) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "name=$(printf \"$1\"); shift; { printf x > \"$name\"; } 2> /dev/null; exec \"$@\""
                    + " \"$name\"",
                "sh",
                nameInOctal,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Seesong.class.getName()));
    arguments.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(folder.toFile());
    builder.environment().put("LC_ALL", locale);
    Path log = folder.resolve("log");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(log.toFile());
    assertThat(builder.start().waitFor()).isNotZero();
    return Files.readString(log, UTF_8);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatTheLocaleCannotSpellIsNotCalledMissing() throws Exception {
    for (String[] command :
        new String[][] {
          {"encode"}, {"search", "index"}, {"search", "index", "--keyword"}, {"add", "i", "--songs"}
        }) {
      assertThat(log("C", UTF8_NAME, command))
          .as(String.join(" ", command))
          .contains("the locale's encoding (ANSI_X3.4-1968) cannot spell '")
          .contains("; set a UTF-8 locale, such as LC_ALL=C.UTF-8, and run this again")
          .doesNotContain("no such file", "InvalidPathException");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatIsNotUtf8SaysWhatItMayBe() throws Exception {
    assertThat(log("C.UTF-8", GBK_NAME, "encode"))
        .contains(
            "the name is not valid UTF-8; read as GBK it is '花.jpg'; rename the files to UTF-8,"
                + " for instance with convmv -r -f gbk -t utf8 --notest .")
        .doesNotContain("no such file");
    assertThat(log("C.UTF-8", "gone/" + GBK_NAME, "encode"))
        .contains("no such file; the name is not valid UTF-8, so rename it");
    assertThat(log("C.UTF-8", UTF8_NAME, "encode")).contains("花.jpg: is not a picture");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReplacementCharacterMayBeAName() throws Exception {
    assertThat(log("C.UTF-8", "\\357\\277\\275.jpg", "encode")).contains("\ufffd.jpg: is not a ");
  }

  @Test
  void aNameThatNoFileCanHave() {
    assertThat(ModelHomeTestCase.run("encode", "a\0b").log())
        .contains("no file can be named 'a\\u0000b': Nul character not allowed")
        .doesNotContain("InvalidPathException");
  }
}
