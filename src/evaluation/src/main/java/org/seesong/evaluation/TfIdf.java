package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.QueryBuilder;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.SongAnalyzer;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.KeywordWeighting;
import org.seesong.keyword.Keywords;

/**
 * Weights of keywords in songs by how often titles and lyrics hold them, as keyword matching has
 * them without what an index knows of relevance.
 *
 * @param songs the songs to weigh
 * @param keywords of the index, by number
 */
record TfIdf(SongTable songs, List<String> keywords) {
  TfIdf {
    keywords = List.copyOf(keywords);
  }

  /** By the owner's files and the rules by which a build finds keywords. */
  SongTable of(List<Song> files, KeywordTools tools) {
    KeywordOptions options =
        KeywordOptions.DEFAULT.toBuilder().weighting(KeywordWeighting.TFIDF).build();
    KeywordRows rows =
        Keywords.of(
                new Catalogue(files, List.of(), Problems.NONE, FilesNotTaken.NONE),
                options,
                tools,
                new KeywordList(keywords),
                done -> {})
            .songs();
    Table table = new Table(songs.size());
    for (int row = 0; row < rows.rows(); row++) {
      int song = songs.numberOf(files.get(row).id());
      for (int i = rows.offsets()[row]; song >= 0 && i < rows.offsets()[row + 1]; i++) {
        table.add(song, rows.keywords()[i], rows.weights()[i]);
      }
    }
    return table.build(songs);
  }

  /** By the words that an index cuts titles and lyrics into. */
  SongTable of(CatalogueIndex index) throws IOException {
    IndexSearcher searcher = new IndexSearcher(index.reader());
    searcher.setSimilarity(new Frequency());
    Table table = new Table(songs.size());
    for (int keyword = 0; keyword < keywords.size(); keyword++) {
      int[] inLyrics = counts(index, searcher, IndexLayout.SONG_LYRICS_TEXT, keyword);
      int[] inTitles = counts(index, searcher, IndexLayout.SONG_TITLE_TEXT, keyword);
      int documents =
          (int)
              IntStream.range(0, songs.size())
                  .filter(song -> inLyrics[song] + inTitles[song] > 0)
                  .count();
      for (int song = 0; song < songs.size(); song++) {
        if (inLyrics[song] + inTitles[song] > 0) {
          table.add(
              song,
              keyword,
              KeywordWeighting.TFIDF.weight(
                  inLyrics[song], inTitles[song], songs.size(), documents, 1));
        }
      }
    }
    return table.build(songs);
  }

  private int[] counts(CatalogueIndex index, IndexSearcher searcher, String field, int keyword)
      throws IOException {
    int[] counts = new int[songs.size()];
    try (Analyzer analyzer = SongAnalyzer.create()) {
      Query query = new QueryBuilder(analyzer).createPhraseQuery(field, keywords.get(keyword));
      if (query != null) {
        int most = Math.max(1, index.reader().maxDoc());
        Sort byDocument = new Sort(SortField.FIELD_DOC);
        TopFieldDocs found = searcher.search(query, most, byDocument, true);
        for (ScoreDoc hit : found.scoreDocs) {
          counts[songs.numberOf(index.songAt(hit.doc).id())] = Math.round(hit.score);
        }
      }
    }
    return counts;
  }

  /** Scores a document by how often it holds what is searched for. */
  private static final class Frequency extends Similarity {
    @Override
    public long computeNorm(FieldInvertState state) {
      return 1;
    }

    @Override
    public SimScorer scorer(
        float boost, CollectionStatistics collection, TermStatistics... statistics) {
      return new SimScorer() {
        @Override
        public float score(float frequency, long norm) {
          return frequency;
        }
      };
    }
  }

  private static final class Table {
    private final List<List<Integer>> held = new ArrayList<>();
    private final List<List<Float>> weights = new ArrayList<>();

    Table(int songs) {
      for (int song = 0; song < songs; song++) {
        held.add(new ArrayList<>());
        weights.add(new ArrayList<>());
      }
    }

    void add(int song, int keyword, float weight) {
      held.get(song).add(keyword);
      weights.get(song).add(weight);
    }

    SongTable build(SongTable songs) {
      int[][] keywords = new int[held.size()][];
      float[][] numbers = new float[held.size()][];
      for (int song = 0; song < keywords.length; song++) {
        keywords[song] = held.get(song).stream().mapToInt(Integer::intValue).toArray();
        numbers[song] = new float[keywords[song].length];
        for (int i = 0; i < numbers[song].length; i++) {
          numbers[song][i] = weights.get(song).get(i);
        }
      }
      return songs.with(keywords, numbers);
    }
  }
}
