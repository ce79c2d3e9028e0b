package org.seesong.keyword;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.store.DataOutput;
import org.seesong.catalogue.Song;
import org.seesong.io.FramedFile;
import org.seesong.text.CleaningCounts;

/**
 * Goes over songs in parts. Machines make the tools for themselves, by what {@link TextReading}
 * says; stop words are for choosing keywords, which is done here.
 *
 * @param songs how many there are
 * @param tools of a segmenter that can be named
 * @param partsOfSpeech of words that may be chosen
 */
record PartedSongPasses(int songs, KeywordTools tools, Set<String> partsOfSpeech, SongParts parts)
    implements SongPasses {
  /** Tools that this process has loaded, since its parts come one after another. */
  private static final Map<TextReading, KeywordTools> LOADED = new HashMap<>();

  private static KeywordTools load(TextReading reading) throws IOException {
    synchronized (LOADED) {
      KeywordTools tools = LOADED.get(reading);
      if (tools == null) {
        reading.requireThisProgram();
        tools = reading.tools();
        LOADED.put(reading, tools);
      }
      return tools;
    }
  }

  private record TitleWork(TextReading reading) implements SongParts.Work {
    @Override
    public void run(List<Song> songs, DataOutput out) throws IOException {
      CatalogueStatistics.ofTitles(songs, load(reading)).write(out);
    }
  }

  private record WordWork(
      TextReading reading, SharedTitlePrefixes prefixes, Set<String> partsOfSpeech)
      implements SongParts.Work {
    @Override
    public void run(List<Song> songs, DataOutput out) throws IOException {
      SegmentedSongs.of(songs, new SongTexts(load(reading), prefixes), partsOfSpeech).write(out);
    }
  }

  private record CountWork(
      TextReading reading,
      SharedTitlePrefixes prefixes,
      List<String> candidates,
      WordBounds[] bounds)
      implements SongParts.Work {
    @Override
    public void run(List<Song> songs, DataOutput out) throws IOException {
      KeywordTools tools = load(reading);
      Vocabulary vocabulary = Vocabulary.of(candidates, tools.folder());
      new SongCounter(new SongTexts(tools, prefixes), vocabulary)
          .count(songs, song -> bounds[song])
          .write(out);
    }
  }

  @Override
  public CatalogueStatistics titles() {
    CatalogueStatistics all = new CatalogueStatistics();
    TitleWork work = new TitleWork(TextReading.of(tools));
    compute(
        "songs to read titles of",
        recipe(),
        (start, end) -> work,
        CatalogueStatistics::read,
        (part, start, end) -> all.merge(part));
    return all;
  }

  @Override
  public SegmentedSongs words(SharedTitlePrefixes prefixes) {
    CatalogueStatistics words = new CatalogueStatistics();
    CleaningCounts[] cleaning = {CleaningCounts.NONE};
    WordBounds[] bounds = new WordBounds[songs];
    WordWork work = new WordWork(TextReading.of(tools), prefixes, partsOfSpeech);
    compute(
        "songs to segment",
        recipe() + prefixes + new TreeSet<>(partsOfSpeech),
        (start, end) -> work,
        SegmentedSongs::read,
        (SegmentedSongs part, int start, int end) -> {
          require(part.bounds().length, start, end);
          words.merge(part.words());
          cleaning[0] = cleaning[0].plus(part.cleaning());
          System.arraycopy(part.bounds(), 0, bounds, start, end - start);
        });
    return new SegmentedSongs(words, cleaning[0], bounds);
  }

  @Override
  public SongCounts counts(
      SharedTitlePrefixes prefixes, Vocabulary candidates, WordBounds[] bounds) {
    Map<Integer, SongCounts> byStart = new TreeMap<>();
    TextReading reading = TextReading.of(tools);
    compute(
        "songs to count keywords in",
        recipe() + prefixes + candidates.hash(),
        (start, end) ->
            new CountWork(
                reading, prefixes, candidates.displays(), Arrays.copyOfRange(bounds, start, end)),
        SongCounts::read,
        (SongCounts part, int start, int end) -> {
          require(part.songs(), start, end);
          byStart.put(start, part);
        });
    SongCounts all = new SongCounts(songs);
    byStart.values().forEach(all::addAll);
    return all;
  }

  private String recipe() {
    return tools.fingerprint() + " " + tools.cleaner().describe() + " ";
  }

  private static void require(int read, int start, int end) throws IOException {
    if (read != end - start) {
      throw new IOException(
          "a part of songs " + start + " to " + end + " has " + read + " of them");
    }
  }

  /** An interruption is thrown as {@link SongWorkers} does. */
  private <R> void compute(
      String title,
      String recipe,
      SongParts.Works works,
      FramedFile.Reader<R> content,
      SongParts.Sink<R> sink) {
    try {
      parts.compute(title, recipe, works, content, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw SongWorkers.cancelled(e);
    }
  }
}
