package org.seesong.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * One fixed reader per format. ImageIO's own choice depends on what plug-ins the class path or
 * another application of a container has registered; here the JDK's readers are taken by class name
 * and TwelveMonkeys' are made directly.
 */
final class ImagePlugins {
  private ImagePlugins() {}

  static ImageReader reader(PictureFormat format) throws IOException {
    ImageReaderSpi provider =
        switch (format) {
          case JPEG -> jdk(ImageReaderSpi.class, "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
          case PNG -> jdk(ImageReaderSpi.class, "com.sun.imageio.plugins.png.PNGImageReaderSpi");
          case GIF -> jdk(ImageReaderSpi.class, "com.sun.imageio.plugins.gif.GIFImageReaderSpi");
          case BMP -> new BMPImageReaderSpi();
          case WEBP -> new WebPImageReaderSpi();
        };
    return provider.createReaderInstance();
  }

  static ImageWriter jpegWriter() {
    try {
      return jdk(ImageWriterSpi.class, "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi")
          .createWriterInstance();
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK's JPEG writer does not start", e);
    }
  }

  private static <T extends ImageReaderWriterSpi> T jdk(Class<T> kind, String className) {
    Iterator<T> found =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                kind, provider -> provider.getClass().getName().equals(className), false);
    if (!found.hasNext()) {
      throw new IllegalStateException(
          "this Java runtime lacks " + className + "; run with a full JDK (module java.desktop)");
    }
    return found.next();
  }
}
