package org.seesong.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.seesong.vector.VectorSpace;

/**
 * Changes an index that is there: puts songs and pictures, replacing those of the same ids, removes
 * others, merges away what was removed. Nothing of it can be seen before {@link #commit}, and all
 * of it afterwards; closing without a commit takes it back.
 *
 * <p>Both vector spaces stay what they are: vectors of another dimension are refused, and the
 * caller sees to it that they come from the same encoder and training. Every commit gives the index
 * a new fingerprint, made of the one before and all changes with their content; equal changes to
 * equal indexes give equal fingerprints. The option {@value #CHANGES} counts what was done.
 *
 * <p>Not safe for several threads.
 */
public final class CatalogueIndexUpdater implements AutoCloseable {
  /** Option of the identity that counts changes since the build. */
  public static final String CHANGES = "changes";

  private static final double BUFFER_MEGABYTES = 64;

  private final CatalogueIndex before;
  private final LockedDirectory directory;
  private final Analyzer analyzer;
  private final IndexWriter writer;
  private final Set<String> attributes;
  private final SongVersions versions = new SongVersions();

  /** Of the newest commit, and what was changed since. */
  private IndexMetadata identity;

  private ChangeDigest digest;
  private int put;
  private int removed;
  private boolean changed;

  private CatalogueIndexUpdater(
      CatalogueIndex before, LockedDirectory directory, Analyzer analyzer, IndexWriter writer) {
    this.before = before;
    this.directory = directory;
    this.analyzer = analyzer;
    this.writer = writer;
    this.attributes = new HashSet<>(before.attributes());
    this.identity = before.metadata();
    this.digest = new ChangeDigest(identity.build().fingerprint());
  }

  /**
   * Opens an index for changes. Takes the write lock first and then reads what is there. Vectors
   * are kept as those that are there ({@link VectorFormat#of}).
   *
   * @param folder the folder that a build made, or the folder {@code index} in it
   * @return the updater, to be closed by the caller
   * @throws IndexMismatchException if Seesong did not make the index, or in another layout
   * @throws IOException if there is none, it cannot be read or written, or another process is
   *     writing it
   */
  public static CatalogueIndexUpdater open(Path folder) throws IOException {
    Path path = IndexFolder.requireIndex(folder.toAbsolutePath());
    return open(path, FSDirectory.open(path));
  }

  /** Like the public one, with files that tests can make fail. */
  static CatalogueIndexUpdater open(Path path, Directory files) throws IOException {
    LockedDirectory directory;
    try {
      directory = LockedDirectory.open(files);
    } catch (LockObtainFailedException e) {
      throw new IOException(
          "cannot change index "
              + path
              + ": another process is writing it (it holds the lock write.lock); wait for it to"
              + " end",
          e);
    } catch (IOException e) {
      throw CatalogueIndexWriter.failed(path, "cannot change index " + path, e);
    }
    CatalogueIndex before = null;
    try {
      before = CatalogueIndex.open(path);
      return open(before, directory);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(before, directory);
      throw e;
    }
  }

  private static CatalogueIndexUpdater open(CatalogueIndex before, LockedDirectory directory)
      throws IOException {
    Analyzer analyzer = null;
    try {
      analyzer = SongAnalyzer.create();
      IndexWriterConfig config =
          new IndexWriterConfig(analyzer)
              .setOpenMode(IndexWriterConfig.OpenMode.APPEND)
              .setCommitOnClose(false)
              .setCodec(new CatalogueCodec(VectorFormat.of(before.metadata()).format()))
              .setRAMBufferSizeMB(BUFFER_MEGABYTES)
              .setMergeScheduler(new SerialMergeScheduler());
      return new CatalogueIndexUpdater(
          before, directory, analyzer, new IndexWriter(directory, config));
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      IOUtils.closeWhileHandlingException(analyzer);
      throw CatalogueIndexWriter.failed(
          before.folder(), "cannot change index " + before.folder(), e);
    }
  }

  /** The index as it was when this was opened, for looking things up. */
  public CatalogueIndex before() {
    return before;
  }

  /**
   * Puts a picture; one of the same id is replaced.
   *
   * @throws IllegalArgumentException if a vector has another dimension than the index's, is longer
   *     than 1e15, or is a graph embedding of zeros
   * @throws IOException if it cannot be written; the updater is of no use then but to be closed
   */
  public void put(PictureDocument picture) throws IOException {
    String name = "picture '" + picture.id() + "'";
    VectorChecks.check(
        picture.imageEmbedding(), "image embedding of " + name, identity.imageSpace().dimension());
    VectorChecks.checkGraphEmbedding(
        picture.graphEmbedding(), name, identity.graphSpace().dimension());
    Term id = id(IndexLayout.PICTURE, picture.id());
    Document document = Documents.of(picture);
    try {
      writer.updateDocument(id, document);
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot put " + name + " into index " + before.folder(), e);
    }
    put++;
    changed = true;
    digest.put(id.text(), document);
  }

