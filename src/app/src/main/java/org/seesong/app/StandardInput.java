package org.seesong.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.IOUtils;
import org.seesong.image.DecoderLimits;

/**
 * What a command line means by a file called {@value #NAME}. It can be read once, so one argument
 * may name it.
 */
final class StandardInput implements AutoCloseable {
  /** Stands for standard input where a file is asked for. */
  static final String NAME = "-";

  /** What messages call it. */
  static final String TITLE = "standard input";

  /** The largest table that is read. */
  static final long MOST_BYTES = 8L << 30;

  private final long most;

  /** Holds the copy; null where none was made. */
  private Path folder;

  StandardInput() {
    this(MOST_BYTES);
  }

  /** For tests. */
  StandardInput(long most) {
    this.most = most;
  }

  static boolean isMeant(Path file) {
    return file.toString().equals(NAME);
  }

  /** Fails where more than one argument names it. */
  static void requireOnce(long named) {
    if (named > 1) {
      throw new UsageException(
          new IllegalArgumentException(
              "standard input can be read once, but '-' is named " + named + " times"));
    }
  }

  /** A picture's file; of one that is too large as much as shows it to the decoder. */
  static byte[] picture(DecoderLimits limits) throws IOException {
    return System.in.readNBytes(limits.maxBytes() + 1);
  }

  /** Up to some bytes of text. */
  static String text(int most) throws IOException {
    byte[] bytes = System.in.readNBytes(most);
    if (bytes.length == most && System.in.read() >= 0) {
      throw new IOException(TITLE + " is larger than " + most + " bytes; write it to a file");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /**
   * The files with a copy of standard input in its place, since tables are read more than once. The
   * copy is called {@code standard-input.jsonl} if it begins as JSON does, else {@code .csv}; it is
   * removed on closing.
   */
  List<Path> tables(List<Path> files) throws IOException {
    requireOnce(files.stream().filter(StandardInput::isMeant).count());
    List<Path> read = new ArrayList<>();
    for (Path file : files) {
      read.add(isMeant(file) ? copy(System.in) : file);
    }
    return read;
  }

  private Path copy(InputStream in) throws IOException {
    byte[] head = in.readNBytes(1 << 16);
    String begin = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    if (begin.isEmpty()) {
      throw new IOException(TITLE + " is empty; send songs as JSONL or CSV");
    }
    folder = Files.createTempDirectory("seesong-");
    Path table = folder.resolve("standard-input" + (begin.startsWith("{") ? ".jsonl" : ".csv"));
    try (OutputStream out = Files.newOutputStream(table)) {
      byte[] buffer = head;
      for (long total = head.length; buffer.length > 0; total += buffer.length) {
        if (total > most) {
          throw new IOException(TITLE + " is larger than " + most + " bytes; write it to a file");
        }
        out.write(buffer);
        buffer = in.readNBytes(1 << 16);
      }
    }
    return table;
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      IOUtils.rm(folder);
      folder = null;
    }
  }
}
