package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seesong.testing.SharedData;

final class ScriptFolderTest {
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "今年沒聖誕,今年没圣诞",
    "乾杯,干杯",
    "乾坤,乾坤",
    "飄著雪,飘着雪",
    "看著你,看着你",
    "著名,著名",
    "顯著,显著",
    "甚麼,什么",
    "甚么,什么",
    "什么,什么",
    "為什麼,为什么",
    "憑藉,凭借",
    "狼藉,狼藉",
    "疎影,疏影",
    "鴈字,雁字",
    "頭髮,头发",
    "皇后,皇后",
    "後來,后来",
    "ＡＢＣ　１２３,abc 123",
    "Ｌｏｖｅ,love",
    "ﾊﾟ,パ",
    "Élan,élan"
  })
  void scriptsWidthsAndCasesBecomeOne(String written, String folded) {
    assertThat(FOLDER.fold(written)).isEqualTo(folded);
  }

  @Test
  void foldingTwiceIsFoldingOnceAndLinesFoldAlone() {
    String alphabet = "乾著麼么髮发後后雪山Aａé\n ，。沒聖誕裡藉隻鐘　①㈱ﬁİẞ\u0301\uD83D\uDE00\uD800\uDC00台臺甚";
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 3000; run++) {
      String text =
          IntStream.range(0, random.nextInt(30))
              .mapToObj(i -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
              .collect(Collectors.joining());
      String folded = FOLDER.fold(text);
      assertThat(FOLDER.fold(folded)).as("folded twice: %s", text).isEqualTo(folded);
      String byLine =
          text.lines().map(FOLDER::fold).collect(Collectors.joining("\n"))
              + (text.endsWith("\n") ? "\n" : "");
      assertThat(folded).isEqualTo(byLine);
    }
  }

  @Test
  void everyCharacterFoldsWithoutHarmAndForGood() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x10000 ? 1 : 17) {
      String folded = FOLDER.fold(Character.toString(c));
      assertThat(FOLDER.fold(folded)).isEqualTo(folded);
    }
  }

  @Test
  void manyThreadsFoldAsOneDoes() {
    List<String> texts =
        IntStream.range(0, 2000)
            .mapToObj(i -> "第" + i + "夜 沒有聖誕 乾杯 飄著雪 " + (char) (0x4E00 + i))
            .toList();
    List<String> alone = texts.stream().map(FOLDER::fold).toList();
    assertThat(texts.parallelStream().map(FOLDER::fold).toList()).isEqualTo(alone);
  }

  @Test
  void aFileAddsToTheTableAndWins() throws IOException {
    Path file = Files.writeString(directory.resolve("o.txt"), "\uFEFF# mine\n乾杯\t敬酒\n囍=喜\n");
    ScriptFolder folder = ScriptFolder.withOverrides(file);
    assertThat(folder.fold("乾杯 囍 飄著")).isEqualTo("敬酒 喜 飘着");
  }

  @Test
  void aMalformedOverrideIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("o.txt"), "囍=喜\n=喜\n");
    assertThatThrownBy(() -> ScriptFolder.withOverrides(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":2: expected from<TAB>to or from=to; got: '=喜'");
    Files.write(file, new byte[] {'a', '=', (byte) 0xFF, '\n'});
    assertThatThrownBy(() -> ScriptFolder.withOverrides(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": not valid UTF-8 at or after line 1; save the file as UTF-8");
  }

  @Test
  void realTraditionalSongsKeepHardlyATraditionalCharacter() throws IOException {
    String all = Files.readString(SharedData.require("songs-traditional.jsonl"));
    String folded = FOLDER.fold(all);
    assertThat(folded).doesNotContain("風", "雲", "鳥", "馬", "見", "裡", "劒", "疎", "鴈");
    assertThat(FOLDER.fold(folded)).isEqualTo(folded);
  }
}
