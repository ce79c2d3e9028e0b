package org.seesong.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apache.lucene.util.IOUtils;
import org.seesong.io.ProcessLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Votes appended to a file, a JSON object with a checksum a line, each synced before it is
 * confirmed, and the file's {@link VoteLength} beside it. A line that a crash cut off is ended, so
 * that later ones are whole. Safe for any number of threads; one server a file, which a lock beside
 * it sees to. {@link VoteCheck} reads it.
 */
final class VoteLog implements AutoCloseable {
  /** A file of this size takes no more: nobody must fill a disk from outside. */
  private static final long MAX_BYTES = 100_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(VoteLog.class);

  private final FileChannel channel;
  private final VoteLength length;
  private final ProcessLock lock;

  private VoteLog(FileChannel channel, VoteLength length, ProcessLock lock) {
    this.channel = channel;
    this.length = length;
    this.lock = lock;
  }

  /** Opens the file, made if there is none; fails where it cannot be written or another has it. */
  static VoteLog open(Path file) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    ProcessLock lock =
        ProcessLock.obtain(lockFile, Duration.ZERO)
            .orElseThrow(
                () ->
                    new IOException(
                        "another server writes votes to "
                            + file
                            + " ("
                            + ProcessLock.holder(lockFile)
                            + "); give this one a file of its own"));
    try {
      return open(file, lock);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(lock);
      throw e;
    }
  }

  private static VoteLog open(Path file, ProcessLock lock) throws IOException {
    boolean cut = false;
    boolean isNew = Files.notExists(file); // or the old one was moved away
    if (!isNew && Files.size(file) > 0) {
      try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
        end.seek(end.length() - 1);
        cut = end.read() != '\n';
      }
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    VoteLength length = null;
    try {
      if (!isNew) {
        VoteCheck.lostEnd(file, VoteLength.read(file)).ifPresent(LOG::warn);
      }
      length = VoteLength.open(file);
      VoteLog log = new VoteLog(channel, length, lock);
      if (cut) {
        log.append(new byte[] {'\n'});
      } else {
        length.write(channel.size());
      }
      return log;
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(length, channel);
      throw e;
    }
  }

  void add(String song, int vote, ObjectNode query) throws IOException {
    Objects.requireNonNull(query, "query");
    ObjectNode line = Json.object();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("song", song);
    line.put("vote", vote);
    line.set("query", query);
    append(VoteCheck.line(Json.write(line)));
  }

  private synchronized void append(byte[] bytes) throws IOException {
    long before = channel.size();
    if (before + bytes.length > MAX_BYTES) {
      throw new ApiException(
          507,
          "votes-full",
          "the file of votes has reached "
              + MAX_BYTES
              + " bytes; move it away and start the server again");
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
      length.write(channel.size());
    } catch (IOException e) {
      takeBack(before, e);
      throw e;
    }
  }

  /** Cuts off what a failed write has left: the next line would go on in it. */
  private void takeBack(long size, IOException failure) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    IOUtils.close(channel, length, lock);
  }
}
