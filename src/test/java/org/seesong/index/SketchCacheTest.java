package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SketchCacheTest {
  private static final String FIELD = IndexLayout.PICTURE_VECTOR;
  private static final HnswOptions OPTIONS =
      new HnswOptions(
          new HnswOptions.Graph(4, 8),
          new HnswOptions.Graph(4, 8),
          new HnswOptions.Sketch(16, 16, 50, 50));

  private final SketchCache cache = new SketchCache();

  private static void add(IndexWriter writer, int vectors, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < vectors; i++) {
      float[] vector = new float[16];
      for (int j = 0; j < vector.length; j++) {
        vector[j] = (float) random.nextGaussian();
      }
      Document document = new Document();
      document.add(new KnnFloatVectorField(FIELD, vector, IndexLayout.SIMILARITY));
      writer.addDocument(document);
    }
    writer.commit();
  }

  private static LeafReader leaf(DirectoryReader reader, int number) {
    return reader.leaves().get(number).reader();
  }

  @Test
  void readersOfLaterStatesShareSketchesWhichGoWithTheirSegments(@TempDir Path folder)
      throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(
                directory, new IndexWriterConfig().setCodec(new CatalogueCodec(OPTIONS)))) {
      add(writer, 60, 1);
      DirectoryReader first = DirectoryReader.open(directory);
      VectorSketch sketch = cache.get(leaf(first, 0), FIELD).orElseThrow();
      assertThat(cache.get(leaf(first, 0), FIELD)).containsSame(sketch);

      add(writer, 70, 2);
      DirectoryReader second = DirectoryReader.openIfChanged(first);
      assertThat(cache.get(leaf(second, 0), FIELD)).containsSame(sketch);
      assertThat(cache.get(leaf(second, 1), FIELD).orElseThrow().size()).isEqualTo(70);
      first.close();
      assertThat(cache.get(leaf(second, 0), FIELD)).containsSame(sketch);
      assertThat(cache.size()).isEqualTo(2);

      writer.forceMerge(1);
      writer.commit();
      DirectoryReader third = DirectoryReader.openIfChanged(second);
      second.close();
      assertThat(cache.size()).isZero();
      assertThat(cache.get(leaf(third, 0), FIELD).orElseThrow().size()).isEqualTo(130);
      third.close();
      assertThat(cache.size()).isZero();
    }
  }

  @Test
  void aDamagedFileIsLeftAside(@TempDir Path folder) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig().setCodec(new CatalogueCodec(OPTIONS));
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config.setUseCompoundFile(false))) {
      add(writer, 60, 1);
      Path file;
      try (Stream<Path> files = Files.list(folder)) {
        file = files.filter(f -> f.toString().endsWith(".ske")).findAny().orElseThrow();
      }
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length += 97) {
        Files.write(file, Arrays.copyOf(whole, length));
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
          assertThat(cache.get(leaf(reader, 0), FIELD)).isEmpty();
          assertThat(cache.size()).as("known to be of no use").isEqualTo(1);
        }
      }
      Files.delete(file);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertThat(cache.get(leaf(reader, 0), FIELD)).isEmpty();
      }
      Files.write(file, whole);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        assertThat(cache.get(leaf(reader, 0), FIELD)).isPresent();
      }
    }
  }
}
