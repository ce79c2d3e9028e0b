package org.seesong.keyword;

import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Song;
import org.seesong.text.CleaningCounts;

/**
 * Goes over songs in threads of this process.
 *
 * @param partsOfSpeech of words that may be chosen
 * @param progress called with how many songs were segmented
 */
record ThreadedSongPasses(
    List<Song> songs,
    KeywordTools tools,
    Set<String> partsOfSpeech,
    SongWorkers workers,
    LongConsumer progress)
    implements SongPasses {
  @Override
  public CatalogueStatistics titles() {
    CatalogueStatistics all = new CatalogueStatistics();
    workers.forEach(
        songs.size(),
        (start, end) -> CatalogueStatistics.ofTitles(songs.subList(start, end), tools),
        (CatalogueStatistics part, int start, int end) -> all.merge(part));
    return all;
  }

  @Override
  public SegmentedSongs words(SharedTitlePrefixes prefixes) {
    SongTexts texts = new SongTexts(tools, prefixes);
    CatalogueStatistics words = new CatalogueStatistics();
    CleaningCounts[] cleaning = {CleaningCounts.NONE};
    WordBounds[] bounds = new WordBounds[songs.size()];
    workers.forEach(
        songs.size(),
        (start, end) -> SegmentedSongs.of(songs.subList(start, end), texts, partsOfSpeech),
        (SegmentedSongs part, int start, int end) -> {
          words.merge(part.words());
          cleaning[0] = cleaning[0].plus(part.cleaning());
          System.arraycopy(part.bounds(), 0, bounds, start, end - start);
          progress.accept(end);
        });
    return new SegmentedSongs(words, cleaning[0], bounds);
  }

  @Override
  public SongCounts counts(
      SharedTitlePrefixes prefixes, Vocabulary candidates, WordBounds[] bounds) {
    SongCounter counter = new SongCounter(new SongTexts(tools, prefixes), candidates);
    SongCounts all = new SongCounts(songs.size());
    workers.forEach(
        songs.size(),
        (start, end) -> counter.count(songs.subList(start, end), song -> bounds[start + song]),
        (SongCounts part, int start, int end) -> all.addAll(part));
    return all;
  }
}
