package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeywordListTest {
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFolderIsNoListOfWords() {
    assertThatThrownBy(() -> StopWords.builtIn().plus(folder, ScriptFolder.builtIn()))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " is a folder; name a file with a word a line");
  }

  @Test
  void aTextFileHoldsAKeywordALine() throws IOException {
    assertThat(
            KeywordList.read(write("k.txt", "\uFEFF\uFEFF雪\r\n# no\n\n water lily \n")).keywords())
        .containsExactly("雪", "water lily");
  }

  @Test
  void aCsvFileHoldsThemInAColumn() throws IOException {
    assertThat(
            KeywordList.read(write("k.csv", "\uFEFFKeyword,english\n雪,snow\n,x\n\"a,b\"\n"))
                .keywords())
        .containsExactly("雪", "a,b");
  }

  @Test
  void listsThatCannotServeAreRefused() throws IOException {
    Path empty = write("k.txt", "# only\n");
    assertThatThrownBy(() -> KeywordList.read(empty))
        .isInstanceOf(IOException.class)
        .hasMessage("keyword list " + empty + " holds no keyword");
    Path other = write("k.csv", "word,english\n雪,snow\n");
    assertThatThrownBy(() -> KeywordList.read(other))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "keyword list "
                + other
                + ": the header has no column 'keyword'; it has: word, english");
    Path bytes = Files.write(folder.resolve("b.csv"), new byte[] {'k', '\n', (byte) 0xFF});
    assertThatThrownBy(() -> KeywordList.read(bytes)).isInstanceOf(IOException.class);
    Path broken = write("q.csv", "keyword\n\"a\"b\n");
    assertThatThrownBy(() -> KeywordList.read(broken)).isInstanceOf(IOException.class);
  }

  @Test
  void stopAndOpaqueWordsTakeAFileOnTop() throws IOException {
    StopWords stopWords = StopWords.builtIn().plus(write("s.txt", "聖誕\nOceans\n"), FOLDER);
    assertThat(stopWords.contains("圣诞")).isTrue();
    assertThat(stopWords.contains("的")).isTrue();
    assertThat(stopWords.contains("山")).isFalse();
    assertThat(NonCompositionalWords.none().plus(write("o.txt", "雪人\n馬: 馬上  马虎\n"), FOLDER).words())
        .containsExactly(
            new NonCompositionalWords.Word("雪人", ""),
            new NonCompositionalWords.Word("马上", "马"),
            new NonCompositionalWords.Word("马虎", "马"));
  }

  @Test
  void hugeLinesAreRefused() throws IOException {
    Path file = write("k.txt", "x".repeat(20_000));
    assertThatThrownBy(() -> KeywordList.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":1: line has more than 10000 characters");
  }
}
