package org.seesong.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.build.CatalogueChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes songs and pictures from an index. */
@Command(
    name = "remove",
    description = "Removes songs and pictures from an index.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong remove my-index --ids gone.txt",
      "  echo song:42 | seesong remove my-index --ids -",
      "",
      "A line of the file is an id; write song:ID or picture:ID where a song and a picture",
      "have the same. 'seesong index compact' gives back the space."
    })
final class RemoveCommand implements Callable<Integer> {
  private static final int PRINTED = 20;

  /** Of ids from standard input. */
  private static final int MOST_BYTES = 1 << 30;

  @Mixin private final ChangeSettings change = new ChangeSettings();

  @Option(
      names = "--ids",
      required = true,
      paramLabel = "FILE",
      description = "Ids of songs and pictures, one a line, UTF-8; - is standard input.")
  private Path ids;

  @Option(names = "--json", description = "Print what was done as JSON.")
  private boolean json;

  private final Console console;

  RemoveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    List<String> named = read(ids);
    CatalogueChange.Removal removal =
        CatalogueChange.remove(change.folder(), named, change.timeout());
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("songs", removal.songs());
      map.put("pictures", removal.pictures());
      map.put("notFound", removal.problems().size());
      map.put("songsNow", removal.songsNow());
      map.put("picturesNow", removal.picturesNow());
      console.json(map);
    } else {
      console.data(
          String.format(
              Locale.ROOT,
              "removed %,d songs and %,d pictures; %,d songs and %,d pictures are in the index now",
              removal.songs(),
              removal.pictures(),
              removal.songsNow(),
              removal.picturesNow()));
    }
    if (named.isEmpty()) {
      console.log(ids + " holds no ids, so nothing was removed; write one id a line");
    }
    removal.problems().stream().limit(PRINTED).forEach(console::log);
    if (removal.problems().size() > PRINTED) {
      console.log("... and " + (removal.problems().size() - PRINTED) + " more");
    }
    return removal.problems().isEmpty() ? Seesong.DONE : Seesong.REJECTED;
  }

  /** Lines without byte order marks, blank ones left out; ids may begin and end with spaces. */
  private static List<String> read(Path file) throws IOException {
    try {
      String text =
          StandardInput.isMeant(file)
              ? StandardInput.text(MOST_BYTES)
              : Files.readString(file, StandardCharsets.UTF_8);
      return text.lines().map(RemoveCommand::withoutMarks).filter(line -> !line.isBlank()).toList();
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": not valid UTF-8", e);
    }
  }

  /** Files that were joined have byte order marks at the start of lines. */
  private static String withoutMarks(String line) {
    int start = 0;
    while (start < line.length() && line.charAt(start) == '\uFEFF') {
      start++;
    }
    return line.substring(start);
  }
}
