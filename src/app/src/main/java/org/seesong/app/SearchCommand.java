package org.seesong.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seesong.build.KeywordLookup;
import org.seesong.catalogue.FileNames;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.PictureHit;
import org.seesong.query.QueryException;
import org.seesong.query.SearchMode;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.query.TwoHopResult;
import org.seesong.select.Confidence;
import org.seesong.vector.EncodedImage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers which songs fit pictures, words, a keyword or a song. */
@Command(
    name = "search",
    description = {
      "Finds the songs that fit a picture, or several, or words, or a keyword, or another song."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong search my-index photo.jpg",
      "  seesong search my-index photo.jpg --songs 20 --filter language=en --json",
      "  seesong search my-index photo.jpg --filter year=1990..1999 --filter artist!=Anon",
      "  curl -s https://example.org/photo.jpg | seesong search my-index -",
      "  seesong search my-index beach.jpg:2 dusk.jpg crowd.jpg:-0.5",
      "  seesong search my-index photo.jpg --boost star --boost rain:-0.5",
      "  seesong search my-index photo.jpg --words \"alone on a rainy night\"",
      "  seesong search my-index --words \"spring flowers\" --without-words wine",
      "  seesong search my-index --keyword snow --max-per-artist 1",
      "  seesong search my-index --song 42"
    })
