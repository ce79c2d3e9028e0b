package org.seesong.build;

import java.io.IOException;
import java.util.Optional;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.index.IndexCheck;
import org.seesong.index.IndexMetadata;

/** Writes the index of a fitted catalogue, unless the one that is there is the same. */
record IndexStage(
    BuildOptions options, BuildFolder folder, Optional<BuildParts> parts, StageLog log) {
  void write(FittedCatalogue fitted, CatalogueModel model, IndexMetadata metadata)
      throws IOException, InterruptedException {
    log.start(Stage.INDEX);
    if (isUpToDate(metadata)) {
      log.finish("unchanged, nothing to write");
      return;
    }
    int pictures = fitted.catalogue().pictures().size();
    int songs = fitted.catalogue().songs().size();
    if (parts.isPresent()) {
      parts.get().index(fitted, model, metadata, log);
    } else {
      writeHere(fitted, model, metadata);
    }
    log.progress(pictures + songs, pictures + songs);
    log.finish("%,d pictures and %,d songs", fitted.readablePictures(), songs);
  }

  private void writeHere(FittedCatalogue fitted, CatalogueModel model, IndexMetadata metadata)
      throws IOException {
    int pictures = fitted.catalogue().pictures().size();
    int songs = fitted.catalogue().songs().size();
    int total = pictures + songs;
    try (CatalogueIndexWriter writer =
        CatalogueIndexWriter.open(folder.index(), options.vectors())) {
      for (int picture = 0; picture < pictures; picture++) {
        if (fitted.encoded().isReadable(picture)) {
          writer.addPicture(fitted.picture(picture, model));
        }
        log.progress(picture + 1L, total);
      }
      for (int song = 0; song < songs; song++) {
        writer.addSong(fitted.song(song, model));
        log.progress(pictures + song + 1L, total);
      }
      writer.commit(metadata);
    }
  }

  /** Whether the index that is there was made of the same inputs and options, and is whole. */
  private boolean isUpToDate(IndexMetadata metadata) {
    try (CatalogueIndex index = CatalogueIndex.open(folder.index())) {
      return index.metadata().equals(metadata) && IndexCheck.damagedFiles(folder.index()).isEmpty();
    } catch (IOException e) {
      return false; // none there, or of another layout or damaged: it is written again
    }
  }
}
