package org.seesong.index;

import java.io.IOException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.util.IOUtils;

/**
 * The files of an index whose write lock is taken before anything is read, and then handed to the
 * one writer that is opened on them. What is read in between is what the writer will change.
 */
final class LockedDirectory extends FilterDirectory {
  private final Lock lock;

  private LockedDirectory(Directory files, Lock lock) {
    super(files);
    this.lock = lock;
  }

  /** Throws a LockObtainFailedException if another writer has the lock, and closes the files. */
  static LockedDirectory open(Directory files) throws IOException {
    try {
      return new LockedDirectory(files, files.obtainLock(IndexWriter.WRITE_LOCK_NAME));
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(files);
      throw e;
    }
  }

  /** The lock that is held; the writer closes it. */
  @Override
  public Lock obtainLock(String name) {
    return lock;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(lock, in);
  }
}
