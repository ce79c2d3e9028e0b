package org.seesong.encoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WordPieceTokenizerTest {
  private static final String JSON =
      """
      {"normalizer": {"lowercase": %s}, "model": {"type": "WordPiece", "vocab": {
        "[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "snow": 3, "##ing": 4, "雪": 5, ",": 6, "ete": 7,
        "##s": 8, "Snow": 9, "，": 10}}}
      """;

  private static WordPieceTokenizer tokenizer(boolean lowercase) throws IOException {
    return WordPieceTokenizer.read(JSON.replace("%s", String.valueOf(lowercase)).getBytes(UTF_8));
  }

  @Test
  void wordsAreCutIntoTheLongestKnownPieces() throws Exception {
    assertThat(tokenizer(true).encode("Snowing, snows\tÉté", 99))
        .containsExactly(1, 3, 4, 6, 3, 8, 7, 2);
  }

  @Test
  void aChineseCharacterIsAWord() throws Exception {
    assertThat(tokenizer(false).encode("雪雪snow，雪", 99)).containsExactly(1, 5, 5, 3, 10, 5, 2);
  }

  @Test
  void capitalsStayWhereTheModelKnowsThem() throws Exception {
    assertThat(tokenizer(false).encode("Snow snow", 99)).containsExactly(1, 9, 3, 2);
  }

  @Test
  void aWordThatEndsInNoPieceIsUnknownAsAWhole() throws Exception {
    assertThat(tokenizer(true).encode("snowball snow", 99)).containsExactly(1, 0, 3, 2);
    assertThat(tokenizer(true).encode("s".repeat(101), 99)).containsExactly(1, 0, 2);
  }

  @Test
  void longTextsAreCut() throws Exception {
    assertThat(tokenizer(true).encode("snowing snowing snowing", 4)).containsExactly(1, 3, 4, 2);
    assertThat(tokenizer(true).encode("雪".repeat(10), 5)).containsExactly(1, 5, 5, 5, 2);
    assertThat(tokenizer(true).encode("", 5)).containsExactly(1, 2);
  }

  @Test
  void anotherTokenizerIsRefused() {
    assertThatThrownBy(
            () -> WordPieceTokenizer.read("{\"model\": {\"type\": \"BPE\"}}".getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no WordPiece tokenizer");
  }
}
