package org.seesong.knn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.FloatVectorSimilarityQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches against comparing everything. */
class IvfSearchTest {
  private static final String FIELD = "vector";
  private static final int NEAREST = 10;

  /** Points around a few centres, in fewer directions than numbers, as encoders give them. */
  private static float[][] points(int count, int dimension, int inner, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] directions = gaussian(random, inner, dimension);
    float[][] centres = gaussian(random, 20, inner);
    float[][] points = new float[count][dimension];
    for (float[] point : points) {
      float[] centre = centres[random.nextInt(centres.length)];
      for (int i = 0; i < inner; i++) {
        float weight = 2 * centre[i] + (float) random.nextGaussian();
        for (int j = 0; j < dimension; j++) {
          point[j] += weight * directions[i][j];
        }
      }
      for (int j = 0; j < dimension; j++) {
        point[j] += .1f * (float) random.nextGaussian();
      }
    }
    return points;
  }

  private static float[][] gaussian(SplittableRandom random, int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static Directory index(float[][] points, int segments) throws IOException {
    Directory directory = new ByteBuffersDirectory();
    KnnVectorsFormat format = new IvfVectorsFormat();
    Codec codec =
        new Lucene912Codec() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return format;
          }
        };
    IndexWriterConfig config = new IndexWriterConfig().setCodec(codec).setUseCompoundFile(false);
    config.setMergePolicy(NoMergePolicy.INSTANCE);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < points.length; i++) {
        Document document = new Document();
        document.add(new KnnFloatVectorField(FIELD, points[i], VectorSimilarityFunction.EUCLIDEAN));
        document.add(new SortedDocValuesField("id", new BytesRef(Integer.toString(i))));
        document.add(new StringField("fifth", Integer.toString(i % 5), Store.NO));
        document.add(new StringField("hundredth", Integer.toString(i % 100), Store.NO));
        writer.addDocument(document);
        if ((i + 1) % (points.length / segments) == 0) {
          writer.flush();
        }
      }
    }
    return directory;
  }

  private static double squared(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Numbers of the nearest points whose number has the remainder, or of all. */
  private static List<Integer> nearest(float[][] points, float[] query, int divisor, int rest) {
    return IntStream.range(0, points.length)
        .filter(i -> i % divisor == rest)
        .boxed()
        .sorted((a, b) -> Double.compare(squared(points[a], query), squared(points[b], query)))
        .limit(NEAREST)
        .toList();
  }

  private static double recall(TopDocs found, List<Integer> expected) {
    Set<Integer> documents = new HashSet<>();
    for (ScoreDoc hit : found.scoreDocs) {
      documents.add(hit.doc);
    }
    return expected.stream().filter(documents::contains).count() / (double) expected.size();
  }

  @ParameterizedTest
  @CsvSource({"6000, 64, 64, 1", "6000, 64, 12, 3", "2000, 300, 40, 1"})
  void findsTheNearestWithAndWithoutFilters(int count, int dimension, int inner, int segments)
      throws IOException {
    float[][] points = points(count, dimension, inner, 11);
    float[][] queries = points(25, dimension, inner, 11);
    try (Directory directory = index(points, segments);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertThat(reader.leaves()).hasSize(segments);
      IndexSearcher searcher = new IndexSearcher(reader);
      double all = 0;
      double fifth = 0;
      double hundredth = 0;
      for (float[] point : queries) {
        float[] query = point.clone();
        query[0] += .3f; // no point of the index
        all += recall(searcher.search(knn(query, null), NEAREST), nearest(points, query, 1, 0));
        fifth +=
            recall(
                searcher.search(knn(query, new Term("fifth", "2")), NEAREST),
                nearest(points, query, 5, 2));
        hundredth +=
            recall(
                searcher.search(knn(query, new Term("hundredth", "7")), NEAREST),
                nearest(points, query, 100, 7));
      }
      assertThat(all / queries.length).isGreaterThanOrEqualTo(.97);
      assertThat(fifth / queries.length).isGreaterThanOrEqualTo(.97);
      assertThat(hundredth / queries.length).isEqualTo(1);
    }
  }

  private static Query knn(float[] query, Term filter) {
    return new KnnFloatVectorQuery(
        FIELD, query, NEAREST, filter == null ? null : new TermQuery(filter));
  }

  @ParameterizedTest
  @CsvSource({"5000, 64, 64", "2500, 300, 40", "1200, 3, 3", "1000, 1, 1"})
  void allCandidatesMakeTheAnswerExact(int count, int dimension, int inner) throws IOException {
    float[][] points = points(count, dimension, inner, 5);
    try (Directory directory = index(points, 1);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      for (int i = 0; i < 20; i++) {
        float[] query = points[i * 7].clone();
        query[0] += .5f;
        List<Neighbour> found =
            new KnnSearcher(searcher, FIELD, "id")
                .nearest(List.of(query), NEAREST, KnnSearcher.ALL, Optional.empty())
                .get(0);
        assertThat(found.stream().map(Neighbour::document).toList())
            .isEqualTo(nearest(points, query, 1, 0));
      }
    }
  }

  @Test
  void equalVectorsAreAllFound() throws IOException {
    float[][] points = new float[1500][];
    Arrays.fill(points, new float[] {1, 2, 3});
    try (Directory directory = index(points, 1);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      TopDocs found = new IndexSearcher(reader).search(knn(new float[] {1, 2, 3}, null), NEAREST);
      assertThat(found.scoreDocs).hasSize(NEAREST).allMatch(hit -> hit.score == 1);
    }
  }

  @Test
  void deletedDocumentsAreNotFound() throws IOException {
    float[][] points = points(4000, 32, 32, 3);
    try (Directory directory = index(points, 1)) {
      try (IndexWriter writer =
          new IndexWriter(
              directory, new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE))) {
        writer.deleteDocuments(new Term("fifth", "0"), new Term("fifth", "1"));
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        float[] query = points[5];
        TopDocs found = new IndexSearcher(reader).search(knn(query, null), NEAREST);
        assertThat(found.scoreDocs).hasSize(NEAREST).allMatch(hit -> hit.doc % 5 > 1);
      }
    }
  }

  @Test
  void aSearchByRadiusFindsAllWithinIt() throws IOException {
    float[][] points = points(4500, 16, 16, 9);
    try (Directory directory = index(points, 1);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      float[] query = points[17];
      double[] distances =
          Arrays.stream(points).mapToDouble(point -> squared(point, query)).sorted().toArray();
      float similarity = (float) (1 / (1 + (distances[2999] + distances[3000]) / 2));
      TopDocs found =
          searcher.search(new FloatVectorSimilarityQuery(FIELD, query, similarity), 6000);
      assertThat(found.totalHits.value).isEqualTo(3000);
    }
  }

  @Test
  void aFlippedBitInAnyFileOfTheFormatIsFound() throws IOException {
    float[][] points = points(1500, 24, 24, 1);
    try (Directory directory = index(points, 1)) {
      for (String file : directory.listAll()) {
        if (file.endsWith(".ivd") || file.endsWith(".ivm")) {
          assertThatThrownBy(() -> checkDamaged(directory, file))
              .as(file)
              .isInstanceOf(CorruptIndexException.class);
        }
      }
    }
  }

  private static void checkDamaged(Directory directory, String file) throws IOException {
    try (Directory copy = new ByteBuffersDirectory()) {
      for (String each : directory.listAll()) {
        copy.copyFrom(directory, each, each, IOContext.DEFAULT);
      }
      byte[] bytes;
      try (IndexInput in = copy.openInput(file, IOContext.DEFAULT)) {
        bytes = new byte[(int) in.length()];
        in.readBytes(bytes, 0, bytes.length);
      }
      bytes[bytes.length / 2] ^= 1;
      copy.deleteFile(file);
      try (IndexOutput out = copy.createOutput(file, IOContext.DEFAULT)) {
        out.writeBytes(bytes, bytes.length);
      }
      try (DirectoryReader reader = DirectoryReader.open(copy)) {
        reader.leaves().get(0).reader().checkIntegrity();
      }
    }
  }

  /**
   * As inner products are turned into distances: one more number gives all points the same length,
   * and queries have 0 there.
   */
  private static float[][] lengthened(float[][] points, boolean queries) {
    float longest = 0;
    for (float[] point : points) {
      longest = Math.max(longest, (float) Math.sqrt(squared(point, new float[point.length])));
    }
    float[][] lengthened = new float[points.length][];
    for (int i = 0; i < points.length; i++) {
      float[] point = points[i];
      lengthened[i] = Arrays.copyOf(point, point.length + 1);
      double rest = longest * (double) longest - squared(point, new float[point.length]);
      lengthened[i][point.length] = queries ? 0 : (float) Math.sqrt(Math.max(0, rest));
    }
    return lengthened;
  }

  @Test
  void queriesFarFromAllVectorsAreEstimatedWell() throws IOException {
    float[][] raw = points(6000, 24, 24, 13);
    for (int i = 0; i < raw.length; i += 500) {
      for (int j = 0; j < raw[i].length; j++) {
        raw[i][j] *= 4; // some reach far beyond the others
      }
    }
    float[][] points = lengthened(raw, false);
    QuantizedVectors vectors = build(points);
    for (float[] query : lengthened(points(20, 24, 24, 13), true)) {
      QuantizedQuery quantized = new QuantizedQuery(vectors, query);
      Set<Integer> outliers = new HashSet<>();
      Arrays.stream(quantized.outliers(null)).forEach(outliers::add);
      assertThat(outliers).hasSizeLessThan(100);
      for (int position = 0; position < points.length; position++) {
        if (!outliers.contains(position)) {
          double exact = squared(query, points[quantized.ordinal(position)]);
          assertThat(quantized.estimate(position)).isCloseTo(exact, withinPercentage(2));
          assertThat(quantized.lowerBound(position)).isBetween(.9 * exact, exact);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"6000, 24, 24", "3000, 300, 40"})
  void vectorsBeyondTheRangeOfCodesAreFound(int count, int dimension, int inner)
      throws IOException {
    float[][] points = points(count, dimension, inner, 17);
    for (int i = 3; i < points.length; i += 7) {
      for (int j = 0; j < dimension; j++) {
        points[i][j] *= i % 6 == 3 ? 3 : 1;
      }
    }
    try (Directory directory = index(points, 1);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      double all = 0;
      for (int i = 3; i < 3 + 42 * 20; i += 42) {
        float[] query = points[i].clone();
        query[0] += .3f;
        all += recall(searcher.search(knn(query, null), NEAREST), nearest(points, query, 1, 0));
        assertThat(
                new KnnSearcher(searcher, FIELD, "id")
                    .nearest(List.of(query), NEAREST, KnnSearcher.ALL, Optional.empty())
                    .get(0))
            .extracting(Neighbour::document)
            .isEqualTo(nearest(points, query, 1, 0));
      }
      assertThat(all / 20).isGreaterThanOrEqualTo(.97);
    }
  }

  @Test
  void theSlackOfASegmentIsMeasured() throws IOException {
    float[][] few = points(6000, 8, 8, 2);
    float[][] many = points(1500, 300, 200, 2);
    assertThat(slack(few)).isBetween(1f, 3f);
    assertThat(slack(many)).isBetween(1f, 3f).isGreaterThanOrEqualTo(slack(few));
  }

  private static float slack(float[][] points) throws IOException {
    return build(points).summary().slack();
  }

  private static QuantizedVectors build(float[][] points) throws IOException {
    VectorSource source =
        () ->
            new VectorSource.Cursor() {
              private int at = -1;

              @Override
              public boolean next() {
                return ++at < points.length;
              }

              @Override
              public float[] vector() {
                return points[at];
              }
            };
    return QuantizedVectorsBuilder.build(
        points.length, points[0].length, source, QuantizerOptions.DEFAULT);
  }
}
