package org.seesong.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seesong.io.AtomicFiles;

/**
 * The demo catalogue on disk: songs, pictures with their keywords, and query pictures that are not
 * among the catalogued ones. All of it ships with the program.
 */
public final class DemoCatalogue {
  private final Path folder;
  private final List<String> themes;

  private DemoCatalogue(Path folder, List<String> themes) {
    this.folder = folder;
    this.themes = themes;
  }

  /**
   * Copies the catalogue into a folder. Files that are there with the right content are left alone.
   *
   * @param folder where to write; made if it does not exist
   * @return the catalogue as written
   * @throws IOException if a file cannot be written
   */
  public static DemoCatalogue writeTo(Path folder) throws IOException {
    byte[] table = resource("pictures.csv");
    List<String> paths =
        new String(table, StandardCharsets.UTF_8)
            .lines()
            .skip(1)
            .map(row -> row.substring(0, row.indexOf(',')))
            .toList();
    List<String> themes =
        paths.stream().map(path -> path.substring(0, path.indexOf('/'))).distinct().toList();
    List<String> files = new ArrayList<>(List.of("songs.jsonl", "pictures.csv"));
    themes.forEach(theme -> files.add("queries/" + theme + ".jpg"));
    paths.forEach(path -> files.add("pictures/" + path));
    for (String file : files) {
      copy(resource(file), folder.resolve(file));
    }
    return new DemoCatalogue(folder, themes);
  }

  /**
   * The songs, one JSON object a line.
   *
   * @return the path of {@code songs.jsonl}
   */
  public Path songs() {
    return folder.resolve("songs.jsonl");
  }

  /**
   * The table of the catalogued pictures with the columns {@code path,id,keywords}; the paths are
   * relative to {@link #pictureRoot()}.
   *
   * @return the path of {@code pictures.csv}
   */
  public Path pictures() {
    return folder.resolve("pictures.csv");
  }

  /**
   * The folder the catalogued pictures lie below, one folder for each theme.
   *
   * @return the path of {@code pictures}
   */
  public Path pictureRoot() {
    return folder.resolve("pictures");
  }

  /**
   * What the pictures show.
   *
   * @return English nouns, in the order of the table
   */
  public List<String> themes() {
    return themes;
  }

  /**
   * Query pictures, one for each theme; none of them is catalogued.
   *
   * @return the paths, sorted
   */
  public List<Path> queries() {
    return themes.stream()
        .map(theme -> folder.resolve("queries").resolve(theme + ".jpg"))
        .sorted()
        .toList();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DemoCatalogue.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("The file " + name + " of the demo catalogue is missing here.");
      }
      return in.readAllBytes();
    }
  }

  private static void copy(byte[] bytes, Path file) throws IOException {
    if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      Files.createDirectories(file.getParent());
      AtomicFiles.write(file, bytes);
    }
  }
}
