package org.seesong.keyword;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.catalogue.Song;
import org.seesong.io.FramedFile;

/**
 * Counts of songs by which keywords are chosen and weighed. All are whole numbers, so parts of a
 * catalogue merge to the same bits in any order and partition.
 *
 * <p>They are taken in three passes, since each needs what the one before gave:
 *
 * <ol>
 *   <li>{@link #ofTitle}: parts of titles, for {@link SharedTitlePrefixes#fit}
 *   <li>{@link #ofWords}: words that may be chosen, for {@link KeywordSelector}
 *   <li>{@link #ofKeywords}: songs that hold each keyword of a vocabulary, and letters, for {@link
 *       KeywordModel}
 * </ol>
 *
 * <p>Mutable while songs are added and parts merged; for one thread.
 */
public final class CatalogueStatistics {
  private int songs;
  private long letters;
  private final Map<String, TitleCount> titles = new HashMap<>();
  private final Map<String, Integer> words = new HashMap<>();
  private final Map<String, Integer> documents = new HashMap<>();

  /** No songs. */
  public CatalogueStatistics() {}

  /**
   * Songs that have a part in their title.
   *
   * @param songs all of them
   * @param inLongerTitles those whose title is longer
   * @param withLyrics those with lyrics
   * @param inLyrics those whose lyrics hold the part
   */
  record TitleCount(int songs, int inLongerTitles, int withLyrics, int inLyrics) {
    TitleCount plus(TitleCount other) {
      return new TitleCount(
          songs + other.songs,
          inLongerTitles + other.inLongerTitles,
          withLyrics + other.withLyrics,
          inLyrics + other.inLyrics);
    }
  }

  /** First pass: the parts of one song's title. */
  public static CatalogueStatistics ofTitle(Song song, KeywordTools tools) {
    return ofTitles(List.of(song), tools);
  }

  /** The same of several songs. */
  static CatalogueStatistics ofTitles(List<Song> songs, KeywordTools tools) {
    CatalogueStatistics all = new CatalogueStatistics();
    songs.forEach(song -> all.addTitle(song, tools));
    return all;
  }

  /** Second pass: the words of one song that may be chosen. */
  public static CatalogueStatistics ofWords(
      Song song, KeywordTools tools, SharedTitlePrefixes prefixes, KeywordOptions options) {
    SongTexts texts = new SongTexts(tools, prefixes);
    return SegmentedSongs.of(List.of(song), texts, options.partsOfSpeech()).words();
  }

  /** Third pass: which keywords one song holds. */
  public static CatalogueStatistics ofKeywords(
      Song song, KeywordTools tools, SharedTitlePrefixes prefixes, Vocabulary vocabulary) {
    SongCounter counter = new SongCounter(new SongTexts(tools, prefixes), vocabulary);
    CatalogueStatistics one = new CatalogueStatistics();
    one.addKeywords(counter.count(List.of(song)), vocabulary);
    return one;
  }

  /** Adds the counts of other songs, taken in the same pass. */
  public void merge(CatalogueStatistics other) {
    songs += other.songs;
    letters += other.letters;
    other.titles.forEach((part, count) -> titles.merge(part, count, TitleCount::plus));
    other.words.forEach((word, count) -> words.merge(word, count, Integer::sum));
    other.documents.forEach((keyword, count) -> documents.merge(keyword, count, Integer::sum));
  }

  private void addTitle(Song song, KeywordTools tools) {
    songs++;
    String title = Vocabulary.canonical(tools.cleaner().titleWords(song.title()), tools.folder());
    Collection<String> parts = SharedTitlePrefixes.parts(title);
    if (parts.isEmpty()) {
      return;
    }
    boolean hasLyrics = !song.lyrics().isBlank();
    String lyrics =
        hasLyrics
            ? tools.folder().fold(tools.cleaner().clean(song.title(), song.lyrics()).words())
            : "";
    for (String part : parts) {
      titles.merge(
          part,
          new TitleCount(
              1,
              part.length() < title.length() ? 1 : 0,
              hasLyrics ? 1 : 0,
              hasLyrics && lyrics.contains(part) ? 1 : 0),
          TitleCount::plus);
    }
  }

  /** Adds a song by its different words. */
  void addWords(Collection<String> ofSong) {
    songs++;
    ofSong.forEach(word -> words.merge(word, 1, Integer::sum));
  }

  /** Adds songs by how often they hold keywords. */
  void addKeywords(SongCounts counts, Vocabulary vocabulary) {
    songs += counts.songs();
    letters += counts.letters();
    int[] held = counts.documents(vocabulary.size());
    for (int id = 0; id < held.length; id++) {
      if (held[id] > 0) {
        documents.merge(vocabulary.folded().get(id), held[id], Integer::sum);
      }
    }
  }

  /** Writes what the first two passes give. */
  void write(DataOutput out) throws IOException {
    out.writeInt(songs);
    out.writeInt(titles.size());
    for (Map.Entry<String, TitleCount> title : titles.entrySet()) {
      FramedFile.writeText(out, title.getKey());
      out.writeInt(title.getValue().songs());
      out.writeInt(title.getValue().inLongerTitles());
      out.writeInt(title.getValue().withLyrics());
      out.writeInt(title.getValue().inLyrics());
    }
    out.writeInt(words.size());
    for (Map.Entry<String, Integer> word : words.entrySet()) {
      FramedFile.writeText(out, word.getKey());
      out.writeInt(word.getValue());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param most bytes that can be there
   */
  static CatalogueStatistics read(DataInput in, long most) throws IOException {
    CatalogueStatistics all = new CatalogueStatistics();
    all.songs = in.readInt();
    for (int left = in.readInt(); left > 0; left--) {
      String title = FramedFile.readText(in, most);
      TitleCount count = new TitleCount(in.readInt(), in.readInt(), in.readInt(), in.readInt());
      all.titles.put(title, count);
    }
    for (int left = in.readInt(); left > 0; left--) {
      all.words.put(FramedFile.readText(in, most), in.readInt());
    }
    return all;
  }

  int songs() {
    return songs;
  }

  Map<String, TitleCount> titles() {
    return Collections.unmodifiableMap(titles);
  }

  /** How many songs hold each word. */
  Map<String, Integer> words() {
    return Collections.unmodifiableMap(words);
  }

  /** How many songs hold each keyword, by id. */
  int[] documents(Vocabulary vocabulary) {
    return vocabulary.folded().stream()
        .mapToInt(keyword -> documents.getOrDefault(keyword, 0))
        .toArray();
  }

  /** Letters of a song on the mean; 1 if there is not a letter, so that it can be divided by. */
  double meanLength() {
    return letters == 0 ? 1 : (double) letters / songs;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CatalogueStatistics statistics
        && songs == statistics.songs
        && letters == statistics.letters
        && titles.equals(statistics.titles)
        && words.equals(statistics.words)
        && documents.equals(statistics.documents);
  }

  @Override
  public int hashCode() {
    return Objects.hash(songs, letters, titles, words, documents);
  }
}
