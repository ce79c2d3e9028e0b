package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every segmenter promises. */
final class SegmenterTest {
  private static final Map<String, Segmenter> MADE = new ConcurrentHashMap<>();
  private static final String ALPHABET =
      "雪山我爱你今年没圣诞风花雪月北京abcXYZ'’s-.+#&0123 \t\n，。！？「」…é日本ア한글😀\uD800\uDC00\u0000\uFFFF%_①";

  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  @TempDir Path directory;

  private static Segmenter segmenter(String name) {
    return MADE.computeIfAbsent(name, Segmenters::byName);
  }

  private static List<String> words(Segmenter segmenter, String text) {
    return segmenter.segment(text).stream().map(Token::text).toList();
  }

  private static String randomText(SplittableRandom random) {
    return IntStream.range(0, random.nextInt(60))
        .mapToObj(i -> String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length()))))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jieba", "smartcn", "unicode"})
  void tokensLieInTheTextInOrderWhateverTheText(String name) {
    Segmenter segmenter = segmenter(name);
    assertThat(segmenter.name()).isEqualTo(name);
    assertThat(segmenter.segment("")).isEmpty();
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 500; run++) {
      String text = randomText(random);
      int last = 0;
      for (Token token : segmenter.segment(text)) {
        assertThat(token.start()).isGreaterThanOrEqualTo(last);
        assertThat(token.end()).isLessThanOrEqualTo(text.length());
        if (!EnglishWords.isWordCharacter(text.charAt(token.start()))) {
          assertThat(text.substring(token.start(), token.end()))
              .isEqualToIgnoringCase(token.text());
        }
        last = token.end();
      }
    }
  }

  /** Jieba gets a text in parts: the same words, but where a part ends within letters. */
  @Test
  void aTextOfManyLinesIsCutAsItsLinesAre() {
    Segmenter jieba = segmenter("jieba");
    String line = "今年我爱北京，风花雪月😀\n";
    List<String> expected = words(jieba, line);
    List<Token> tokens = jieba.segment(line.repeat(3000));
    assertThat(tokens).hasSize(3000 * expected.size());
    for (int i = 0; i < tokens.size(); i++) {
      int at = i / expected.size() * line.length();
      assertThat(tokens.get(i).text()).isEqualTo(expected.get(i % expected.size()));
      assertThat(tokens.get(i).start()).isBetween(at, at + line.length());
    }
    assertThat(words(jieba, "雪".repeat(30_001)).stream().mapToInt(String::length).sum())
        .isEqualTo(30_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jieba", "smartcn", "unicode"})
  void noChineseCharacterIsLost(String name) {
    String text = "小山重叠金明灭，鬓云欲度香腮雪。\n懒起画蛾眉，弄妆梳洗迟。abc照花前后镜";
    String joined = String.join("", words(segmenter(name), text));
    assertThat(joined).isEqualTo(text.replaceAll("[，。\n]", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jieba", "smartcn", "unicode"})
  void manyThreadsSegmentAsOneDoes(String name) {
    Segmenter segmenter = segmenter(name);
    SplittableRandom random = new SplittableRandom(8);
    List<String> texts = IntStream.range(0, 500).mapToObj(i -> randomText(random)).toList();
    List<List<Token>> alone = texts.stream().map(segmenter::segment).toList();
    assertThat(texts.parallelStream().map(segmenter::segment).toList()).isEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jieba", "smartcn", "unicode"})
  void englishWordsComeInOneForm(String name) {
    assertThat(words(segmenter(name), "Oceans of stars")).containsExactly("ocean", "of", "star");
  }

  @Test
  void jiebaKnowsWordsAndTheirPartsOfSpeech() {
    List<Token> tokens = segmenter("jieba").segment("今年没圣诞love花");
    assertThat(tokens)
        .containsExactly(
            new Token("今年", 0, 2, "t"),
            new Token("没", 2, 3, "v"),
            new Token("圣诞", 3, 5, "t"),
            new Token("love", 5, 9, ""),
            new Token("花", 9, 10, "n"));
    assertThat(segmenter("jieba").segment("倾绿蚁")).extracting(Token::partOfSpeech).contains("x");
  }

  @Test
  void aUsersWordsStayWholeInAnySegmenterAndOnlyThere() throws IOException {
    Path file = Files.writeString(directory.resolve("u.txt"), "五月天 100 nr\n月天\n山海經 n\n");
    UserWords userWords = UserWords.read(file, FOLDER);
    for (String name : Segmenters.names()) {
      Segmenter segmenter = Segmenters.byName(name, userWords);
      assertThat(words(segmenter, "听五月天唱歌")).contains("五月天");
      assertThat(segmenter.segment("听五月天")).contains(new Token("五月天", 1, 4, "nr"));
    }
    assertThat(words(Segmenters.byName("unicode", userWords), "读山海经")).contains("山海经");
    assertThat(words(Segmenters.byName("unicode"), "五月天")).containsExactly("五", "月", "天");
  }

  @Test
  void aMalformedUserDictionaryIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("u.txt"), "a b c d\n");
    assertThatThrownBy(() -> UserWords.read(file, FOLDER))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":1: expected a word, a frequency and a part of speech; got: 'a b c d'");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Segmenters.byName("ansj"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown segmenter 'ansj'; known are: jieba, smartcn, unicode");
  }

  /** Runs in a JVM of its own, where Jieba is not loaded yet. */
  public static final class LoadJieba {
    /**
     * Loads Jieba.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
      System.out.print(words(Segmenters.byName("jieba"), "白雪"));
    }
  }

  @Test
  void loadingJiebaPrintsNothing() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                LoadJieba.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output).isEqualTo("[白雪]");
  }
}
