package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seesong.encoder.EncoderException;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;

/** What the doctor looks at of an index: whether it opens, and whether what made it is here. */
final class IndexChecks {
  private IndexChecks() {}

  static List<Finding> of(Path folder, ModelHome home) {
    List<Finding> findings = new ArrayList<>();
    try (CatalogueIndex index = CatalogueIndex.open(IndexCommand.indexOf(folder))) {
      IndexMetadata metadata = index.metadata();
      findings.add(
          Finding.ok(
              "index",
              String.format(
                  Locale.ROOT,
                  "%s opens: %,d songs, %,d pictures, layout %d; all of it is read by 'seesong"
                      + " check'",
                  folder,
                  index.songs(),
                  index.pictures(),
                  metadata.layoutVersion())));
      findings.add(encoder(metadata, home));
      metadata.textSpace().ifPresent(space -> findings.add(text(space.id())));
    } catch (IOException | IllegalArgumentException e) {
      findings.add(
          Finding.problem(
              "index",
              folder + ": " + Failures.message(e),
              "name the folder that a build made, or build it again: seesong build --help"));
    }
    return findings;
  }

  private static Finding encoder(IndexMetadata metadata, ModelHome home) {
    String wanted = metadata.encoderSpace().id();
    String name = metadata.encoderName();
    try (ImageEncoder encoder = home.open(name)) {
      return encoder.id().equals(wanted)
          ? Finding.ok("encoder", name + " is installed, as the index wants it")
          : Finding.problem(
              "encoder",
              "the index holds vectors of " + wanted + ", but " + name + " is " + encoder.id(),
              "install the model that it was built with, or build the index again");
    } catch (IOException | EncoderException e) {
      return Finding.problem(
          "encoder",
          Failures.message(e),
          "install the model that the index was built with: seesong model import --help; searches"
              + " by words, keywords and songs work without");
    }
  }

  private static Finding text(String id) {
    try (TextEncoder encoder = TextModel.openEncoder(id)) {
      return Finding.ok("words", encoder.id() + " is there, as the index wants it");
    } catch (IOException | EncoderException e) {
      return Finding.problem(
          "words",
          Failures.message(e),
          "build the index again for 'search --words', or search by pictures alone");
    }
  }
}
