package org.seesong.app;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.build.CatalogueChange;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.FieldBytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives back the space of what was removed or replaced. */
@Command(
    name = "compact",
    description = {
      "Merges an index into one part: what was removed or replaced gives back its space, and"
          + " searches take their shortest way. Searches go on meanwhile. Takes about as long as"
          + " writing the index, and up to twice its space until it is done."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  seesong index compact my-index --wait 600")
final class IndexCompactCommand implements Callable<Integer> {
  @Mixin private final ChangeSettings change = new ChangeSettings();

  @Option(names = "--json", description = "Print sizes as JSON.")
  private boolean json;

  private final Console console;

  IndexCompactCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    long before = bytes();
    CatalogueChange.compact(change.folder(), change.timeout());
    long after = bytes();
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("bytesBefore", before);
      map.put("bytesAfter", after);
      console.json(map);
    } else {
      console.data(
          String.format(
              Locale.ROOT, "index of %,d KB, %,d KB before", after / 1024, before / 1024));
    }
    return Seesong.DONE;
  }

  private long bytes() throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(change.folder().resolve("index"))) {
      return FieldBytes.of(index).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
