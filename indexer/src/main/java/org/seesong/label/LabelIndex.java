package org.seesong.label;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.seesong.knn.IvfVectorsFormat;

/**
 * A temporary Lucene index of labelled pictures' directions, in our own vectors format: finds the
 * nearest ones without comparing all pairs, nearly all of them (recall .99). The same pictures give
 * the same answers. Safe for any number of threads; {@link #close} deletes it.
 */
final class LabelIndex implements AutoCloseable {
  private static final String FIELD = "direction";
  private static final double RAM_BUFFER_MB = 256;

  private final Path folder;
  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  /** Number of the picture of each document, ascending. */
  private final int[] numbers;

  private LabelIndex(Path folder, Directory directory, DirectoryReader reader, int[] numbers) {
    this.folder = folder;
    this.directory = directory;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.numbers = numbers;
  }

  /** Writes the index into a new folder among the system's temporary files. */
  static LabelIndex of(PictureVectors vectors, int[] labelled) throws IOException {
    Path folder = Files.createTempDirectory("seesong-labels-");
    Directory directory = null;
    try {
      directory = FSDirectory.open(folder);
      int[] numbers = write(directory, vectors, labelled);
      return new LabelIndex(folder, directory, DirectoryReader.open(directory), numbers);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(directory);
      IOUtils.rm(folder);
      throw e;
    }
  }

  private static int[] write(Directory directory, PictureVectors vectors, int[] labelled)
      throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(new IvfCodec())
            .setRAMBufferSizeMB(RAM_BUFFER_MB)
            .setUseCompoundFile(false) // else a lone segment would be merged with itself
            .setMergePolicy(new LogDocMergePolicy()) // keeps the order of documents
            .setMergeScheduler(new SerialMergeScheduler());
    int[] numbers = new int[labelled.length];
    int size = 0;
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int picture : labelled) {
        float[] row = new float[vectors.dimension()];
        if (vectors.read(picture, row) && Direction.unit(row)) {
          Document document = new Document();
          document.add(new KnnFloatVectorField(FIELD, row, VectorSimilarityFunction.EUCLIDEAN));
          writer.addDocument(document);
          numbers[size++] = picture;
        }
      }
      writer.forceMerge(1);
      writer.commit();
    }
    return Arrays.copyOf(numbers, size);
  }

  /** By field, since that is how Lucene's own codec, under whose name it is written, reads. */
  private static final class IvfCodec extends FilterCodec {
    private final KnnVectorsFormat format =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return new IvfVectorsFormat();
          }
        };

    private IvfCodec() {
      super(Codec.getDefault().getName(), Codec.getDefault());
    }

    @Override
    public KnnVectorsFormat knnVectorsFormat() {
      return format;
    }
  }

  /** Numbers of the k pictures nearest to a direction, nearest first. */
  int[] nearest(float[] direction, int k) throws IOException {
    ScoreDoc[] found = searcher.search(new KnnFloatVectorQuery(FIELD, direction, k), k).scoreDocs;
    int[] nearest = new int[found.length];
    for (int i = 0; i < found.length; i++) {
      nearest[i] = numbers[found[i].doc];
    }
    return nearest;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(reader, directory);
    IOUtils.rm(folder);
  }
}
