package org.seesong.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The bytes of an open file, read and written at positions. A {@link java.nio.channels.FileChannel}
 * would be closed for all threads when one of them is interrupted while it reads; this stays open.
 *
 * <p>Safe for any number of threads, one at a time.
 */
class FileBytes implements Closeable {
  private final RandomAccessFile file;

  private FileBytes(RandomAccessFile file) {
    this.file = file;
  }

  /** For tests, whose disks are full. */
  FileBytes(FileBytes other) {
    this(other.file);
  }

  static FileBytes open(Path path, boolean forWriting) throws IOException {
    try {
      return new FileBytes(new RandomAccessFile(path.toFile(), forWriting ? "rw" : "r"));
    } catch (FileNotFoundException e) { // is all that it ever says
      FileSystemException reason =
          Files.exists(path)
              ? new AccessDeniedException(path.toString())
              : new NoSuchFileException(path.toString());
      reason.initCause(e);
      throw reason;
    }
  }

  synchronized void read(long position, byte[] into, int length) throws IOException {
    if (readUpTo(position, into, length) < length) {
      throw new EOFException("the file was cut short while it was open");
    }
  }

  /** Reads as many bytes as there are and says how many that was. */
  synchronized int readUpTo(long position, byte[] into, int length) throws IOException {
    file.seek(position);
    int done = 0;
    while (done < length) {
      int count = file.read(into, done, length - done);
      if (count < 0) {
        break;
      }
      done += count;
    }
    return done;
  }

  synchronized void write(long position, byte[] bytes, int length) throws IOException {
    file.seek(position);
    file.write(bytes, 0, length);
  }

  synchronized void truncate(long size) throws IOException {
    if (file.length() > size) {
      file.setLength(size);
    }
  }

  synchronized long size() throws IOException {
    return file.length();
  }

  void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
