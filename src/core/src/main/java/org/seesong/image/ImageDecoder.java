package org.seesong.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads pictures nobody vouches for: JPEG, PNG, GIF (first frame), BMP and WebP, told by their
 * first bytes. Whatever a file holds, the answer is a picture or an {@link ImageException} within a
 * bounded time and memory.
 *
 * <p>Indexing and querying must both decode here, or the vectors of the same picture differ. A file
 * is first walked and rewritten without its metadata ({@link DecoderLimits} says what is accepted),
 * then decoded, put on white, shrunk, and turned as its EXIF orientation asks. Large pictures are
 * shrunk row by row while they are decoded, each sample the mean of the area it covers. Colour
 * profiles are ignored. Incomplete files are refused, since half a picture is another picture.
 *
 * <p>Safe for any number of threads; each call uses a reader of its own.
 */
public final class ImageDecoder {
  /**
   * Version of decoding and resizing, a part of every encoder's id: it changes when any picture's
   * vector does, so that stored vectors are never mixed with others.
   */
  public static final int VERSION = 2;

  /** How many bytes of a file {@link #contentOf} looks at. */
  public static final int HEAD_BYTES = 1024;

  private final DecoderLimits limits;

  /** A decoder with {@link DecoderLimits#DEFAULTS}. */
  public ImageDecoder() {
    this(DecoderLimits.DEFAULTS);
  }

  /**
   * A decoder with limits of your own.
   *
   * @param limits what to accept
   */
  public ImageDecoder(DecoderLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Names what a file holds by its first bytes, whatever it is called.
   *
   * @param head the first {@value #HEAD_BYTES} bytes, or the whole of a smaller file
   * @return {@code JPEG}, {@code PNG}, {@code GIF}, {@code BMP} or {@code WEBP} for what is read;
   *     such as {@code HEIC} or {@code TIFF} for some known formats that are not; else ""
   */
  public static String contentOf(byte[] head) {
    return PictureFormat.nameOf(head);
  }

  /**
   * Whether files of this content are read.
   *
   * @param content what {@link #contentOf} says
   * @return true for JPEG, PNG, GIF, BMP and WebP
   */
  public static boolean reads(String content) {
    return PictureFormat.isRead(content);
  }

  /**
   * Reads a whole file into memory, unless it is too large to be decoded.
   *
   * @param file the file
   * @return its bytes
   * @throws ImageException if it is larger than the limit
   * @throws IOException if it cannot be read
   */
  public byte[] bytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size > limits.maxBytes()) {
      throw new ImageException(file.toString(), tooManyBytes(), null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[(int) size];
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length || in.read() >= 0) {
        throw new ImageException(file.toString(), "changes while it is read; try again", null);
      }
      return bytes;
    }
  }

  /**
   * Reads a picture file.
   *
   * @param file the file
   * @return the picture, as {@link #decode(byte[], String)} gives it
   * @throws ImageException if there is no such file, or for the reasons of {@link #decode(byte[],
   *     String)}
   */
  public RgbImage decode(Path file) throws ImageException {
    return decode(read(file), nameOf(file));
  }

  /**
   * Reads a picture file in a size.
   *
   * @param file the file
   * @param size what size is wanted
   * @return the picture
   * @throws ImageException if there is no such file, or for the reasons of {@link #decode(byte[],
   *     String)}
   */
  public RgbImage decode(Path file, ImageSize size) throws ImageException {
    return decode(read(file), nameOf(file), List.of(size)).get(0);
  }

  private static String nameOf(Path file) {
    return Objects.toString(file.getFileName(), file.toString());
  }

  /**
   * Reads a whole file into memory, or says what is wrong with it in a message for its owner.
   *
   * @param file the file
   * @return its bytes
   * @throws ImageException if there is no such file, it cannot be read or is too large
   */
  public byte[] read(Path file) throws ImageException {
    String name = nameOf(file);
    try {
      if (!Files.isRegularFile(file)) {
        throw new DamageException(
            Files.exists(file) ? "is not a file but a folder or device" : "no such file: " + file);
      }
      return bytes(file);
    } catch (ImageException e) {
      throw e;
    } catch (DamageException e) {
      throw new ImageException(name, e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new ImageException(name, "no such file: " + file, e);
    } catch (IOException e) {
      throw new ImageException(name, "cannot be read: " + e, e);
    }
  }

  /**
   * Reads a picture from memory. One that is large (both sides from 896 pixels, or over 6
   * megapixels) is shrunk, to at least 448 pixels a side; a caller that knows the size to come
   * should ask for it, which is exact.
   *
   * @param bytes a whole file
   * @param name what to call it in messages
   * @return the picture
   * @throws ImageException if it is in no known format, damaged, cut off, or beyond a limit
   */
  public RgbImage decode(byte[] bytes, String name) throws ImageException {
    return decodeChecked(bytes, name, null).get(0);
  }

  /**
   * Reads a picture from memory in one or several sizes, in one pass. This is the way to vectors
   * that indexing and querying share.
   *
   * @param bytes a whole file
   * @param name what to call it in messages
   * @param sizes what sizes are wanted
   * @return a picture for each size, in their order
   * @throws ImageException if it is in no known format, damaged, cut off, or beyond a limit
   */
  public List<RgbImage> decode(byte[] bytes, String name, List<ImageSize> sizes)
      throws ImageException {
    return decodeChecked(bytes, name, List.copyOf(sizes));
  }

  private List<RgbImage> decodeChecked(byte[] bytes, String name, List<ImageSize> sizes)
      throws ImageException {
    try {
      if (bytes.length > limits.maxBytes()) {
        throw new DamageException(tooManyBytes());
      }
      CheckedPicture picture = CheckedPicture.check(bytes, limits);
      long pixels = (long) picture.width() * picture.height();
      return new Decoding(picture, limits.deadlineFor(pixels)).read(sizes);
    } catch (DamageException e) {
      throw new ImageException(name, e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      // A large picture on a small heap: the memory asked for was never got, so others go on.
      throw new ImageException(name, "needs more memory than there is: give Java a larger -Xmx", e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Readers answer damage with many kinds of unchecked exceptions; recursion is bounded by it.
      throw new ImageException(name, "is damaged: the decoder says " + e, e);
    }
  }

  private String tooManyBytes() {
    return "is larger than "
        + limits.maxBytes()
        + " bytes; raise the limit (--max-picture-bytes, in Solr maxBytes) or make it smaller";
  }
}
