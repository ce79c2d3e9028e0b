package org.seesong.knn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches of an index that another program reads, as Solr's is: through its readers, in time. */
class KnnSearcherTest {
  private static final int DIMENSION = 64;
  private static final QueryTimeout NEVER = () -> false;
  private static final QueryTimeout OVER = () -> true;

  private Directory directory;
  private DirectoryReader reader;

  /** A large segment, which is searched by its graph, and a small one, which is read whole. */
  @BeforeEach
  void write() throws IOException {
    directory = new ByteBuffersDirectory();
    SplittableRandom random = new SplittableRandom(4);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < 430; i++) {
        Document document = new Document();
        document.add(new SortedDocValuesField("id", new BytesRef("d" + i)));
        document.add(new StringField("kind", i % 100 == 7 ? "rare" : "common", Field.Store.NO));
        document.add(new KnnFloatVectorField("vector", vector(random)));
        writer.addDocument(document);
        if (i == 399) {
          writer.forceMerge(1);
          writer.commit();
        }
      }
    }
    reader = DirectoryReader.open(directory);
    assertThat(reader.leaves()).hasSize(2);
  }

  @AfterEach
  void close() throws IOException {
    reader.close();
    directory.close();
  }

  private static float[] vector(SplittableRandom random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextInt(1, 100);
    }
    return vector;
  }

  private static List<float[]> targets() {
    SplittableRandom random = new SplittableRandom(5);
    return List.of(vector(random), vector(random), vector(random));
  }

  /**
   * Few candidates, so that the large segment costs more than they do and its graph is searched.
   */
  private static final int FEW = 3;

  private static final int[] WAYS = {FEW, KnnSearcher.ALL};

  private static final class Counting extends Query {
    private final Query query;
    private final AtomicInteger weights = new AtomicInteger();

    Counting(Query query) {
      this.query = query;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
        throws IOException {
      weights.incrementAndGet();
      return query.createWeight(searcher, mode, boost);
    }

    @Override
    public String toString(String field) {
      return query.toString(field);
    }

    @Override
    public void visit(QueryVisitor visitor) {
      query.visit(visitor);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private static Query kind(String kind) {
    return new TermQuery(new Term("kind", kind));
  }

  @Test
  void aReaderThatWatchesTheTimeFindsTheSame() throws IOException {
    IndexSearcher plain = new IndexSearcher(reader);
    IndexSearcher watching = new IndexSearcher(ExitableDirectoryReader.wrap(reader, NEVER));
    for (int candidates : WAYS) {
      for (Optional<Query> filter :
          List.<Optional<Query>>of(
              Optional.empty(), Optional.of(kind("rare")), Optional.of(kind("common")))) {
        assertThat(
                new KnnSearcher(watching, "vector", "id").nearest(targets(), 3, candidates, filter))
            .as("%s %s", candidates, filter)
            .isEqualTo(
                new KnnSearcher(plain, "vector", "id").nearest(targets(), 3, candidates, filter));
      }
    }
  }

  @Test
  void everyWayToSearchEndsWhenTimeIsOver() throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setTimeout(OVER);
    KnnSearcher vectors = new KnnSearcher(searcher, "vector", "id");
    for (int candidates : WAYS) {
      for (Optional<Query> filter :
          List.<Optional<Query>>of(
              Optional.empty(), Optional.of(kind("rare")), Optional.of(new MatchAllDocsQuery()))) {
        assertThatThrownBy(() -> vectors.nearest(targets(), 3, candidates, filter))
            .as("%s %s", candidates, filter)
            .isInstanceOf(SearchTimeoutException.class);
      }
    }
  }

  @Test
  void aGraphIsLeftWhenTimeIsOverInIt() throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    AtomicInteger looks = new AtomicInteger();
    searcher.setTimeout(() -> looks.incrementAndGet() > 5);
    assertThatThrownBy(
            () ->
                new KnnSearcher(searcher, "vector", "id")
                    .nearest(targets(), 3, FEW, Optional.empty()))
        .isInstanceOf(SearchTimeoutException.class);
    assertThat(looks.get()).isLessThan(20);
  }

  @Test
  void whatAFilterLeavesIsComparedOnce() throws IOException {
    Counting filter = new Counting(kind("rare"));
    List<List<Neighbour>> found =
        new KnnSearcher(new IndexSearcher(reader), "vector", "id")
            .nearest(targets(), 10, FEW, Optional.of(filter));
    assertThat(found).allSatisfy(list -> assertThat(list).hasSize(5));
    assertThat(filter.weights).hasValue(1);
  }

  @Test
  void whatAGraphMissesIsFoundInOneMorePass() throws IOException {
    Counting filter = new Counting(kind("common"));
    List<List<Neighbour>> found =
        new KnnSearcher(new IndexSearcher(reader), "vector", "id")
            .nearest(targets(), 429, FEW, Optional.of(filter));
    assertThat(found).allSatisfy(list -> assertThat(list).hasSize(425));
    assertThat(filter.weights.get()).isLessThanOrEqualTo(2);
  }
}
