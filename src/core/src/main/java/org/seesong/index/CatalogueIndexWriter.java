package org.seesong.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.seesong.vector.VectorSpace;

/**
 * Writes a whole new index into a folder while the one that is there stays readable: nothing of the
 * new one can be seen before {@link #commit}, and everything after it. Closing without a commit
 * takes all back.
 *
 * <p>Documents keep the order in which they are added. One thread and the same documents give the
 * same index; the merge at the end leaves one segment, which searches fastest.
 *
 * <p>Not safe for several threads.
 */
public final class CatalogueIndexWriter implements AutoCloseable {
  /**
   * Documents in memory before they go to disk: a quarter of a gigabyte holds 50,000 vectors of
   * 1,280 dimensions, so that most catalogues build each graph once. A fixed size, because graphs
   * depend on where one part ends.
   */
  private static final double BUFFER_MEGABYTES = 256;

  /** Most different attribute names: each is a field, and Lucene pays for each in every segment. */
  static final int MAX_ATTRIBUTES = 1000;

  private final Path folder;
  private final Directory directory;
  private final Analyzer analyzer;
  private final IndexWriter writer;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> attributes = new HashSet<>();
  private final SongVersions versions = new SongVersions();
  private int imageDimension;
  private int graphDimension;
  private int textDimension;
  private boolean committed;

  private CatalogueIndexWriter(
      Path folder, Directory directory, Analyzer analyzer, IndexWriter writer) {
    this.folder = folder;
    this.directory = directory;
    this.analyzer = analyzer;
    this.writer = writer;
  }

  /**
   * Refuses a folder that {@link #open} would refuse, so that nobody works for hours towards it.
   *
   * @param folder where an index is to go; made if it is absent
   * @throws IOException if the folder holds something else or cannot be made
   */
  public static void requireWritable(Path folder) throws IOException {
    IndexFolder.requireWritable(folder.toAbsolutePath());
  }

  /**
   * Starts a new index.
   *
   * @param folder where to: absent, empty, or holding an index of Seesong, which {@link #commit}
   *     replaces
   * @param format how vectors are kept
   * @return the writer, to be closed by the caller
   * @throws IOException if the folder holds something else, if another process is writing there, or
   *     if it cannot be written to
   */
  public static CatalogueIndexWriter open(Path folder, VectorFormat format) throws IOException {
    Path path = folder.toAbsolutePath();
    IndexFolder.requireWritable(path);
    return open(path, FSDirectory.open(path), format.format());
  }

  /** Like the public one, with a directory that tests can make fail. */
  static CatalogueIndexWriter open(Path folder, Directory directory, KnnVectorsFormat format)
      throws IOException {
    Analyzer analyzer = SongAnalyzer.create();
    try {
      IndexWriterConfig config =
          new IndexWriterConfig(analyzer)
              .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
              .setCommitOnClose(false)
              .setCodec(new CatalogueCodec(format))
              .setRAMBufferSizeMB(BUFFER_MEGABYTES)
              // Else a lone segment would be merged with itself for files of its own.
              .setUseCompoundFile(false)
              .setMergePolicy(new LogDocMergePolicy())
              .setMergeScheduler(new SerialMergeScheduler());
      return new CatalogueIndexWriter(
          folder, directory, analyzer, new IndexWriter(directory, config));
    } catch (LockObtainFailedException e) {
      IOUtils.closeWhileHandlingException(directory, analyzer);
      throw new IOException(
          "cannot write index "
              + folder
              + ": another process is writing it (it holds the lock write.lock); wait for it to end"
              + " or write to another folder",
          e);
    } catch (IOException e) {
      IOUtils.closeWhileHandlingException(directory, analyzer);
      throw failed(folder, "cannot write index " + folder, e);
    }
  }

  /**
   * Adds a picture.
   *
   * @param picture the picture; its image embedding may be all zeros
   * @throws IllegalArgumentException if its id was added before, or a vector has another dimension
   *     than earlier ones, is longer than 1e15, or is a graph embedding of zeros
   * @throws IOException if it cannot be written; the writer is of no use then but to be closed
   */
  public void addPicture(PictureDocument picture) throws IOException {
    String name = "picture '" + picture.id() + "'";
    if (picture.imageEmbedding().isEmpty()) {
      throw new IllegalArgumentException(name + " has no image embedding");
    }
    int visual =
        VectorChecks.check(picture.imageEmbedding(), "image embedding of " + name, imageDimension);
    int graph = VectorChecks.checkGraphEmbedding(picture.graphEmbedding(), name, graphDimension);
    add(name, IndexLayout.documentId(IndexLayout.PICTURE, picture.id()), Documents.of(picture));
    imageDimension = visual; // only now: a picture that is refused leaves no trace
    graphDimension = graph;
  }

  /**
   * Adds a song, as a version of an earlier one where their lyrics are nearly the same.
   *
   * @throws IllegalArgumentException if its id was added before, its graph embedding has another
   *     dimension than earlier ones, is longer than 1e15 or all zeros, or there are more than 1,000
   *     different attributes
   * @throws IOException if it cannot be written; the writer is of no use then but to be closed
   */
  public void addSong(SongDocument song) throws IOException {
    String name = "song '" + song.id() + "'";
    int graph = VectorChecks.checkGraphEmbedding(song.graphEmbedding(), name, graphDimension);
    int text =
        song.textEmbedding().isEmpty()
            ? textDimension
            : VectorChecks.check(song.textEmbedding(), "text embedding of " + name, textDimension);
    addAttributes(attributes, song, name);
    LyricsSignature group = versions.group(song.signature());
    add(name, IndexLayout.documentId(IndexLayout.SONG, song.id()), Documents.of(song, group));
    graphDimension = graph; // only now: a song that is refused leaves no trace
    textDimension = text;
  }

