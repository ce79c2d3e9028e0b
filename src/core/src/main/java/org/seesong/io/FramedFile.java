package org.seesong.io;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.store.OutputStreamIndexOutput;

/**
 * A file of numbers that is written in one step and read as a whole, framed by Lucene's {@link
 * CodecUtil}: a header with the sort and version of the file, a body, a footer with a CRC-32.
 *
 * <p>Immutable; safe for any number of threads, as far as the file system is.
 */
public final class FramedFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final String codec;
  private final int version;

  /**
   * Names a file; nothing is read yet.
   *
   * @param codec names the sort of file, ASCII, shorter than 128 characters
   * @param version of the body's layout
   */
  public FramedFile(Path file, String codec, int version) {
    this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
    this.codec = codec;
    this.version = version;
  }

  /** Writes a body. */
  public interface Body {
    /** Writes all of it. */
    void writeTo(DataOutput out) throws IOException;
  }

  /** Reads a body, whose checksum was right, from its beginning to its end. */
  public interface Reader<T> {
    /**
     * Reads all of it.
     *
     * @param bytes length of the body
     */
    T read(DataInput in, long bytes) throws IOException;
  }

  /** Writes the file in one step: it is there whole or not at all. */
  public void write(Body body) throws IOException {
    AtomicFiles.write(file, channel -> write(body, channel));
  }

  private void write(Body body, FileChannel channel) throws IOException {
    OutputStream left =
        new FilterOutputStream(Channels.newOutputStream(channel)) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
          }

          @Override
          public void close() throws IOException {
            flush(); // the channel is synced before it is closed
          }
        };
    try (OutputStreamIndexOutput out =
        new OutputStreamIndexOutput(
            file.toString(), String.valueOf(file.getFileName()), left, BUFFER_BYTES)) {
      CodecUtil.writeHeader(out, codec, version);
      body.writeTo(out);
      CodecUtil.writeFooter(out);
    }
  }

  /**
   * Verifies the checksum, then reads the body.
   *
   * @throws NoSuchFileException if it is not there
   * @throws IOException if reading fails; {@link #damaged()} if it is another sort of file, of
   *     another version, cut off or changed
   */
  public <T> T read(Reader<T> reader) throws IOException {
    requireThere();
    try (FSDirectory directory = FSDirectory.open(file.getParent(), NoLockFactory.INSTANCE);
        IndexInput in =
            directory.openInput(String.valueOf(file.getFileName()), IOContext.READONCE)) {
      CodecUtil.checksumEntireFile(in);
      CodecUtil.checkHeader(in, codec, version, version);
      long end = in.length() - CodecUtil.footerLength();
      T value = reader.read(in, end - in.getFilePointer());
      if (in.getFilePointer() != end) {
        throw damaged();
      }
      return value;
    } catch (EOFException
        | CorruptIndexException
        | IndexFormatTooNewException
        | IndexFormatTooOldException e) {
      IOException damaged = damaged();
      damaged.initCause(e);
      throw damaged;
    }
  }

  private void requireThere() throws NoSuchFileException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
  }

  /** Whether a file, of whatever sort, has the checksum that it says. */
  public static boolean isWhole(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    try (FSDirectory directory = FSDirectory.open(path.getParent(), NoLockFactory.INSTANCE);
        IndexInput in =
            directory.openInput(String.valueOf(path.getFileName()), IOContext.READONCE)) {
      CodecUtil.checksumEntireFile(in);
      return true;
    } catch (EOFException | CorruptIndexException e) {
      return false;
    }
  }

  /** Writes doubles that {@link #finiteDoubles} reads. */
  public static void writeDoubles(DataOutput out, double[] numbers) throws IOException {
    for (double number : numbers) {
      out.writeLong(Double.doubleToLongBits(number));
    }
  }

  /**
   * Reads doubles.
   *
   * @throws IOException {@link #damaged()} if one is NaN or infinite
   */
  public double[] finiteDoubles(DataInput in, int number) throws IOException {
    double[] doubles = new double[number];
    for (int i = 0; i < number; i++) {
      doubles[i] = Double.longBitsToDouble(in.readLong());
      if (!Double.isFinite(doubles[i])) {
        throw damaged();
      }
    }
    return doubles;
  }

  /**
   * Writes a text that {@link #readText} reads, as UTF-16: half of a surrogate pair, which UTF-8
   * cannot hold, comes back too.
   */
  public static void writeText(DataOutput out, String text) throws IOException {
    out.writeInt(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.writeShort((short) text.charAt(i));
    }
  }

  /**
   * Reads a text.
   *
   * @param most bytes that the file has
   * @throws IOException if the text would have more
   */
  public static String readText(DataInput in, long most) throws IOException {
    int length = in.readInt();
    if (length < 0 || (long) length * Character.BYTES > most) {
      throw new IOException("a text of " + length + " characters in " + most + " bytes");
    }
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) in.readShort();
    }
    return new String(text);
  }

  /** An exception to throw for a body that cannot be; names the file and what to do. */
  public IOException damaged() {
    return new IOException(
        file + " is damaged or of another version; build again, which writes it anew");
  }
}
