package org.seesong.build;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Picture;
import org.seesong.encoder.ImageEncoder;

/**
 * The first stages of a build and an addition: reads a catalogue and encodes its pictures, and
 * stops where more is left out than the limits allow.
 *
 * @param strict whether a row or picture that must be left out is a failure
 */
record CatalogueIntake(
    CatalogueOptions files, int threads, boolean strict, LossCheck loss, StageLog log) {
  /** Problems that a message about a catalogue without songs or pictures lists. */
  private static final int PRINTED = 20;

  /**
   * Reads the catalogue.
   *
   * @param some whether there must be both songs and pictures
   */
  Catalogue read(boolean some) throws IOException {
    log.start(Stage.CATALOGUE);
    Catalogue catalogue = CatalogueReader.read(files);
    if (strict && !catalogue.problems().isNothingLost()) {
      throw new RejectedRowsException(catalogue.problems());
    }
    if (some) {
      requireSome(catalogue);
    }
    loss.songs(catalogue.songs().size(), catalogue.problems());
    loss.pictures(catalogue.pictures().size(), catalogue.problems(), List.of());
    log.finish(
        "%,d songs, %,d pictures, %,d rows left out%s",
        catalogue.songs().size(),
        catalogue.pictures().size(),
        catalogue.problems().leftOut(),
        notTaken(catalogue));
    return catalogue;
  }

  private static void requireSome(Catalogue catalogue) throws IOException {
    if (catalogue.songs().isEmpty() || catalogue.pictures().isEmpty()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the catalogue has %d songs and %d pictures that can be used; an index needs some of"
                  + " both%s%s",
              catalogue.songs().size(),
              catalogue.pictures().size(),
              notTaken(catalogue),
              catalogue.problems().isEmpty()
                  ? ""
                  : "; left out:\n" + catalogue.problems().list(PRINTED).stripTrailing()));
    }
  }

  private static String notTaken(Catalogue catalogue) {
    return catalogue.notTaken().isEmpty() ? "" : "; " + catalogue.notTaken().summary();
  }

  /**
   * Encodes what is not known yet and closes the encoder, which holds more memory than the rest.
   *
   * @param parts computes elsewhere, if present
   */
  EncodedPictures encode(
      Catalogue catalogue, ImageEncoder encoder, PictureFiles store, Optional<BuildParts> parts)
      throws IOException, InterruptedException {
    log.start(Stage.ENCODING);
    List<Picture> pictures = catalogue.pictures();
    LongConsumer progress = done -> log.progress(done, pictures.size());
    EncodedPictures encoded;
    if (parts.isPresent()) {
      encoded = parts.get().encode(pictures, encoder, files.pictureLimits(), store, progress);
    } else {
      encoded =
          new PictureEncoding(encoder, store, files.pictureLimits(), progress)
              .encode(pictures.stream().map(Picture::file).toList(), threads);
    }
    encoder.close();
    log.finish(
        "%,d encoded, %,d known already, %,d unreadable",
        encoded.encoded(), encoded.reused(), encoded.problems().size());
    return encoded;
  }

  /** Stops if too many pictures cannot be read. */
  void requireReadable(Catalogue catalogue, EncodedPictures encoded) throws IOException {
    if (strict && !encoded.problems().isEmpty()) {
      throw new RejectedRowsException(encoded.problems());
    }
    int readable = catalogue.pictures().size() - encoded.problems().size();
    loss.pictures(readable, catalogue.problems(), encoded.problems());
  }

  /** All stages end in the same way when their thread is interrupted. */
  static InterruptedException interrupted(CancellationException cause) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }
}
