package org.seesong.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Reads pictures nobody vouches for: JPEG, PNG, GIF (first frame), BMP and WebP, told by their
 * first bytes. Whatever a file holds, the answer is a picture or an {@link ImageException} within a
 * bounded time and memory.
 *
 * <p>Indexing and querying must both decode here, or the vectors of the same picture differ. A file
 * is first walked and rewritten without its metadata ({@link DecoderLimits} says what is accepted),
 * then decoded, subsampled when it is large, put on white, and turned as its EXIF orientation asks.
 * Colour profiles are ignored. Incomplete files are refused, since half a picture is another
 * picture.
 *
 * <p>Safe for any number of threads; each call uses a reader of its own.
 */
public final class ImageDecoder {
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
   * Reads a picture file.
   *
   * @param file the file
   * @return the picture
   * @throws ImageException if there is no such file, or for the reasons of {@link #decode(byte[],
   *     String)}
   */
  public RgbImage decode(Path file) throws ImageException {
    String name = Objects.toString(file.getFileName(), file.toString());
    try {
      if (!Files.isRegularFile(file)) {
        throw new DamageException(
            Files.exists(file) ? "is not a file but a folder or device" : "no such file: " + file);
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(limits.maxBytes());
        if (in.read() >= 0) {
          throw tooLarge();
        }
        return decode(bytes, name);
      }
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

  private DamageException tooLarge() {
    return new DamageException("is larger than " + limits.maxBytes() + " bytes");
  }

  /**
   * Reads a picture from memory.
   *
   * @param bytes a whole file
   * @param name what to call it in messages
   * @return the picture
   * @throws ImageException if it is in no known format, damaged, cut off, or beyond a limit
   */
  public RgbImage decode(byte[] bytes, String name) throws ImageException {
    try {
      if (bytes.length > limits.maxBytes()) {
        throw tooLarge();
      }
      CheckedPicture picture = CheckedPicture.check(bytes, limits);
      return read(picture).oriented(picture.orientation());
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

  private RgbImage read(CheckedPicture picture) throws IOException {
    ImageReader reader = ImagePlugins.reader(picture.format());
    DeadlineStream in = new DeadlineStream(picture.bytes().array(), limits.deadline());
    try (in) {
      reader.setInput(in, true, true);
      ReadWatch watch = new ReadWatch(in);
      reader.addIIOReadProgressListener(watch);
      reader.addIIOReadWarningListener(watch);
      ImageReadParam param = reader.getDefaultReadParam();
      int step = step(picture);
      param.setSourceSubsampling(step, step, 0, 0);
      RgbImage image;
      if (picture.colours() == CheckedPicture.Colours.STANDARD) {
        BufferedImage decoded = reader.read(0, param);
        watch.requireComplete();
        image = RgbImage.fromBufferedImage(decoded);
      } else {
        image = PixelReader.fourChannels(reader.readRaster(0, param), picture.colours());
        watch.requireComplete();
      }
      requireSize(image, picture, step);
      return image;
    } catch (IOException | RuntimeException e) {
      if (in.failure() != null) {
        throw in.failure();
      }
      throw e;
    } finally {
      reader.dispose();
    }
  }

  private int step(CheckedPicture picture) {
    int step = Math.max(1, Math.min(picture.width(), picture.height()) / limits.targetSide());
    while ((long) (picture.width() / step) * (picture.height() / step)
        > limits.maxDecodedPixels()) {
      step++;
    }
    return step;
  }

  /** A reader that understands the header otherwise than we did was not held by the limits. */
  private static void requireSize(RgbImage image, CheckedPicture picture, int step)
      throws DamageException {
    int width = (picture.width() + step - 1) / step;
    int height = (picture.height() + step - 1) / step;
    if (image.width() != width || image.height() != height) {
      throw new DamageException(
          String.format(
              Locale.ROOT,
              "is damaged: %d x %d pixels announced, %d x %d found",
              width,
              height,
              image.width(),
              image.height()));
    }
  }
}
