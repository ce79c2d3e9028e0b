package org.seesong.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How many bytes a file of votes has at least, in the small file {@code <name>.length} beside it,
 * so that an end that is lost between two lines is seen: 16 digits, a blank, their CRC-32C in eight
 * hexadecimal digits, and a line's end. It is written after each vote has been synced, so a crash
 * leaves the file of votes longer than this says, never shorter.
 */
final class VoteLength implements Closeable {
  private final FileChannel channel;

  private VoteLength(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * What is recorded.
   *
   * @param bytes the length; empty if there is no record, or it is damaged
   * @param damaged whether there is a record that cannot be read
   */
  record Recorded(OptionalLong bytes, boolean damaged) {}

  /** Where the length of a file of votes is recorded. */
  static Path fileOf(Path votes) {
    return votes.resolveSibling(votes.getFileName() + ".length");
  }

  static Recorded read(Path votes) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(fileOf(votes));
    } catch (NoSuchFileException e) {
      return new Recorded(OptionalLong.empty(), false);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.matches("[0-9]{16} [0-9a-f]{8}\n")) {
      return new Recorded(OptionalLong.empty(), true);
    }
    long length = Long.parseLong(text.substring(0, 16));
    return text.equals(text(length))
        ? new Recorded(OptionalLong.of(length), false)
        : new Recorded(OptionalLong.empty(), true);
  }

  /** Opens the record, made if there is none. */
  static VoteLength open(Path votes) throws IOException {
    return new VoteLength(
        FileChannel.open(fileOf(votes), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  void write(long length) throws IOException {
    ByteBuffer text = ByteBuffer.wrap(text(length).getBytes(StandardCharsets.ISO_8859_1));
    int bytes = text.remaining();
    while (text.hasRemaining()) {
      channel.write(text, text.position());
    }
    channel.truncate(bytes);
  }

  private static String text(long length) {
    String digits = String.format(Locale.ROOT, "%016d", length);
    return digits + " " + VoteCheck.checksum(digits) + "\n";
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      channel.force(true);
    }
  }
}
