package org.seesong.keyword;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.catalogue.Song;
import org.seesong.text.CleaningCounts;
import org.seesong.text.CleaningKind;

/**
 * What segmenting songs gave.
 *
 * @param words how many songs hold each word that may be chosen
 * @param cleaning what lyrics held beside sung words
 * @param bounds where the words of each song start and end
 */
record SegmentedSongs(CatalogueStatistics words, CleaningCounts cleaning, WordBounds[] bounds) {
  /** Segments some songs. */
  static SegmentedSongs of(List<Song> songs, SongTexts texts, Set<String> partsOfSpeech) {
    CatalogueStatistics words = new CatalogueStatistics();
    CleaningCounts cleaning = CleaningCounts.NONE;
    WordBounds[] bounds = new WordBounds[songs.size()];
    for (int song = 0; song < bounds.length; song++) {
      SongTexts.Text text = texts.read(songs.get(song));
      cleaning = cleaning.plus(text.cleaning());
      List<Token> tokens = texts.tools().segmenter().segment(text.text());
      bounds[song] = new WordBounds(text.text().length(), tokens);
      words.addWords(KeywordSelector.suitable(tokens, partsOfSpeech));
    }
    return new SegmentedSongs(words, cleaning, bounds);
  }

  void write(DataOutput out) throws IOException {
    words.write(out);
    out.writeInt(cleaning.kinds().size());
    for (Map.Entry<CleaningKind, CleaningCounts.Count> kind : cleaning.kinds().entrySet()) {
      out.writeString(kind.getKey().name());
      out.writeLong(kind.getValue().finds());
      out.writeLong(kind.getValue().songs());
    }
    out.writeInt(bounds.length);
    for (WordBounds song : bounds) {
      song.write(out);
    }
  }

  static SegmentedSongs read(DataInput in, long bytes) throws IOException {
    CatalogueStatistics words = CatalogueStatistics.read(in, bytes);
    Map<CleaningKind, CleaningCounts.Count> kinds = new EnumMap<>(CleaningKind.class);
    for (int left = in.readInt(); left > 0; left--) {
      kinds.put(
          CleaningKind.valueOf(in.readString()),
          new CleaningCounts.Count(in.readLong(), in.readLong()));
    }
    int songs = in.readInt();
    if (songs < 0 || songs > bytes) {
      throw new IOException("a part of " + songs + " songs in " + bytes + " bytes");
    }
    WordBounds[] bounds = new WordBounds[songs];
    for (int song = 0; song < songs; song++) {
      bounds[song] = WordBounds.read(in, bytes);
    }
    return new SegmentedSongs(words, new CleaningCounts(kinds), bounds);
  }
}
