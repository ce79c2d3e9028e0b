package org.seesong.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.seesong.io.Digests;

/**
 * Gets a published file, and goes on where an earlier attempt stopped. The bytes go to a file with
 * {@code .part} behind its name, which is renamed once its SHA-256 is right: a file that is there
 * is the right one. A connection that breaks or says nothing for a minute is tried again as long as
 * that brings something.
 */
public final class Download {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Attempts that each bring something, before people are asked. */
  private static final int ATTEMPTS = 20;

  private final PublishedWeights weights;
  private final Path target;
  private final Path part;
  private final LongConsumer progress;
  private final HttpTransfer transfer;

  Download(PublishedWeights weights, Path target, Duration patience, LongConsumer progress) {
    this.weights = Objects.requireNonNull(weights, "weights");
    this.target = target.toAbsolutePath().normalize();
    this.part = this.target.resolveSibling(this.target.getFileName() + ".part");
    this.progress = Objects.requireNonNull(progress, "progress");
    this.transfer = new HttpTransfer(weights, patience);
  }

  /**
   * Gets a file, unless it is there.
   *
   * @param weights what to get
   * @param target where to put it
   * @param progress told now and then how many bytes are here
   * @return the target
   * @throws FileAlreadyExistsException if there is another file, or it is being downloaded
   * @throws IOException if it cannot be had, with what to do about it, or is not the right file
   * @throws InterruptedException if the thread is interrupted; what came is kept
   */
  public static Path fetch(PublishedWeights weights, Path target, LongConsumer progress)
      throws IOException, InterruptedException {
    return new Download(weights, target, PATIENCE, progress).run();
  }

  Path run() throws IOException, InterruptedException {
    if (Files.exists(target)) {
      if (!Files.isRegularFile(target) || !Digests.sha256(target).equals(weights.sha256())) {
        throw new FileAlreadyExistsException(
            target.toString(),
            null,
            "exists, but its SHA-256 is not " + weights.sha256() + "; remove it first");
      }
      return target;
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent(), "parent"));
    try (FileChannel file =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      lock(file);
      boolean resumed = file.size() > 0;
      get(file);
      if (!isRight() && resumed) {
        // What was here before may have been of another version.
        file.truncate(0);
        get(file);
      }
      requireRight(file);
      file.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    return target;
  }

  private void lock(FileChannel file) throws IOException {
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it.
    }
    if (lock == null) {
      throw new FileAlreadyExistsException(
          part.toString(), null, "is being downloaded already; wait for that");
    }
  }

  /** Appends until all is here. */
  private void get(FileChannel file) throws IOException, InterruptedException {
    if (weights.bytes().isPresent() && file.size() > weights.bytes().getAsLong()) {
      file.truncate(0);
    }
    requireSpace(file.size());
    for (int attempt = 1; !isComplete(file); attempt++) {
      long before = file.size();
      try {
        if (transfer.append(file, progress)) {
          return;
        }
      } catch (HttpTransfer.Refusal e) {
        throw failure(e.getMessage(), e);
      } catch (HttpTransfer.DiskFailure e) {
        throw new IOException("cannot write " + part + ": " + e.getCause().getMessage(), e);
      } catch (IOException e) {
        if (file.size() <= before || attempt == ATTEMPTS) {
          throw failure(brokenOff(file.size(), e), e);
        }
      }
    }
  }

  private boolean isComplete(FileChannel file) throws IOException {
    return weights.bytes().isPresent() && file.size() == weights.bytes().getAsLong();
  }

  private void requireSpace(long here) throws IOException {
    long needed = weights.bytes().orElse(0) - here;
    long free = Files.getFileStore(part).getUsableSpace();
    if (free < needed) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "cannot download %s: %d MB more are needed in %s, but only %d MB are free",
              weights.name(),
              needed / 1_000_000 + 1,
              target.getParent(),
              free / 1_000_000));
    }
  }

  private boolean isRight() throws IOException {
    return Digests.sha256(part).equals(weights.sha256());
  }

  private void requireRight(FileChannel file) throws IOException {
    String found = Digests.sha256(part);
    if (!found.equals(weights.sha256())) {
      long size = file.size();
      file.truncate(0);
      throw new IOException(
          "what came from "
              + weights.address()
              + " is not the file we want and was deleted: it has "
              + size
              + " bytes and SHA-256 "
              + found
              + ", expected "
              + weights.sha256());
    }
  }

  private String brokenOff(long here, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return here == 0
        ? "no connection (" + reason + ")"
        : "the connection broke after "
            + here
            + " bytes ("
            + reason
            + "); the same command goes on from there";
  }

  private IOException failure(String reason, IOException cause) {
    return new IOException(
        "cannot download "
            + weights.name()
            + ": "
            + reason
            + "\nYou can get the file yourself, with a browser or on another machine:\n  "
            + weights.address()
            + "\n  SHA-256 "
            + weights.sha256()
            + "\nand then run: seesong model import --keras FILE --name "
            + weights.name(),
        cause);
  }
}
