package org.seesong.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.seesong.testing.Fuzzing;

/** Catalogues: the first byte says as what the rest is read. */
public final class CatalogueFuzz {
  private static final Path CSV = Fuzzing.file(".csv");
  private static final Path JSONL = Fuzzing.file(".jsonl");

  private CatalogueFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    Path file = (input[0] & 1) == 0 ? CSV : JSONL;
    Files.write(file, Arrays.copyOfRange(input, 1, input.length));
    List<Path> files = List.of(file);
    try {
      Catalogue read =
          CatalogueReader.read(
              (input[0] & 2) == 0
                  ? CatalogueOptions.of(files, List.of())
                  : CatalogueOptions.of(List.of(), files));
      if (read.songs().stream().map(Song::id).distinct().count() != read.songs().size()) {
        throw new IllegalStateException("two songs of one id");
      }
    } catch (CatalogueException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException(e);
      }
    }
  }
}