  /**
   * Puts a song, as a version of an earlier one where their lyrics are nearly the same; one of the
   * same id is replaced.
   *
   * @throws IllegalArgumentException if its graph embedding has another dimension than the index's,
   *     is longer than 1e15 or all zeros, or there are more than 1,000 different attributes
   * @throws IOException if it cannot be written; the updater is of no use then but to be closed
   */
  public void put(SongDocument song) throws IOException {
    String name = "song '" + song.id() + "'";
    VectorChecks.checkGraphEmbedding(
        song.graphEmbedding(), name, before.metadata().graphSpace().dimension());
    if (!song.textEmbedding().isEmpty()) {
      VectorChecks.check(
          song.textEmbedding(),
          "text embedding of " + name,
          before.metadata().textSpace().map(VectorSpace::dimension).orElse(0));
    }
    CatalogueIndexWriter.addAttributes(attributes, song, name);
    Term id = id(IndexLayout.SONG, song.id());
    Document document = Documents.of(song, versions.group(song.signature(), before.reader()));
    try {
      writer.updateDocument(id, document);
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot put " + name + " into index " + before.folder(), e);
    }
    put++;
    changed = true;
    digest.put(id.text(), document);
  }

  /**
   * Removes a song or picture; does nothing if the index does not have it.
   *
   * @param kind {@link IndexLayout#PICTURE} or {@link IndexLayout#SONG}
   * @param id the owner's id
   * @throws IOException if it cannot be written; the updater is of no use then but to be closed
   */
  public void remove(String kind, String id) throws IOException {
    Term term = id(kind, id);
    try {
      writer.deleteDocuments(term);
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot remove " + term.text() + " from index " + before.folder(), e);
    }
    removed++;
    changed = true;
    digest.remove(term.text());
  }

  /**
   * Merges all parts into one and so gives back the space of what was replaced or removed. Takes
   * about as long as writing the index anew.
   *
   * @throws IOException if it cannot be written; the updater is of no use then but to be closed
   */
  public void compact() throws IOException {
    try {
      writer.forceMerge(1);
      changed = true;
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot compact index " + before.folder(), e);
    }
  }

  private static Term id(String kind, String id) {
    return new Term(IndexLayout.ID, IndexLayout.documentId(kind, id));
  }

  /**
   * Makes all changes visible in one step; writes nothing if there are none.
   *
   * @throws IOException if it cannot be written; the index is then as it was
   */
  public IndexMetadata commit() throws IOException {
    if (!changed) {
      return identity;
    }
    IndexMetadata after = put + removed == 0 ? identity : identityAfter();
    try {
      writer.setLiveCommitData(after.toUserData().entrySet());
      writer.commit();
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot commit index " + before.folder(), e);
    }
    identity = after;
    digest = new ChangeDigest(identity.build().fingerprint());
    put = 0;
    removed = 0;
    changed = false;
    return identity;
  }

  private IndexMetadata identityAfter() {
    IndexMetadata was = identity;
    SortedMap<String, String> options = new TreeMap<>(was.build().options());
    options.merge(CHANGES, put + " put, " + removed + " removed", CatalogueIndexUpdater::sum);
    return new IndexMetadata(
        was.layoutVersion(),
        was.imageSpace(),
        was.centering(),
        was.graphSpace(),
        was.textSpace(),
        new BuildInfo(
            was.build().seed(), was.build().vocabularyHash(), digest.fingerprint(), options));
  }

  /** Adds the numbers of two texts of one form; an earlier text of another form is given up. */
  private static String sum(String earlier, String now) {
    String[] a = earlier.split("\\D+", -1);
    String[] b = now.split("\\D+", -1);
    try {
      return (Long.parseLong(a[0]) + Long.parseLong(b[0]))
          + " put, "
          + (Long.parseLong(a[1]) + Long.parseLong(b[1]))
          + " removed";
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return now; // a damaged count must not keep anybody from changing the index
    }
  }

  private IOException failed(String what, Exception cause) {
    return CatalogueIndexWriter.failed(before.folder(), what, cause);
  }

  /** Closes the index; what was not committed is taken back. */
  @Override
  public void close() throws IOException {
    try (before;
        directory;
        analyzer) {
      writer.rollback();
    }
  }
}
