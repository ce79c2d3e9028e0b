package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SlowCodecReaderWrapper;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that plain Lucene wrote, taken into an index of ours. */
class SketchMergeTest {
  private static final int VECTORS = 1200;
  private static final int DIMENSION = 300;

  @TempDir Path folder;

  /** Few degrees of freedom, or none of them any different from the others. */
  private static float[] vector(boolean structured, SplittableRandom random) {
    float[] vector = new float[DIMENSION];
    double[] point = random.doubles(4).toArray();
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] =
          structured
              ? (float) (Math.sin(i * point[0] + i % 7) + point[i % 4])
              : (float) random.nextGaussian();
    }
    return vector;
  }

  private static void write(Directory directory, boolean structured) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < VECTORS; i++) {
        Document document = new Document();
        float[] vector = vector(structured, random);
        document.add(
            new KnnFloatVectorField(IndexLayout.PICTURE_VECTOR, vector, IndexLayout.SIMILARITY));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static void addAll(Directory from, Directory to) throws IOException {
    HnswOptions options =
        new HnswOptions(
            new HnswOptions.Graph(16, 100),
            new HnswOptions.Graph(16, 100),
            new HnswOptions.Sketch(64, 16, 1000, 1024));
    try (DirectoryReader reader = DirectoryReader.open(from);
        IndexWriter writer =
            new IndexWriter(to, new IndexWriterConfig().setCodec(new CatalogueCodec(options)))) {
      writer.addIndexes(SlowCodecReaderWrapper.wrap(reader.leaves().get(0).reader()));
    }
  }

  private static List<Set<Integer>> graph(LeafReader reader) throws IOException {
    PerFieldKnnVectorsFormat.FieldsReader fields =
        (PerFieldKnnVectorsFormat.FieldsReader) ((CodecReader) reader).getVectorReader();
    HnswGraph graph =
        ((HnswGraphProvider) fields.getFieldReader(IndexLayout.PICTURE_VECTOR))
            .getGraph(IndexLayout.PICTURE_VECTOR);
    List<Set<Integer>> neighbours = new ArrayList<>();
    for (int node = 0; node < graph.size(); node++) {
      Set<Integer> of = new TreeSet<>();
      graph.seek(0, node);
      for (int next = graph.nextNeighbor();
          next != DocIdSetIterator.NO_MORE_DOCS;
          next = graph.nextNeighbor()) {
        of.add(next);
      }
      neighbours.add(of);
    }
    return neighbours;
  }

  @Test
  void aSegmentOfPlainLuceneKeepsItsGraphAndGetsASketch() throws IOException {
    try (Directory plain = FSDirectory.open(folder.resolve("plain"));
        Directory ours = FSDirectory.open(folder.resolve("ours"))) {
      write(plain, true);
      addAll(plain, ours);
      try (DirectoryReader before = DirectoryReader.open(plain);
          DirectoryReader after = DirectoryReader.open(ours)) {
        LeafReader leaf = after.leaves().get(0).reader();
        assertThat(graph(leaf)).isEqualTo(graph(before.leaves().get(0).reader()));
        assertThat(SketchFile.read(leaf, IndexLayout.PICTURE_VECTOR))
            .hasValueSatisfying(sketch -> assertThat(sketch.size()).isEqualTo(VECTORS));
      }
    }
  }

  @Test
  void vectorsThatDifferInAllDirectionsAlikeGetNoSketch() throws IOException {
    try (Directory plain = FSDirectory.open(folder.resolve("plain"));
        Directory ours = FSDirectory.open(folder.resolve("ours"))) {
      write(plain, false);
      addAll(plain, ours);
      try (DirectoryReader after = DirectoryReader.open(ours)) {
        assertThat(SketchFile.read(after.leaves().get(0).reader(), IndexLayout.PICTURE_VECTOR))
            .isEmpty();
      }
    }
  }
}