final class SearchCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PICTURE[:WEIGHT]",
      description = {
        "JPEG, PNG, GIF, BMP or WebP; - is standard input. Of several, each counts by its weight (1"
            + " if none is given); a negative one asks for less like that."
      })
  private List<String> pictureFiles = List.of();

  @Option(
      names = "--picture-id",
      paramLabel = "ID[:WEIGHT]",
      description = "A picture of the index to ask by; may be given again and beside PICTUREs.")
  private List<String> pictureIds = List.of();

  @Option(names = "--keyword", paramLabel = "WORD", description = "Ask by a keyword of the index.")
  private String keyword;

  @Option(names = "--song", paramLabel = "ID", description = "Ask by a song of the index.")
  private String song;

  @Option(
      names = "--words",
      paramLabel = "TEXT",
      description = {
        "What songs should speak of, in the lyrics' language; alone or beside pictures. At most 500"
            + " characters, of which some 100 Chinese characters or 80 English words are read."
      })
  private String words;

  @Option(
      names = "--without-words",
      paramLabel = "TEXT",
      description = "What songs should rather not speak of; beside --words or pictures.")
  private String withoutWords;

  @Option(
      names = "--words-weight",
      paramLabel = "W",
      description = "Weight of words against pictures, 0 to 1 (default: 0.5).")
  private Double wordsWeight;

  @Option(names = "--songs", paramLabel = "N", description = "Songs to find (default: 10).")
  private Integer songs;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "Nearest pictures to start from (default: 10).")
  private Integer pictures;

  @Option(
      names = "--songs-per-picture",
      paramLabel = "N",
      description = "Find this many songs for each picture, in place of --songs.")
  private Integer songsPerPicture;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = {
        "Where the other options begin: default, or paper for the paper's way, 5 pictures that"
            + " take turns."
      })
  private String preset = "default";

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
      names = "--picture-filter",
      paramLabel = "FIELD=VALUE",
      description = {
        "Start only from pictures with this keyword, with this id, or whose path begins so:"
            + " keyword=snow, id!=p7, path=flowers/. May be given again; all must hold."
      })
  private List<String> pictureFilters = List.of();

  @Option(
      names = "--boost",
      paramLabel = "WORD[:WEIGHT]",
      description = {
        "Songs with more of a keyword: 1 (if none is given) counts it as much as all that is asked"
            + " by, -10 to 10; a negative weight asks for less of it. May be given again."
      })
  private List<String> boosts = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "ID",
      split = ",",
      description = "Songs that must not be in the answer; several with commas or given again.")
  private List<String> excluded = List.of();

  @Option(
      names = "--coverage",
      paramLabel = "B",
      description = {
        "How strongly later songs should cover topics that earlier ones have not covered, 0 to 1; 0"
            + " lets single pictures take turns (default: 0.15)."
      })
  private Double coverage;

  @Option(
      names = "--variety",
      paramLabel = "V",
      description = {
        "How far songs that fit nearly as well take turns from picture to picture, 0 to 1; 0 gives"
            + " the best always (default: 1)."
      })
  private Double variety;

  @Option(
      names = "--max-per-artist",
      paramLabel = "N",
      defaultValue = "0",
      description = "Songs of one artist at most (default: any number).")
  private int maxPerArtist;

  @Option(
      names = "--versions",
      description = {
        "Name the other versions of each song: songs with nearly the same lyrics take one place."
      })
  private boolean versions;

  @Option(
      names = "--fill",
      description = {
        "Give every place a song, however unsure it is that the song fits; without, such places"
            + " stay empty."
      })
  private boolean fill;

  @Option(
      names = "--exact",
      description = "Look at every vector, however many there are, and miss nothing.")
  private boolean exact;

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description = "Encoder for the picture (default: the one the index was built with).")
  private String encoder;

  @Mixin private final PictureLimits limits = new PictureLimits();

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Console console;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    requireOneQuestion();
    TwoHopOptions given = options();
    try (SongFinder finder =
        SongFinder.builder(folder).encoderName(encoder).limits(limits.limits()).open()) {
      TwoHopOptions options = finder.read(index -> new KeywordLookup(index).find(given));
      List<String> notes = finder.unmetFilters(options);
      notes.forEach(console::log);
      Answer answer = answer(finder, options);
      if (json) {
        console.json(toMap(answer));
      } else {
        print(answer, finder);
        tellConfidence(answer.result(), options);
      }
      // Where there is confidence, places may be empty for that; then it is said above.
      boolean filled = options.fill() || answer.result().confidence().isEmpty();
      if (answer.result().songs().isEmpty() && filled && notes.isEmpty() && !filters.isEmpty()) {
        console.log("no song with keywords meets all filters together");
      }
      UntrainedNotice.show(console, answer.metadata().encoderSpace().id());
    }
    return Seesong.DONE;
  }

  private void requireOneQuestion() {
    List<String> kinds = new ArrayList<>();
    if (!pictureFiles.isEmpty() || !pictureIds.isEmpty()) {
      kinds.add("pictures");
    }
    if (keyword != null) {
      kinds.add("--keyword");
    }
    if (song != null) {
      kinds.add("--song");
    }
    boolean pictured = kinds.equals(List.of("pictures"));
    if (words != null || withoutWords != null) {
      requireUsableWords(pictured);
      if (pictured) {
        return;
      }
      kinds.add("words");
    }
    if (wordsWeight != null) {
      throw usage("--words-weight is for words beside pictures; name both, or leave it out");
    }
    if ((keyword != null && keyword.isBlank()) || (song != null && song.isBlank())) {
      throw usage((song == null ? "--keyword" : "--song") + " must not be blank");
    }
    if (kinds.size() != 1) {
      throw usage(
          kinds.isEmpty()
              ? "name what to search by: a PICTURE, --picture-id, --words, --keyword or --song"
              : "search by one of these at a time: " + String.join(", ", kinds));
    }
  }

  private void requireUsableWords(boolean pictured) {
    if (words == null && !pictured) {
      throw usage("--without-words needs --words or a picture beside it");
    }
    if ((words != null && words.isBlank()) || (withoutWords != null && withoutWords.isBlank())) {
      throw usage("words must not be blank");
    }
    if (!pictured && !boosts.isEmpty()) {
      throw usage("--boost needs a picture, a keyword or a song to start from; words have none");
    }
    QueryWords.requireNotLong("--words", words);
    QueryWords.requireNotLong("--without-words", withoutWords);
    if (wordsWeight != null && !(wordsWeight >= 0 && wordsWeight <= 1)) {
      throw usage("--words-weight must be 0 to 1; got: " + wordsWeight);
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  private Answer answer(SongFinder finder, TwoHopOptions options) throws IOException {
    if (song != null) {
      return Answer.find(finder, new TwoHopQuery.Song(song), 0, options);
    }
    if (keyword != null) {
      String known = finder.read(index -> new KeywordLookup(index).find(keyword));
      return Answer.find(finder, new TwoHopQuery.Keyword(known), 0, options);
    }
    long start = System.nanoTime();
    Optional<TwoHopQuery.Pictures> pictured = pictures(finder);
    TwoHopQuery query;
    if (words == null && withoutWords == null) {
      query = pictured.orElseThrow();
    } else {
      TwoHopQuery.Words encoded =
          finder.read(
              index -> {
                KeywordLookup lookup = new KeywordLookup(index);
                return finder.words(fold(lookup, words), fold(lookup, withoutWords));
              });
      double weight = Objects.requireNonNullElse(wordsWeight, encoded.weight());
      query = pictured.isEmpty() ? encoded : encoded.with(pictured.get(), weight);
    }
    return Answer.find(finder, query, System.nanoTime() - start, options);
  }

  /** The pictures of the query with their weights; nothing if it has none. */
  private Optional<TwoHopQuery.Pictures> pictures(SongFinder finder) throws IOException {
    List<Example> examples = new ArrayList<>();
    StandardInput.requireOnce(
        pictureFiles.stream().filter(file -> file.matches("-(:.*)?")).count());
    try {
      for (String text : pictureFiles) {
        WeightedName file = WeightedName.parse(text, new File(text).exists());
        examples.add(new Example.Encoded(encode(finder, file.name()), file.weight()));
      }
      for (String text : pictureIds) {
        boolean known = finder.read(index -> index.picture(text).isPresent());
        WeightedName id = WeightedName.parse(text, known);
        examples.add(new Example.Indexed(id.name(), id.weight()));
      }
      return examples.isEmpty()
          ? Optional.empty()
          : Optional.of(new TwoHopQuery.Pictures(examples));
    } catch (QueryException e) { // of weights; what the index lacks is found later
      throw LibraryNames.usage(e);
    }
  }

  private EncodedImage encode(SongFinder finder, String file) throws IOException {
    return file.equals(StandardInput.NAME)
        ? finder.encode(StandardInput.picture(limits.limits()), StandardInput.TITLE)
        : finder.encode(FileNames.path(file));
  }

  private static String fold(KeywordLookup lookup, String text) {
    return text == null ? "" : lookup.fold(text);
  }

  private TwoHopOptions options() {
    try {
      TwoHopOptions.Builder options =
          preset()
              .filters(filters.toArray(String[]::new))
              .pictureFilters(pictureFilters.toArray(String[]::new))
              .boosts(boosts.toArray(String[]::new))
              .excludedSongs(new TreeSet<>(excluded))
              .maxPerArtist(maxPerArtist)
              .versions(versions)
              .mode(exact ? SearchMode.EXACT : SearchMode.AUTO);
      if (pictures != null) {
        options.pictures(pictures);
      }
      if (songsPerPicture != null) {
        options.songsPerPicture(songsPerPicture);
      }
      if (songs != null) {
        options.songs(songs);
      }
      if (fill) {
        options.fill(true);
      }
      if (coverage != null) {
        options.coverage(coverage);
      }
      if (variety != null) {
        options.variety(variety);
      }
      return options.build();
    } catch (QueryException e) {
      throw LibraryNames.usage(e);
    }
  }

  private void tellConfidence(TwoHopResult result, TwoHopOptions options) {
    double sure = result.confidence().orElse(1);
    if (sure < Confidence.LEAST_OF_PICTURE) {
      console.log(
          String.format(
              Locale.ROOT,
              "this picture is like nothing the catalogue knows (confidence %.2f)",
              sure));
    }
    int empty = options.songs() - result.songs().size();
    if (result.confidence().isPresent() && !options.fill() && empty > 0) {
      console.log(
          String.format(
              Locale.ROOT,
              "%d of %d places stay empty: no other song is likely to fit and passes the filters;"
                  + " --fill gives unlikely ones, too",
              empty,
              options.songs()));
    }
  }

  private TwoHopOptions.Builder preset() {
    return switch (preset) {
      case "default" -> TwoHopOptions.builder();
      case "paper" -> TwoHopOptions.PAPER.toBuilder();
      default ->
          throw new QueryException("--preset must be default or paper; got: '" + preset + "'");
    };
  }

  private String question() {
    if (keyword != null) {
      return "keyword '" + keyword + "'";
    }
    if (song != null) {
      return "song '" + song + "'";
    }
    List<String> names = new ArrayList<>(pictureFiles);
    names.addAll(pictureIds);
    return String.join(", ", names);
  }

  /** The answer as plain values, with the words that were asked by. */
  private Map<String, Object> toMap(Answer answer) {
    Map<String, Object> map = answer.toMap();
    if (words != null || withoutWords != null) {
      map.put("words", words);
      map.put("withoutWords", withoutWords);
    }
    return map;
  }

  private void print(Answer answer, SongFinder finder) throws IOException {
    if (!answer.result().pictures().isEmpty()) {
      printPictures(answer);
    }
    console.data("Songs" + wordsAsked());
    for (SongHit hit : answer.result().songs()) {
      console.data(SongLine.of(hit));
      if (!hit.versions().isEmpty()) {
        console.data(finder.read(index -> SongLine.versions(hit.versions(), index)));
      }
    }
    console.log(
        String.format(
            Locale.ROOT,
            "encoded in %.0f ms, pictures in %.1f ms, songs in %.1f ms",
            answer.encodeMillis(),
            answer.hopOneMillis(),
            answer.hopTwoMillis()));
  }

  private String wordsAsked() {
    return (words == null ? "" : " like '" + words + "'")
        + (withoutWords == null ? "" : " without '" + withoutWords + "'");
  }

  private void printPictures(Answer answer) {
    console.data(
        (song == null ? "Pictures like " : "Pictures near ")
            + question()
            + answer.result().confidence().stream()
                .mapToObj(sure -> String.format(Locale.ROOT, "  (known with %.2f)", sure))
                .findFirst()
                .orElse(""));
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
  }
}
