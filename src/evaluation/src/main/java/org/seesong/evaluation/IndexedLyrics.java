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
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.SongAnalyzer;

/**
 * Looks for words in the index's own text of the lyrics, which is cut into words: a short Chinese
 * word within a longer one is not found. For indexes whose songs file is not at hand.
 */
final class IndexedLyrics implements Lyrics {
  private final CatalogueIndex index;
  private final SongTable table;

  IndexedLyrics(CatalogueIndex index, SongTable table) {
    this.index = index;
    this.table = table;
  }

  @Override
  public List<BitSet> holding(List<String> words) throws IOException {
    IndexSearcher searcher = new IndexSearcher(index.reader());
    List<BitSet> found = new ArrayList<>();
    try (Analyzer analyzer = SongAnalyzer.create()) {
      QueryBuilder queries = new QueryBuilder(analyzer);
      for (String word : words) {
        BitSet songs = new BitSet(table.size());
        found.add(songs);
        Query query = queries.createPhraseQuery(IndexLayout.SONG_LYRICS_TEXT, word);
        if (query != null) {
          collect(searcher, query, songs);
        }
      }
    }
    return found;
  }

  private void collect(IndexSearcher searcher, Query query, BitSet songs) throws IOException {
    int most = Math.max(1, index.reader().maxDoc());
    for (ScoreDoc hit : searcher.search(query, most, Sort.INDEXORDER).scoreDocs) {
      songs.set(table.numberOf(index.songAt(hit.doc).id()));
    }
  }

  @Override
  public String describe() {
    return "in the index's text of the lyrics, by whole words (name the songs file to look closer)";
  }
}