  /** Adds a song's attributes to those known, or refuses the song and adds none. */
  static void addAttributes(Set<String> known, SongDocument song, String name) {
    Set<String> own = song.details().attributes().keySet();
    long more = own.stream().filter(attribute -> !known.contains(attribute)).count();
    if (known.size() + more > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "songs may have at most "
              + MAX_ATTRIBUTES
              + " different attributes; "
              + name
              + " brings one more");
    }
    known.addAll(own);
  }

  /**
   * The signatures to index songs with that are written in parts: each gets that of the first of
   * its versions.
   *
   * @param own signatures of their lyrics, in the order of the songs
   */
  public static List<LyricsSignature> groups(List<LyricsSignature> own) {
    SongVersions versions = new SongVersions();
    return own.stream().map(versions::group).toList();
  }

  /**
   * Adds the documents of indexes that other writers committed, part after part, behind those that
   * are there. Segments are copied as they are.
   *
   * @param parts folders of the indexes; their songs have the signatures of their {@link #groups},
   *     and no id is in two of them, which is not checked
   * @throws IllegalArgumentException if they have more than 1,000 different attributes together
   * @throws IOException if they cannot be read or copied; the writer is of no use then but to be
   *     closed
   */
  public void addParts(List<Path> parts) throws IOException {
    List<Directory> opened = new ArrayList<>();
    try {
      for (Path part : parts) {
        opened.add(FSDirectory.open(part));
        look(opened.get(opened.size() - 1));
      }
      writer.getConfig().setMergePolicy(NoMergePolicy.INSTANCE);
      writer.addIndexes(opened.toArray(Directory[]::new));
    } catch (IOException | AlreadyClosedException e) {
      throw failed(folder, "cannot join the parts of index " + folder, e);
    } finally {
      IOUtils.close(opened);
    }
  }

  /** Takes over what is checked when the index is committed. */
  private void look(Directory part) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(part)) {
      for (FieldInfo field : FieldInfos.getMergedFieldInfos(reader)) {
        switch (field.name) {
          case IndexLayout.PICTURE_IMAGE_EMBEDDING -> imageDimension = field.getVectorDimension();
          case IndexLayout.PICTURE_GRAPH_EMBEDDING, IndexLayout.SONG_GRAPH_EMBEDDING ->
              graphDimension = field.getVectorDimension();
          case IndexLayout.SONG_TEXT_EMBEDDING -> textDimension = field.getVectorDimension();
          default -> {
            if (field.name.startsWith(IndexLayout.ATTRIBUTE_PREFIX)) {
              attributes.add(field.name.substring(IndexLayout.ATTRIBUTE_PREFIX.length()));
            }
          }
        }
      }
    }
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "songs may have at most "
              + MAX_ATTRIBUTES
              + " different attributes; they have "
              + attributes.size());
    }
  }

  private void add(String name, String documentId, Document document) throws IOException {
    if (!ids.add(documentId)) {
      throw new IllegalArgumentException(name + " was added before; ids must be unique");
    }
    try {
      writer.addDocument(document);
    } catch (IllegalArgumentException e) {
      ids.remove(documentId); // Lucene refused this document alone
      throw e;
    } catch (IOException | AlreadyClosedException e) {
      throw failed(folder, "cannot add " + name + " to index " + folder, e);
    }
  }

  /**
   * Merges all into one segment and makes it visible in one step. From then on new readers see this
   * index; readers opened before go on with the old one.
   *
   * @throws IllegalArgumentException if vectors added have other dimensions than the identity says
   * @throws IOException if it cannot be written; the old index is then as it was
   */
  public void commit(IndexMetadata identity) throws IOException {
    commit(identity, true);
  }

  /**
   * Like {@link #commit}, but leaves segments as they are: a search takes longer, and nobody waits
   * for the merge.
   */
  public void commitUnmerged(IndexMetadata identity) throws IOException {
    commit(identity, false);
  }

  private void commit(IndexMetadata identity, boolean merged) throws IOException {
    checkSpace(identity.imageSpace(), imageDimension, "image");
    checkSpace(identity.graphSpace(), graphDimension, "graph");
    if (textDimension != 0) {
      VectorSpace none = new VectorSpace("none", 1);
      checkSpace(identity.textSpace().orElse(none), textDimension, "text");
    }
    try {
      if (merged) {
        writer.getConfig().setMergePolicy(new LogDocMergePolicy());
        writer.forceMerge(1);
      }
      writer.setLiveCommitData(identity.toUserData().entrySet());
      writer.commit();
      committed = true;
    } catch (IOException | AlreadyClosedException e) {
      throw failed(folder, "cannot commit index " + folder, e);
    }
  }

  private static void checkSpace(VectorSpace space, int dimension, String kind) {
    if (dimension != 0 && dimension != space.dimension()) {
      throw new IllegalArgumentException(
          kind + " embeddings of " + space + " were promised, but those added have " + dimension);
    }
  }

  static IOException failed(Path folder, String what, Exception cause) {
    String space;
    try {
      space = Files.getFileStore(folder).getUsableSpace() + " bytes";
    } catch (IOException e) {
      space = "unknown";
    }
    return new IOException(
        what
            + ": "
            + cause.getMessage()
            + " (free space: "
            + space
            + "); an index that was there before is unharmed",
        cause);
  }

  /**
   * Closes the index; without a {@link #commit} before, all that was added is taken back and the
   * old index stays.
   */
  @Override
  public void close() throws IOException {
    try (directory;
        analyzer) {
      if (committed) {
        writer.close();
      } else {
        writer.rollback();
      }
    }
  }
}
