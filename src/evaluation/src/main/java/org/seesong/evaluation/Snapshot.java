package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.index.IndexLayout;
import org.seesong.index.KeywordCount;
import org.seesong.index.WeightedKeyword;
import org.seesong.knn.LuceneVectors;
import org.seesong.vector.FloatMatrix;

/** What an evaluation needs of an index, in memory, all by number in the order of the index. */
record Snapshot(List<String> keywords, SongTable songs, PictureTable pictures) {
  Snapshot {
    keywords = List.copyOf(keywords);
  }

  static Snapshot of(CatalogueIndex index) throws IOException {
    List<String> keywords = index.keywords().stream().map(KeywordCount::keyword).toList();
    Map<String, Integer> numbers = new HashMap<>();
    keywords.forEach(keyword -> numbers.put(keyword, numbers.size()));
    return new Snapshot(keywords, songs(index, numbers), pictures(index, numbers));
  }

  private static SongTable songs(CatalogueIndex index, Map<String, Integer> numbers)
      throws IOException {
    List<Integer> documents = documents(index, IndexLayout.SONG);
    List<String> ids = new ArrayList<>();
    int[][] held = new int[documents.size()][];
    float[][] weights = new float[documents.size()][];
    double[] popularity = new double[documents.size()];
    for (int i = 0; i < documents.size(); i++) {
      CatalogueSong song = index.songAt(documents.get(i));
      ids.add(song.id());
      held[i] = numbers(song.keywords(), numbers);
      weights[i] = weights(song.keywords());
      popularity[i] = song.details().popularity();
    }
    return new SongTable(ids, numbers.size(), held, weights, popularity);
  }

  private static PictureTable pictures(CatalogueIndex index, Map<String, Integer> numbers)
      throws IOException {
    List<Integer> documents = documents(index, IndexLayout.PICTURE);
    List<String> ids = new ArrayList<>();
    int[][] held = new int[documents.size()][];
    float[][] weights = new float[documents.size()][];
    for (int i = 0; i < documents.size(); i++) {
      ids.add(index.pictureAt(documents.get(i)).id());
      List<WeightedKeyword> labels = labels(index, documents.get(i), numbers);
      held[i] = numbers(labels, numbers);
      weights[i] = weights(labels);
    }
    return new PictureTable(ids, held, weights, visual(index, documents));
  }

  /** What the owner says of a picture, without what was propagated from its neighbours. */
  private static List<WeightedKeyword> labels(
      CatalogueIndex index, int document, Map<String, Integer> numbers) throws IOException {
    Document stored = index.reader().storedFields().document(document);
    String[] labels = stored.getValues(IndexLayout.PICTURE_LABEL);
    IndexableField[] weights = stored.getFields(IndexLayout.PICTURE_LABEL_WEIGHT);
    List<WeightedKeyword> all = new ArrayList<>();
    for (int i = 0; i < Math.min(labels.length, weights.length); i++) {
      if (numbers.containsKey(labels[i])) {
        all.add(new WeightedKeyword(labels[i], weights[i].numericValue().doubleValue()));
      }
    }
    return all;
  }

  private static FloatMatrix visual(CatalogueIndex index, List<Integer> documents)
      throws IOException {
    int dimension = index.metadata().imageSpace().dimension();
    FloatMatrix matrix = FloatMatrix.zeros(documents.size(), dimension);
    int row = 0;
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Optional<LuceneVectors> values =
          LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_IMAGE_EMBEDDING);
      while (row < documents.size() && documents.get(row) < leaf.docBase + leaf.reader().maxDoc()) {
        int inLeaf = documents.get(row) - leaf.docBase;
        if (values.isEmpty() || values.get().documents().advance(inLeaf) != inLeaf) {
          throw new IOException(
              "picture document " + documents.get(row) + " has no vector; build the index again");
        }
        System.arraycopy(values.get().current(), 0, matrix.data(), row * dimension, dimension);
        row++;
      }
    }
    return matrix;
  }

  private static List<Integer> documents(CatalogueIndex index, String kind) throws IOException {
    TopDocs found =
        new IndexSearcher(index.reader())
            .search(
                new TermQuery(new Term(IndexLayout.KIND, kind)),
                Math.max(1, index.reader().maxDoc()),
                Sort.INDEXORDER);
    return Arrays.stream(found.scoreDocs).map(hit -> hit.doc).toList();
  }

  private static int[] numbers(List<WeightedKeyword> keywords, Map<String, Integer> numbers) {
    return keywords.stream().mapToInt(keyword -> numbers.get(keyword.keyword())).toArray();
  }

  private static float[] weights(List<WeightedKeyword> keywords) {
    float[] weights = new float[keywords.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) keywords.get(i).weight();
    }
    return weights;
  }
}
