package org.seesong.io;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * A lock that one holder has at a time, of all processes and of all threads of one. The lock file
 * stays behind; a file of its name and {@code .holder} tells others who has it, and goes with the
 * lock. What a killed process held is free.
 */
public final class ProcessLock implements Closeable {
  private static final long POLL_MILLIS = 100;

  private final Lock lock;
  private final Path holder;

  private ProcessLock(Lock lock, Path holder) {
    this.lock = lock;
    this.holder = holder;
  }

  /**
   * Takes a lock.
   *
   * @param file the lock file, made if it is absent; its folder must exist
   * @param timeout how long to wait for others
   * @return the lock, to be closed by the caller; empty if others hold it until the timeout or this
   *     thread is interrupted
   * @throws IOException if the file cannot be written
   */
  public static Optional<ProcessLock> obtain(Path file, Duration timeout) throws IOException {
    long start = System.nanoTime();
    Optional<Lock> lock = tryLock(file);
    try {
      while (lock.isEmpty() && System.nanoTime() - start < timeout.toNanos()) {
        Thread.sleep(POLL_MILLIS);
        lock = tryLock(file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Path holder = holderFile(file);
    lock.ifPresent(ours -> tell(holder));
    return lock.map(ours -> new ProcessLock(ours, holder));
  }

  private static Path holderFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".holder");
  }

  /** Lucene's lock knows of other threads, too, and never closes a channel that holds one. */
  private static Optional<Lock> tryLock(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    if (!Files.isDirectory(path.getParent())) { // which Lucene would make
      throw new NoSuchFileException(path.toString());
    }
    try (FSDirectory folder = FSDirectory.open(path.getParent())) {
      return Optional.of(folder.obtainLock(String.valueOf(path.getFileName())));
    } catch (LockObtainFailedException e) {
      return Optional.empty();
    }
  }

  /** A holder that cannot say who it is, such as on a full disk, holds the lock all the same. */
  private static void tell(Path holder) {
    String text =
        "process "
            + ProcessHandle.current().pid()
            + " on "
            + host()
            + " since "
            + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
      Files.deleteIfExists(holder); // of one that was killed
      Files.writeString(holder, text);
    } catch (IOException e) {
      // Others are told "another process".
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this host";
    }
  }

  /**
   * Who holds a lock that could not be taken.
   *
   * @param file the lock file
   * @return such as {@code process 4711 on jukebox since 2026-01-31T12:00:00Z}
   */
  public static String holder(Path file) {
    try {
      String text = Files.readString(holderFile(file));
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    try (lock) {
      Files.deleteIfExists(holder);
    }
  }
}
