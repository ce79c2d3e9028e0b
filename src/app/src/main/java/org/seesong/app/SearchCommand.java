package org.seesong.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.PictureHit;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers which songs fit a picture. */
@Command(
    name = "search",
    description = "Finds the songs that fit a picture.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong search my-index photo.jpg",
      "  seesong search my-index photo.jpg --songs 20 --filter language=en --json",
      "  seesong search my-index photo.jpg --filter year=1990..1999 --filter artist!=Anon"
    })
final class SearchCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "JPEG, PNG, GIF, BMP or WebP.")
  private Path picture;

  @Option(
      names = "--songs",
      paramLabel = "N",
      description = "Songs to find (default: pictures times songs per picture).")
  private Integer songs;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "5",
      description = "Nearest pictures to start from (default: ${DEFAULT-VALUE}).")
  private int pictures;

  @Option(
      names = "--songs-per-picture",
      paramLabel = "N",
      defaultValue = "2",
      description = "Songs of each picture (default: ${DEFAULT-VALUE}).")
  private int songsPerPicture;

  @Option(
      names = "--filter",
      paramLabel = "FIELD=VALUE",
      description = {
        "Only songs whose field has the value: language, artist, title, year, popularity or any"
            + " attribute. Ranges as 1990..1999, negation as field!=value. May be given again;"
            + " all must hold."
      })
  private List<String> filters = List.of();

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description = "Encoder for the picture (default: the one the index was built with).")
  private String encoder;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  private final Console console;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (PictureSearch search = PictureSearch.open(folder, encoder)) {
      TwoHopOptions options =
          TwoHopOptions.DEFAULT
              .withPictures(pictures)
              .withSongsPerPicture(songsPerPicture)
              .withFilters(PictureSearch.filters(filters));
      Answer answer = search.search(picture, songs == null ? options : options.withSongs(songs));
      if (json) {
        console.json(answer.toMap());
      } else {
        print(answer);
      }
      UntrainedNotice.show(console, answer.identity().visual().id());
    }
    return Seesong.DONE;
  }

  private void print(Answer answer) {
    console.data("Pictures like " + picture);
    for (PictureHit hit : answer.result().pictures()) {
      console.data(
          String.format(
              Locale.ROOT,
              "  %-40s %8.4f  %s",
              hit.picture().path(),
              hit.distance(),
              hit.picture().keywords().stream()
                  .map(WeightedKeyword::keyword)
                  .collect(Collectors.joining(" "))));
    }
    console.data("");
    console.data("Songs");
    for (SongHit hit : answer.result().songs()) {
      console.data(SongLine.of(hit));
    }
    console.log(
        String.format(
            Locale.ROOT,
            "encoded in %.0f ms, pictures in %.1f ms, songs in %.1f ms",
            answer.encodeMillis(),
            answer.hopOneMillis(),
            answer.hopTwoMillis()));
  }
}
