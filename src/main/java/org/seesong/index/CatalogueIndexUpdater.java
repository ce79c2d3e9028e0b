package org.seesong.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;

/**
 * Changes an index that is there: puts songs and pictures, replacing those of the same ids, removes
 * others, merges away what was removed. Nothing of it can be seen before {@link #commit}, and all
 * of it afterwards; closing without a commit takes it back.
 *
 * <p>Both vector spaces stay what they are: vectors of another dimension are refused, and whoever
 * calls sees to it that they come from the same encoder and training. The fingerprint is changed
 * with every commit, since the index is no longer what a build made, and the option {@value
 * #CHANGES} counts what was done.
 *
 * <p>Not safe for several threads.
 */
public final class CatalogueIndexUpdater implements AutoCloseable {
  /** Option of the identity that counts changes since the build. */
  public static final String CHANGES = "changes";

  private static final double BUFFER_MEGABYTES = 64;

  private final CatalogueIndex before;
  private final FSDirectory directory;
  private final Analyzer analyzer;
  private final IndexWriter writer;
  private final MessageDigest digest;
  private final Set<String> attributes;
  private int put;
  private int removed;
  private boolean changed;

  private CatalogueIndexUpdater(
      CatalogueIndex before, FSDirectory directory, Analyzer analyzer, IndexWriter writer) {
    this.before = before;
    this.directory = directory;
    this.analyzer = analyzer;
    this.writer = writer;
    this.attributes = new HashSet<>(before.attributes());
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
    digest(before.identity().build().fingerprint());
  }

  /**
   * Opens an index for changes. Graphs are built as those that are there ({@link HnswOptions#of}).
   *
   * @param folder its folder
   * @return the updater, to be closed by the caller
   * @throws IndexMismatchException if Seesong did not make the index, or in another layout
   * @throws IOException if there is none, it cannot be read or written, or another process is
   *     writing it
   */
  public static CatalogueIndexUpdater open(Path folder) throws IOException {
    CatalogueIndex before = CatalogueIndex.open(folder);
    FSDirectory directory = null;
    Analyzer analyzer = null;
    try {
      directory = FSDirectory.open(before.folder());
      analyzer = SongAnalyzer.create();
      IndexWriterConfig config =
          new IndexWriterConfig(analyzer)
              .setOpenMode(IndexWriterConfig.OpenMode.APPEND)
              .setCommitOnClose(false)
              .setCodec(new CatalogueCodec(HnswOptions.of(before.identity())))
              .setRAMBufferSizeMB(BUFFER_MEGABYTES)
              .setMergeScheduler(new SerialMergeScheduler());
      return new CatalogueIndexUpdater(
          before, directory, analyzer, new IndexWriter(directory, config));
    } catch (LockObtainFailedException e) {
      IOUtils.closeWhileHandlingException(before, directory, analyzer);
      throw new IOException(
          "cannot change index "
              + folder
              + ": another process is writing it (it holds the lock write.lock); wait for it to"
              + " end",
          e);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      IOUtils.closeWhileHandlingException(before, directory, analyzer);
      throw CatalogueIndexWriter.failed(folder, "cannot change index " + folder, e);
    }
  }

  /**
   * The index as it was when this was opened, for looking things up.
   *
   * @return an index that this object closes
   */
  public CatalogueIndex before() {
    return before;
  }

  /**
   * Puts a picture; one of the same id is replaced.
   *
   * @param picture the picture
   * @throws IllegalArgumentException if a vector has another dimension than the index's, is longer
   *     than 1e15, or is a network vector of zeros
   * @throws IOException if it cannot be written; the updater is of no use then but to be closed
   */
  public void put(PictureDocument picture) throws IOException {
    String name = "picture '" + picture.id() + "'";
    IndexIdentity identity = before.identity();
    VectorChecks.check(
        picture.visualVector(), "visual vector of " + name, identity.visual().dimension());
    VectorChecks.checkNetwork(picture.networkVector(), name, identity.network().dimension());
    Term id = id(IndexLayout.PICTURE, picture.id());
    try {
      writer.updateDocument(id, Documents.of(picture));
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot put " + name + " into index " + before.folder(), e);
    }
    put++;
    note("put", id);
  }

  /**
   * Puts a song; one of the same id is replaced.
   *
   * @param song the song
   * @throws IllegalArgumentException if its network vector has another dimension than the index's,
   *     is longer than 1e15 or all zeros, or there are more than 1,000 different attributes
   * @throws IOException if it cannot be written; the updater is of no use then but to be closed
   */
  public void put(SongDocument song) throws IOException {
    String name = "song '" + song.id() + "'";
    VectorChecks.checkNetwork(song.networkVector(), name, before.identity().network().dimension());
    CatalogueIndexWriter.addAttributes(attributes, song, name);
    Term id = id(IndexLayout.SONG, song.id());
    try {
      writer.updateDocument(id, Documents.of(song));
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot put " + name + " into index " + before.folder(), e);
    }
    put++;
    note("put", id);
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
    note("remove", term);
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

  private void note(String what, Term id) {
    digest(what);
    digest(id.text());
    changed = true;
  }

  private void digest(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((byte) (bytes.length >> 16));
    digest.update((byte) (bytes.length >> 8));
    digest.update((byte) bytes.length);
    digest.update(bytes);
  }

  /**
   * Makes all changes visible in one step; writes nothing if there are none.
   *
   * @return the identity from now on
   * @throws IOException if it cannot be written; the index is then as it was
   */
  public IndexIdentity commit() throws IOException {
    if (!changed) {
      return before.identity();
    }
    IndexIdentity identity = put + removed == 0 ? before.identity() : identityAfter();
    try {
      writer.setLiveCommitData(identity.toUserData().entrySet());
      writer.commit();
    } catch (IOException | AlreadyClosedException e) {
      throw failed("cannot commit index " + before.folder(), e);
    }
    changed = false;
    return identity;
  }

  private IndexIdentity identityAfter() {
    IndexIdentity was = before.identity();
    SortedMap<String, String> options = new TreeMap<>(was.build().options());
    options.merge(CHANGES, put + " put, " + removed + " removed", CatalogueIndexUpdater::sum);
    return new IndexIdentity(
        was.layoutVersion(),
        was.visual(),
        was.network(),
        new BuildInfo(
            was.build().seed(),
            was.build().vocabularyHash(),
            HexFormat.of().formatHex(digest.digest()),
            options));
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

  /**
   * Closes the index; what was not committed is taken back.
   *
   * @throws IOException if closing fails
   */
  @Override
  public void close() throws IOException {
    try (before;
        directory;
        analyzer) {
      writer.rollback();
    }
  }
}
