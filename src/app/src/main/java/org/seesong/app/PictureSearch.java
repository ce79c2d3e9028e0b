package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageEncoder;
import org.seesong.image.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.SongFilter;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.vector.VectorSpace;

/** An open index with the encoder that fits it. */
final class PictureSearch implements AutoCloseable {
  /** Option of an index that names the encoder it was built with, as a user calls it. */
  static final String ENCODER_NAME = "encoder";

  private final ImageDecoder decoder = new ImageDecoder();
  private final CatalogueIndex index;
  private final ImageEncoder encoder;

  private PictureSearch(CatalogueIndex index, ImageEncoder encoder) {
    this.index = index;
    this.encoder = encoder;
  }

  /** Opens a built folder; an encoder of null is the one the index names. */
  static PictureSearch open(Path folder, String encoderName) throws IOException {
    CatalogueIndex index = CatalogueIndex.open(indexOf(folder));
    try {
      String name =
          encoderName != null
              ? encoderName
              : index.identity().build().options().getOrDefault(ENCODER_NAME, "descriptor");
      ImageEncoder encoder = ModelHome.fromEnvironment().open(name);
      try {
        index.requireEncoder(new VectorSpace(encoder.id(), encoder.dimension()));
        return new PictureSearch(index, encoder);
      } catch (IOException | RuntimeException e) {
        encoder.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** A build's folder holds its index in a folder of its own; that one may be named as well. */
  static Path indexOf(Path folder) {
    Path inner = folder.resolve("index");
    return Files.isDirectory(inner) ? inner : folder;
  }

  CatalogueIndex index() {
    return index;
  }

  Answer search(Path picture, TwoHopOptions options) throws IOException {
    long start = System.nanoTime();
    RgbImage image = decoder.decode(picture);
    float[] vector =
        encoder.encode(List.of(image.resizedTo(encoder.inputSize(), encoder.inputSize())));
    long encodeNanos = System.nanoTime() - start;
    TwoHopResult result = new TwoHopSearcher(index).search(vector, options);
    return new Answer(result, index.identity(), encodeNanos);
  }

  static List<SongFilter> filters(List<String> texts) {
    return texts.stream().map(SongFilter::parse).toList();
  }

  @Override
  public void close() throws IOException {
    try (index) {
      encoder.close();
    }
  }
}
