package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seesong.image.DecoderLimits;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageEncoder;
import org.seesong.image.ImageSize;
import org.seesong.image.ModelHome;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.SongFilter;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/** An open index with the encoder that fits it, which is loaded when a picture needs it. */
final class PictureSearch implements AutoCloseable {
  /** Option of an index that names the encoder it was built with, as a user calls it. */
  static final String ENCODER_NAME = "encoder";

  private final ImageDecoder decoder;
  private final CatalogueIndex index;
  private final TwoHopSearcher searcher;
  private final String encoderName;
  private ImageEncoder encoder;

  private PictureSearch(CatalogueIndex index, String encoderName, DecoderLimits limits)
      throws IOException {
    this.index = index;
    this.decoder = new ImageDecoder(limits);
    this.searcher = new TwoHopSearcher(index);
    this.encoderName = encoderName;
  }

  /** Opens a built folder; an encoder of null is the one the index names. */
  static PictureSearch open(Path folder, String encoderName, DecoderLimits limits)
      throws IOException {
    CatalogueIndex index = CatalogueIndex.open(indexOf(folder));
    try {
      String name =
          encoderName != null
              ? encoderName
              : index.identity().build().options().getOrDefault(ENCODER_NAME, "descriptor");
      return new PictureSearch(index, name, limits);
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

  /** Songs that fit a picture. */
  Answer search(Path picture, TwoHopOptions options) throws IOException {
    long start = System.nanoTime();
    Example example = new Example.Encoded(encode(picture), 1);
    return search(new TwoHopQuery.Pictures(List.of(example)), options, System.nanoTime() - start);
  }

  /** Songs that fit files and pictures of the index together, each perhaps with its weight. */
  Answer search(List<String> files, List<String> pictureIds, TwoHopOptions options)
      throws IOException {
    long start = System.nanoTime();
    List<Example> examples = new ArrayList<>();
    for (String text : files) {
      WeightedName file = WeightedName.parse(text, Files.exists(Path.of(text)));
      examples.add(new Example.Encoded(encode(Path.of(file.name())), file.weight()));
    }
    for (String text : pictureIds) {
      WeightedName id = WeightedName.parse(text, index.picture(text).isPresent());
      examples.add(new Example.Indexed(id.name(), id.weight()));
    }
    return search(new TwoHopQuery.Pictures(examples), options, System.nanoTime() - start);
  }

  /** Songs that fit a query that needs no encoder. */
  Answer search(TwoHopQuery query, TwoHopOptions options) throws IOException {
    return search(query, options, 0);
  }

  private Answer search(TwoHopQuery query, TwoHopOptions options, long encodeNanos)
      throws IOException {
    TwoHopResult result = searcher.search(query, options);
    return new Answer(result, index.identity(), encodeNanos);
  }

  private FloatVector encode(Path picture) throws IOException {
    byte[] bytes = decoder.read(picture); // before a network is loaded in vain
    if (encoder == null) {
      encoder = openEncoder();
    }
    List<ImageSize> size = List.of(ImageSize.square(encoder.inputSize()));
    return new FloatVector(
        encoder.encode(decoder.decode(bytes, String.valueOf(picture.getFileName()), size)));
  }

  private ImageEncoder openEncoder() throws IOException {
    ImageEncoder opened = ModelHome.fromEnvironment().open(encoderName);
    try {
      index.requireEncoder(new VectorSpace(opened.id(), opened.dimension()));
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  static List<SongFilter> filters(List<String> texts) {
    return texts.stream().map(SongFilter::parse).toList();
  }

  @Override
  public void close() throws IOException {
    try (index) {
      if (encoder != null) {
        encoder.close();
      }
    }
  }
}
