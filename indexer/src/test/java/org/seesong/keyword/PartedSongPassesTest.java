package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.OutputStreamDataOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.io.FramedFile;

/** Keywords that are found in parts, as machines of a cluster do, are those found in threads. */
class PartedSongPassesTest {
  private static final String[] WORDS = {
    "雪", "白雪", "花", "明月", "東風", "飄著", "我", "，", "\n", "ocean", " oceans ", "[Chorus]", "\ud800", "海"
  };
  private static final KeywordOptions OPTIONS =
      KeywordOptions.DEFAULT.toBuilder().keywords(8).documents(2, 1).sharedTitles(20, 0.1).build();

  private static Catalogue catalogue() {
    Random random = new Random(7);
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < 301; i++) {
      StringBuilder lyrics = new StringBuilder("雪");
      for (int w = random.nextInt(40); w > 0; w--) {
        lyrics.append(WORDS[random.nextInt(WORDS.length)]);
      }
      String title = i % 3 == 0 ? "蝶恋花・" + WORDS[random.nextInt(5)] : WORDS[random.nextInt(5)];
      songs.add(
          new Song("s" + i, title, "", lyrics.toString(), "", Double.NaN, 0, new TreeMap<>()));
    }
    return new Catalogue(songs, List.of(), Problems.NONE, FilesNotTaken.NONE);
  }

  private static KeywordTools tools(Path folder) throws IOException {
    Path overrides = Files.writeString(folder.resolve("overrides"), "飄著=飘着\n");
    Path words = Files.writeString(folder.resolve("words"), "白雪 9 n\n飘着 n\n");
    Path stops = Files.writeString(folder.resolve("stops"), "海\n");
    ScriptFolder scripts = ScriptFolder.withOverrides(overrides);
    return new KeywordTools(
        Segmenters.byName("jieba", UserWords.read(words, scripts)),
        scripts,
        StopWords.builtIn().plus(stops, scripts),
        NonCompositionalWords.builtIn());
  }

  /** Sends work and results as bytes, and hands parts over in any order. */
  private record Parts(List<Song> songs, int size, Random random) implements SongParts {
    @Override
    public <R> void compute(
        String title, String recipe, Works works, FramedFile.Reader<R> content, Sink<R> sink)
        throws IOException {
      List<Integer> starts = new ArrayList<>();
      for (int start = 0; start < songs.size(); start += size) {
        starts.add(start);
      }
      Collections.shuffle(starts, random);
      for (int start : starts) {
        int end = Math.min(songs.size(), start + size);
        byte[] result = compute(sent(works.of(start, end)), songs.subList(start, end));
        sink.take(content.read(new ByteArrayDataInput(result), result.length), start, end);
      }
    }

    private static byte[] compute(Work work, List<Song> some) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      work.run(some, new OutputStreamDataOutput(bytes));
      return bytes.toByteArray();
    }

    private static Work sent(Work work) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(work);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (Work) in.readObject();
      } catch (ClassNotFoundException e) {
        throw new IOException(e);
      }
    }
  }

  private static List<Object> all(KeywordStage stage) {
    Keywords keywords = stage.weigh();
    return List.of(
        keywords.vocabulary().displays(),
        keywords.songs().offsets(),
        keywords.songs().keywords(),
        keywords.songs().weights(),
        keywords.songs().firstInLyrics(),
        keywords.model(),
        stage.cleaning());
  }

  @Test
  void keywordsOfPartsInAnyOrderAreThoseOfThreads(@TempDir Path folder) throws IOException {
    Catalogue catalogue = catalogue();
    KeywordTools tools = tools(folder);
    PictureClasses classes = PictureClasses.none();
    List<Object> threads =
        all(KeywordStage.run(catalogue, classes, OPTIONS, tools, KeywordList.none(), done -> {}));
    assertThat((List<?>) threads.get(0)).asString().contains("白雪", "飘着").doesNotContain("海");
    for (int size : List.of(1, 64, 301)) {
      SongParts parts = new Parts(catalogue.songs(), size, new Random(size));
      assertThat(
              all(KeywordStage.run(catalogue, classes, OPTIONS, tools, KeywordList.none(), parts)))
          .usingRecursiveComparison()
          .isEqualTo(threads);
    }
  }

  /** Fails or is interrupted. */
  private record Failing(boolean interrupted) implements SongParts {
    @Override
    public <R> void compute(
        String title, String recipe, Works works, FramedFile.Reader<R> content, Sink<R> sink)
        throws IOException, InterruptedException {
      if (interrupted) {
        throw new InterruptedException();
      }
      throw new IOException("no disk for " + title);
    }
  }

  @Test
  void whatFailsElsewhereFailsHere(@TempDir Path folder) throws IOException {
    SongPasses failing =
        new PartedSongPasses(9, tools(folder), OPTIONS.partsOfSpeech(), new Failing(false));
    assertThatThrownBy(failing::titles)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no disk for songs to read titles of");
    SongPasses interrupted =
        new PartedSongPasses(9, tools(folder), OPTIONS.partsOfSpeech(), new Failing(true));
    assertThatThrownBy(interrupted::titles).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aPartOfOtherSongsIsRefused(@TempDir Path folder) throws IOException {
    List<Song> songs = catalogue().songs();
    KeywordTools tools = tools(folder);
    SharedTitlePrefixes none = SharedTitlePrefixes.fit(new CatalogueStatistics(), OPTIONS);
    SongParts shifted =
        new SongParts() {
          @Override
          public <R> void compute(
              String title, String recipe, Works works, FramedFile.Reader<R> content, Sink<R> sink)
              throws IOException, InterruptedException {
            new Parts(songs, 100, new Random(1))
                .compute(
                    title,
                    recipe,
                    works,
                    content,
                    (result, start, end) -> sink.take(result, 0, 301));
          }
        };
    assertThatThrownBy(
            () -> new PartedSongPasses(301, tools, OPTIONS.partsOfSpeech(), shifted).words(none))
        .hasMessageContaining("a part of songs 0 to 301 has ");
  }
}
