package org.seesong.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seesong.build.KeywordLookup;
import org.seesong.catalogue.FileNames;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.DecoderLimits;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageSize;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.PictureFilter;
import org.seesong.query.SongFilter;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.vector.EncodedImage;

/** An open index with the encoder that fits it, which is loaded when a picture needs it. */
final class PictureSearch implements AutoCloseable {
  /** Option of an index that names the encoder it was built with, as a user calls it. */
  static final String ENCODER_NAME = "encoder";

  private final ImageDecoder decoder;
  private final CatalogueIndex index;
  private final KeywordLookup keywords;
  private final TwoHopSearcher searcher;
  private final String encoderName;
  private ImageEncoder encoder;

  private PictureSearch(CatalogueIndex index, String encoderName, DecoderLimits limits)
      throws IOException {
    this.index = index;
    this.keywords = new KeywordLookup(index);
    this.decoder = new ImageDecoder(limits);
    this.searcher = new TwoHopSearcher(index);
    this.encoderName = encoderName;
  }

  /** Opens a built folder; an encoder of null is the one the index names. */
  static PictureSearch open(Path folder, String encoderName, DecoderLimits limits)
      throws IOException {
    CatalogueIndex index = CatalogueIndex.open(folder);
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
      WeightedName file = WeightedName.parse(text, new File(text).exists());
      examples.add(new Example.Encoded(encode(FileNames.path(file.name())), file.weight()));
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

  private Answer search(TwoHopQuery asked, TwoHopOptions options, long encodeNanos)
      throws IOException {
    TwoHopQuery query =
        asked instanceof TwoHopQuery.Keyword keyword
            ? new TwoHopQuery.Keyword(keywords.find(keyword.keyword()))
            : asked;
    TwoHopResult result = searcher.search(query, options);
    return new Answer(result, index.identity(), encodeNanos);
  }

  private EncodedImage encode(Path picture) throws IOException {
    byte[] bytes = decoder.read(picture); // before a network is loaded in vain
    if (encoder == null) {
      encoder = openEncoder();
    }
    List<ImageSize> size = List.of(ImageSize.square(encoder.inputSize()));
    return encoder.encode(
        decoder.decode(bytes, String.valueOf(picture.getFileName()), size).get(0));
  }

  private ImageEncoder openEncoder() throws IOException {
    ImageEncoder opened = ModelHome.fromEnvironment().open(encoderName);
    try {
      index.requireEncoder(opened.space());
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The options with keywords in filters as the index writes them. */
  TwoHopOptions withKeywordsOfIndex(TwoHopOptions options) throws IOException {
    List<SongFilter> songs = new ArrayList<>();
    for (SongFilter filter : options.filters()) {
      songs.add(
          filter.field().equalsIgnoreCase("keyword")
              ? new SongFilter(filter.field(), filter.negated(), keywords.find(filter.value()))
              : filter);
    }
    List<PictureFilter> pictures = new ArrayList<>();
    for (PictureFilter filter : options.pictureFilters()) {
      pictures.add(
          filter.field().equals("keyword")
              ? new PictureFilter("keyword", filter.negated(), keywords.find(filter.value()))
              : filter);
    }
    return options.withFilters(songs).withPictureFilters(pictures);
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
