package org.seesong.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * One reading of one checked picture.
 *
 * <p>A small picture is decoded as a whole. Of a large one, JPEG and PNG readers give row after row
 * to the reducers, so that memory does not grow with the picture; other readers need the picture in
 * memory, where only every n-th pixel is read of one that would take more than {@value
 * #MOST_MEMORY} bytes.
 */
final class Decoding {
  /** A smaller picture is decoded as a whole; the value fixes vectors, see VERSION. */
  private static final int LARGE_SIDE = 896;

  private static final int LARGE_PIXELS = 6_000_000;

  /** What a large picture keeps where no size is asked for. */
  private static final int LEAST_SIDE = 448;

  private static final long MOST_MEMORY = 64_000_000;

  private final CheckedPicture picture;
  private final DeadlineStream in;
  private final boolean turned;

  /**
   * Rows of a streamed picture's scans that later ones replace; the last two are taken, in case the
   * reader ends one scan earlier.
   */
  private final long earlierRows;

  private long rows;

  Decoding(CheckedPicture picture, Duration deadline) {
    this.picture = picture;
    this.in = new DeadlineStream(picture.bytes(), deadline);
    this.turned = picture.orientation() >= 5;
    this.earlierRows =
        picture.isTopDown() && !isFourChannels()
            ? Math.max(0, picture.scans() - 2L) * picture.height()
            : 0;
  }

  /** The picture in some sizes; with null in one of its own. */
  List<RgbImage> read(List<ImageSize> sizes) throws IOException {
    ImageReader reader = ImagePlugins.reader(picture.format());
    try (in) {
      reader.setInput(in, true, true);
      return isLarge() ? reduced(reader, sizes) : whole(reader, sizes);
    } catch (IOException | RuntimeException e) {
      if (in.failure() != null) {
        throw in.failure();
      }
      throw e;
    } finally {
      reader.dispose();
    }
  }

  private boolean isLarge() {
    return Math.min(picture.width(), picture.height()) >= LARGE_SIDE
        || (long) picture.width() * picture.height() > LARGE_PIXELS;
  }

  private List<RgbImage> whole(ImageReader reader, List<ImageSize> sizes) throws IOException {
    RgbImage image;
    if (isFourChannels()) {
      image = PixelReader.fourChannels(readRaster(reader, 1), picture.colours());
    } else {
      image = RgbImage.fromBufferedImage(readImage(reader, 1));
    }
    RgbImage upright = image.oriented(picture.orientation());
    if (sizes == null) {
      return List.of(upright);
    }
    List<RgbImage> resized = new ArrayList<>();
    for (ImageSize size : sizes) {
      int width = size.width(upright.width(), upright.height());
      resized.add(upright.resizedTo(width, size.height(upright.width(), upright.height())));
    }
    return resized;
  }

  private List<RgbImage> reduced(ImageReader reader, List<ImageSize> sizes) throws IOException {
    RowRaster streamed = null;
    List<AreaReducer> reducers = reducers(sizes, picture.width(), picture.height());
    if (picture.isTopDown() && !isFourChannels()) {
      streamed =
          RowRaster.of(
              reader.getImageTypes(0).next(), picture.width(), picture.height(), into(reducers));
    }
    if (streamed != null) {
      stream(reader, streamed);
    } else {
      reducers = fromMemory(reader, sizes);
    }
    int width = turned ? picture.height() : picture.width();
    int height = turned ? picture.width() : picture.height();
    List<RgbImage> results = new ArrayList<>();
    for (int i = 0; i < reducers.size(); i++) {
      RgbImage image = reducers.get(i).result().oriented(picture.orientation());
      ImageSize size = sizes == null ? null : sizes.get(i);
      results.add(
          size == null
              ? image
              : image.resizedTo(size.width(width, height), size.height(width, height)));
    }
    return results;
  }

  /** Reducers for the picture as it lies in the file, of sides that {@code from} has. */
  private List<AreaReducer> reducers(List<ImageSize> sizes, int fromWidth, int fromHeight) {
    int width = turned ? picture.height() : picture.width();
    int height = turned ? picture.width() : picture.height();
    List<AreaReducer> reducers = new ArrayList<>();
    if (sizes == null) {
      int step = step();
      reducers.add(
          new AreaReducer(
              fromWidth,
              fromHeight,
              Math.min(fromWidth, ceil(picture.width(), step)),
              Math.min(fromHeight, ceil(picture.height(), step))));
      return reducers;
    }
    for (ImageSize size : sizes) {
      int across = size.width(width, height);
      int down = size.height(width, height);
      reducers.add(
          new AreaReducer(
              fromWidth,
              fromHeight,
              Math.min(fromWidth, turned ? down : across),
              Math.min(fromHeight, turned ? across : down)));
    }
    return reducers;
  }

  private int step() {
    int step = Math.max(1, Math.min(picture.width(), picture.height()) / LEAST_SIDE);
    while ((long) (picture.width() / step) * (picture.height() / step) > LARGE_PIXELS) {
      step++;
    }
    return step;
  }

  private Consumer<byte[]> into(List<AreaReducer> reducers) {
    return rgb -> {
      in.requireTime();
      if (rows++ >= earlierRows) {
        for (AreaReducer reducer : reducers) {
          reducer.add(rgb);
        }
      }
    };
  }

  private void stream(ImageReader reader, RowRaster raster) throws IOException {
    requireSize(reader.getWidth(0), reader.getHeight(0), 1);
    ReadWatch watch = new ReadWatch(in);
    reader.addIIOReadWarningListener(watch);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(raster.image(reader.getImageTypes(0).next().getColorModel()));
    reader.read(0, param);
    watch.requireComplete(picture);
    requireSize(picture.width(), raster.rows(), 1);
  }

  private List<AreaReducer> fromMemory(ImageReader reader, List<ImageSize> sizes)
      throws IOException {
    int step = 1;
    while ((long) ceil(picture.width(), step)
            * ceil(picture.height(), step)
            * picture.bytesPerPixel()
        > MOST_MEMORY) {
      step++;
    }
    int width = ceil(picture.width(), step);
    int height = ceil(picture.height(), step);
    PixelReader.Rows source =
        isFourChannels()
            ? PixelReader.fourChannelRows(readRaster(reader, step), picture.colours())
            : PixelReader.rows(readImage(reader, step));
    List<AreaReducer> reducers = reducers(sizes, width, height);
    Consumer<byte[]> into = into(reducers);
    byte[] rgb = new byte[3 * width];
    for (int y = 0; y < height; y++) {
      source.read(y, rgb);
      into.accept(rgb);
    }
    return reducers;
  }

  private boolean isFourChannels() {
    return picture.colours() != CheckedPicture.Colours.STANDARD;
  }

  private BufferedImage readImage(ImageReader reader, int step) throws IOException {
    ReadWatch watch = watched(reader);
    BufferedImage image = reader.read(0, everyPixel(reader, step));
    watch.requireComplete(picture);
    requireSize(image.getWidth(), image.getHeight(), step);
    return image;
  }

  private Raster readRaster(ImageReader reader, int step) throws IOException {
    ReadWatch watch = watched(reader);
    Raster raster = reader.readRaster(0, everyPixel(reader, step));
    watch.requireComplete(picture);
    requireSize(raster.getWidth(), raster.getHeight(), step);
    return raster;
  }

  private ReadWatch watched(ImageReader reader) {
    ReadWatch watch = new ReadWatch(in);
    reader.addIIOReadProgressListener(watch);
    reader.addIIOReadWarningListener(watch);
    return watch;
  }

  private static ImageReadParam everyPixel(ImageReader reader, int step) {
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(step, step, 0, 0);
    return param;
  }

  /** A reader that understands the header otherwise than we did was not held by the limits. */
  private void requireSize(int foundWidth, int foundHeight, int step) throws DamageException {
    int width = ceil(picture.width(), step);
    int height = ceil(picture.height(), step);
    if (foundWidth != width || foundHeight != height) {
      throw new DamageException(
          String.format(
              Locale.ROOT,
              "is damaged: %d x %d pixels announced, %d x %d found",
              width,
              height,
              foundWidth,
              foundHeight));
    }
  }

  private static int ceil(int length, int step) {
    return (length + step - 1) / step;
  }
}
