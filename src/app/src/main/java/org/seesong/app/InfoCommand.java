package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.FieldBytes;
import org.seesong.index.IndexMetadata;
import org.seesong.index.KeywordCount;
import org.seesong.vector.VectorSpace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what an index holds. */
@Command(
    name = "info",
    description = "Says what an index holds: counts, spaces, options, sizes, keywords.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  seesong info my-index", "  seesong info my-index --json"})
final class InfoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Option(names = "--json", description = "Print an object.")
  private boolean json;

  private final Console console;

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Path index = IndexCommand.indexOf(folder);
    try (CatalogueIndex open = CatalogueIndex.open(index)) {
      List<KeywordCount> keywords = open.keywords();
      if (json) {
        console.json(toMap(open, keywords, index));
      } else {
        print(open, keywords, index);
      }
      UntrainedNotice.show(console, open.metadata().encoderSpace().id());
    }
    return Seesong.DONE;
  }

  private Map<String, Object> toMap(CatalogueIndex open, List<KeywordCount> keywords, Path index)
      throws IOException {
    IndexMetadata identity = open.metadata();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("songs", open.songs());
    map.put("pictures", open.pictures());
    map.put("layout", identity.layoutVersion());
    map.put("encoder", identity.encoderSpace().id());
    UntrainedNotice.mark(map, identity.encoderSpace().id());
    map.put("visualDimension", identity.encoderSpace().dimension());
    map.put("embedding", identity.graphSpace().id());
    map.put("networkDimension", identity.graphSpace().dimension());
    map.put("textEncoder", identity.textSpace().map(VectorSpace::id).orElse(null));
    map.put("seed", identity.build().seed());
    map.put("vocabulary", identity.build().vocabularyHash());
    map.put("options", identity.build().options());
    map.put("indexBytes", bytes(index));
    map.put("bytesByField", FieldBytes.of(open));
    map.put("vectorBytes", bytes(folder.resolve("vectors")));
    map.put("keywords", keywords);
    return map;
  }

  private void print(CatalogueIndex open, List<KeywordCount> keywords, Path index)
      throws IOException {
    IndexMetadata identity = open.metadata();
    console.data(String.format(Locale.ROOT, "songs      %,d", open.songs()));
    console.data(String.format(Locale.ROOT, "pictures   %,d", open.pictures()));
    console.data("encoder    " + identity.encoderSpace());
    console.data("embedding  " + identity.graphSpace());
    console.data(
        "lyrics     " + identity.textSpace().map(VectorSpace::toString).orElse("no vectors"));
    console.data("seed       " + identity.build().seed());
    identity
        .build()
        .options()
        .forEach((name, value) -> console.data("option     " + name + ": " + value));
    console.data(
        String.format(
            Locale.ROOT,
            "size       index %,d KB, vectors kept for the next build %,d KB",
            bytes(index) / 1024,
            bytes(folder.resolve("vectors")) / 1024));
    console.data("");
    FieldBytes.of(open)
        .forEach(
            (field, bytes) ->
                console.data(String.format(Locale.ROOT, "%-32s %,12d bytes", field, bytes)));
    console.data("");
    console.data(
        "pictures that carry a keyword, by a label or propagated; keywords.csv counts labels");
    console.data(String.format(Locale.ROOT, "%-16s %8s %9s", "keyword", "songs", "pictures"));
    for (KeywordCount keyword : keywords) {
      console.data(
          String.format(
              Locale.ROOT,
              "%-16s %8d %9d",
              keyword.keyword(),
              keyword.songs(),
              keyword.pictures()));
    }
  }

  /** Bytes of all files in a folder; 0 if there is none. */
  private static long bytes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}
