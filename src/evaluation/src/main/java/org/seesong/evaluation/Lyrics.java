package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.util.QueryBuilder;
import org.seesong.catalogue.Song;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.SongAnalyzer;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.WordFinder;

/** Finds the songs whose lyrics hold a word. */
interface Lyrics {
  /** For each folded word the songs, by number, whose lyrics hold it. */
  List<BitSet> holding(List<String> words) throws IOException;

  /** Weights of keywords in the songs by how often titles and lyrics hold them. */
  SongTable weigh(TfIdf tfidf) throws IOException;

  /** How words are found, for the report. */
  String describe();

  /** The sung words of the owner's files, by the rules by which keywords are found. */
  record OfFiles(SongTable table, List<Song> songs, KeywordTools tools) implements Lyrics {
    @Override
    public List<BitSet> holding(List<String> words) {
      List<BitSet> found = new ArrayList<>();
      words.forEach(word -> found.add(new BitSet(table.size())));
      WordFinder finder = new WordFinder(words, tools);
      for (Song song : songs) {
        int number = table.numberOf(song.id());
        if (number >= 0) {
          finder.in(song.title(), song.lyrics()).stream()
              .forEach(word -> found.get(word).set(number));
        }
      }
      return found;
    }

    @Override
    public SongTable weigh(TfIdf tfidf) {
      return tfidf.of(songs, tools);
    }

    @Override
    public String describe() {
      return "in the lyrics of the songs file";
    }
  }

  /**
   * The index's own text of the lyrics, which is cut into words: a short Chinese word within a
   * longer one is not found.
   */
  record OfIndex(CatalogueIndex index, SongTable table) implements Lyrics {
    @Override
    public List<BitSet> holding(List<String> words) throws IOException {
      IndexSearcher searcher = new IndexSearcher(index.reader());
      int most = Math.max(1, index.reader().maxDoc());
      List<BitSet> found = new ArrayList<>();
      try (Analyzer analyzer = SongAnalyzer.create()) {
        QueryBuilder queries = new QueryBuilder(analyzer);
        for (String word : words) {
          BitSet songs = new BitSet(table.size());
          found.add(songs);
          Query query = queries.createPhraseQuery(IndexLayout.SONG_LYRICS_TEXT, word);
          if (query != null) {
            for (ScoreDoc hit : searcher.search(query, most, Sort.INDEXORDER).scoreDocs) {
              songs.set(table.numberOf(index.songAt(hit.doc).id()));
            }
          }
        }
      }
      return found;
    }

    @Override
    public SongTable weigh(TfIdf tfidf) throws IOException {
      return tfidf.of(index);
    }

    @Override
    public String describe() {
      return "in the index's text of the lyrics, by whole words (name the songs file to look"
          + " closer)";
    }
  }
}
