package org.seesong.push;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.seesong.index.SongAnalyzer;
import org.seesong.knn.IvfVectorsFormat;

/**
 * Writes the files of one shard. They stand in a folder of another name until they are whole and on
 * the disk; so a folder with the shard's name is whole, and can be taken up again. Documents may be
 * added by several threads.
 */
final class ShardWriter implements Closeable {
  private static final String UNFINISHED = ".part";

  /** What Solr's replication takes for the age of a commit; without it an index counts as empty. */
  private static final String COMMIT_TIME = "commitTimeMSec";

  private final Path folder;
  private final Analyzer analyzer;
  private final Directory directory;
  private final IndexWriter writer;

  /**
   * Begins a shard anew, whatever an earlier push left of it.
   *
   * @param folder where its files shall be; must not be there
   * @param megabytes of documents to gather in memory
   */
  ShardWriter(Path folder, double megabytes) throws IOException {
    this.folder = folder;
    Path part = Files.createDirectories(unfinished());
    analyzer = SongAnalyzer.create();
    directory = FSDirectory.open(part);
    // As Solr's own, so that Solr finds nothing to merge.
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setNoCFSRatio(0);
    IndexWriterConfig config =
        new IndexWriterConfig(analyzer)
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setCodec(codec())
            .setMergePolicy(merges)
            .setUseCompoundFile(false)
            .setRAMBufferSizeMB(megabytes);
    try {
      writer = new IndexWriter(directory, config);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(directory, analyzer);
      if (e instanceof LockObtainFailedException) {
        throw new PushException(
            "another push writes the files of this catalogue into "
                + part
                + " just now; wait for it to end and push again",
            e);
      }
      throw e;
    }
  }

  /** What the configset's codec factory gives: Lucene's default but for vectors. */
  private static Codec codec() {
    KnnVectorsFormat format = new IvfVectorsFormat();
    KnnVectorsFormat vectors =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return format;
          }
        };
    return new FilterCodec(Codec.getDefault().getName(), Codec.getDefault()) {
      @Override
      public KnnVectorsFormat knnVectorsFormat() {
        return vectors;
      }
    };
  }

  private Path unfinished() {
    return folder.resolveSibling(folder.getFileName() + UNFINISHED);
  }

  void add(List<Document> documents) throws IOException {
    for (Document document : documents) {
      writer.addDocument(document);
    }
  }

  /** Puts everything on the disk and gives the folder its name. */
  void finish() throws IOException {
    writer.setLiveCommitData(
        Map.of(COMMIT_TIME, Long.toString(System.currentTimeMillis())).entrySet());
    writer.commit(); // also where there are no documents
    writer.close();
    // Solr copies whatever is in the folder.
    directory.deleteFile(IndexWriter.WRITE_LOCK_NAME);
    directory.close();
    Files.move(unfinished(), folder, StandardCopyOption.ATOMIC_MOVE);
    IOUtils.fsync(folder.getParent(), true);
  }

  /** Gives up what is not finished. */
  @Override
  public void close() throws IOException {
    if (writer.isOpen()) {
      writer.rollback();
    }
    IOUtils.close(directory, analyzer);
  }

  /** Documents of a finished shard whose files are as they were written; -1 if there is none. */
  static int documents(Path folder) {
    if (!Files.isDirectory(folder)) {
      return -1;
    }
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        ((CodecReader) leaf.reader()).checkIntegrity();
      }
      return reader.numDocs();
    } catch (IOException | IllegalArgumentException e) {
      // Cut short or changed: written anew.
      return -1;
    }
  }

  /** Bytes of a folder's files. */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Deletes a folder, if it is there, and what is in it. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      IOUtils.rm(folder);
    }
  }
}
