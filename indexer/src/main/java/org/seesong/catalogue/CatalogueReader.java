package org.seesong.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reads what owners wrote about their songs and pictures; the entry to this package.
 *
 * <p>Rows that are wrong are left out and reported, all of them, so that an owner mends the
 * catalogue in one go; the good rows go on. Only files that cannot be read at all end the reading.
 *
 * <p>Fields of songs: {@code id}; {@code title}, {@code lyrics}, at least one of them; {@code
 * artist}, {@code language}, {@code popularity}, {@code year}; all others become attributes. Fields
 * of pictures: {@code path}; {@code id}, {@code keyword} or {@code keywords}, which hold several
 * keywords separated by {@code |}, each with a weight if wanted ({@code 雪:0.8|山}), or in JSON a
 * list of texts or of {@code {"keyword": "雪", "weight": 0.8}}; all others are left aside. These
 * names count in upper and lower case.
 *
 * <p>Time and memory are linear in the size of the files; only the rows themselves are kept.
 */
public final class CatalogueReader {
  private static final List<List<String>> SONG_COLUMNS =
      List.of(List.of("id"), List.of("title", "lyrics"));
  private static final List<List<String>> PICTURE_COLUMNS = List.of(List.of("path"));

  private final CatalogueOptions options;
  private final ProblemCollector problems = new ProblemCollector();

  private CatalogueReader(CatalogueOptions options) {
    this.options = options;
  }

  /**
   * Reads all files, songs before pictures, each in the order given.
   *
   * @param options which files
   * @return the good rows and the problems
   * @throws CatalogueException if files are missing, of unknown kind or break while they are read;
   *     all files that are missing or unknown are named at once
   */
  public static Catalogue read(CatalogueOptions options) throws CatalogueException {
    return new CatalogueReader(options).read();
  }

  /**
   * Refuses files that {@link #read} would refuse, before anything is done.
   *
   * @param options which files
   * @throws CatalogueException if files are missing or of unknown kind; names them all
   */
  public static void requireSources(CatalogueOptions options) throws CatalogueException {
    new CatalogueReader(options).checkSources();
  }

  private Catalogue read() throws CatalogueException {
    checkSources();
    SongRows songs = new SongRows(problems);
    for (Path file : options.songFiles()) {
      readRows(file, SONG_COLUMNS, songs::add);
    }
    PictureRows pictures = new PictureRows(problems, options);
    FilesNotTaken.Counter notTaken = new FilesNotTaken.Counter();
    for (Path source : options.pictureSources()) {
      if (Files.isDirectory(source)) {
        readTree(source, pictures, notTaken);
      } else {
        readRows(source, PICTURE_COLUMNS, pictures::add);
      }
    }
    return new Catalogue(songs.songs(), pictures.pictures(), problems.problems(), notTaken.total());
  }

  private void checkSources() throws CatalogueException {
    List<String> faults = new ArrayList<>();
    for (Path file : options.songFiles()) {
      if (Files.isDirectory(file)) {
        faults.add("song file " + file + " is a folder; name the .jsonl or .csv file in it");
      } else {
        checkFile("song file", file, faults);
      }
    }
    for (Path source : options.pictureSources()) {
      if (!Files.isDirectory(source)) {
        checkFile("picture source", source, faults);
      }
    }
    if (!faults.isEmpty()) {
      throw new CatalogueException(String.join("\n", faults));
    }
  }

  private static void checkFile(String what, Path file, List<String> faults) {
    if (!Files.exists(file)) {
      faults.add(what + " " + file + " does not exist");
    } else if (!Files.isReadable(file)) {
      faults.add(what + " " + file + " cannot be read; check its permissions");
    } else if (!extension(file).matches("jsonl|ndjson|json|csv|tsv")) {
      faults.add(
          what
              + " "
              + file
              + " is of no known kind; the name must end in .jsonl, .ndjson, .json, .csv or .tsv");
    }
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private void readRows(Path file, List<List<String>> columns, Consumer<Row> rows)
      throws CatalogueException {
    try {
      switch (extension(file)) {
        case "csv" -> new CsvRows(problems, ',', columns).read(file, rows);
        case "tsv" -> new CsvRows(problems, '\t', columns).read(file, rows);
        default -> new JsonLines(problems).read(file, rows);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new CatalogueException("reading " + file + " failed: " + e.getMessage(), e);
    }
  }

  private void readTree(Path root, PictureRows pictures, FilesNotTaken.Counter notTaken)
      throws CatalogueException {
    try {
      PictureTree.visit(root, problems, notTaken).forEach(pictures::addFromTree);
    } catch (IOException e) {
      throw new CatalogueException("reading folder " + root + " failed: " + e.getMessage(), e);
    }
  }
}
