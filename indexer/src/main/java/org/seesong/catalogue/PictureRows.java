package org.seesong.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.index.WeightedKeyword;

/** Makes pictures of rows, and sees that their files exist. */
final class PictureRows {
  private final ProblemCollector problems;
  private final RowText text;
  private final CatalogueOptions options;
  private final List<Picture> pictures = new ArrayList<>();
  private final Map<String, Row> places = new HashMap<>();
  private final FileNames names = new FileNames();

  PictureRows(ProblemCollector problems, CatalogueOptions options) {
    this.problems = problems;
    this.text = new RowText(problems);
    this.options = options;
  }

  List<Picture> pictures() {
    return pictures;
  }

  void add(Row row) {
    String path = text.of(row, "path", "|").strip();
    if (path.isEmpty()) {
      problems.add(
          Problem.Kind.MISSING_FIELD,
          row.file(),
          row.line(),
          0,
          "the picture has no path; row skipped");
      return;
    }
    Path file = file(row, path);
    String id = file == null ? "" : text.id(row, idOf(path));
    if (!id.isEmpty()) {
      add(row, new Picture(id, path, file, keywords(row)));
    }
  }

  /**
   * Takes a picture found in a folder: its file exists, its path is its id. A folder's name holds
   * keywords separated by {@code |}, and no weights: a colon in it is a colon.
   */
  void addFromTree(PictureTree.Found found) {
    String path = found.path();
    if (RowText.oddCharacter(path, false) >= 0) {
      problems.add(
          Problem.Kind.BAD_VALUE,
          found.file(),
          0,
          0,
          "the name has control or broken characters; picture skipped");
      return;
    }
    List<WeightedKeyword> keywords = new ArrayList<>();
    for (String keyword : found.folderName().split("\\|")) {
      if (!keyword.isBlank()) {
        keywords.add(new WeightedKeyword(keyword.strip(), 1));
      }
    }
    add(new Row(found.file(), 0, Map.of()), new Picture(path, path, found.file(), keywords));
  }

  private void add(Row row, Picture picture) {
    Row earlier = places.putIfAbsent(picture.id(), new Row(row.file(), row.line(), Map.of()));
    if (earlier == null) {
      pictures.add(picture);
      return;
    }
    Row.Cell cell = row.cells().containsKey("id") ? row.cells().get("id") : row.cells().get("path");
    problems.add(
        Problem.Kind.DUPLICATE_PICTURE,
        row.file(),
        row.line(),
        cell == null ? 0 : cell.column(),
        "picture id "
            + ProblemCollector.shown(picture.id())
            + " is already taken at "
            + earlier.file()
            + (earlier.line() > 0 ? ":" + earlier.line() : "")
            + "; picture skipped");
  }

  /**
   * Forward slashes, no {@code ./}, composed characters: the same picture has the same id on every
   * platform.
   */
  static String idOf(String path) {
    String id = FileNames.nfc(path).replace('\\', '/').replaceAll("/(\\./)+", "/");
    return id.startsWith("./") && id.length() > 2 ? id.substring(2) : id;
  }

  private Path file(Row row, String path) {
    long column = row.cells().get("path").column();
    Path root = options.rootFor(row.file());
    String written = path.replace('\\', '/');
    Path file;
    try {
      file = root.resolve(written).normalize();
    } catch (InvalidPathException e) {
      Path other = names.find(root, written);
      if (other != null) {
        return other;
      }
      problems.add(
          Problem.Kind.BAD_VALUE,
          row.file(),
          row.line(),
          column,
          "path " + ProblemCollector.shown(path) + " is no path here; picture skipped");
      return null;
    }
    if (!file.startsWith(root)) {
      problems.add(
          Problem.Kind.OUTSIDE_ROOT,
          row.file(),
          row.line(),
          column,
          "path "
              + ProblemCollector.shown(path)
              + " leads outside the picture root "
              + root
              + "; set --picture-root to a folder that holds all pictures; picture skipped");
      return null;
    }
    if (!Files.isRegularFile(file)) {
      Path other = names.find(root, root.relativize(file).toString());
      if (other != null) {
        return other;
      }
      problems.add(
          Problem.Kind.MISSING_FILE,
          row.file(),
          row.line(),
          column,
          "there is no picture file " + file + "; picture skipped");
      return null;
    }
    return file;
  }

  private List<WeightedKeyword> keywords(Row row) {
    List<WeightedKeyword> keywords = new ArrayList<>();
    for (String field : List.of("keyword", "keywords")) {
      Row.Cell cell = row.cells().get(field);
      if (cell != null && cell.value().isArray()) {
        for (JsonNode element : cell.value()) {
          addElement(row, field, element, keywords);
        }
      } else if (cell != null) {
        for (String written : text.of(row, field, "|").split("\\|")) {
          addWritten(row, field, written, keywords);
        }
      }
    }
    return keywords;
  }

  private void addElement(Row row, String field, JsonNode element, List<WeightedKeyword> keywords) {
    if (element.isObject() && element.path("keyword").isTextual()) {
      JsonNode weight = element.path("weight");
      String keyword = element.path("keyword").asText().strip();
      boolean weightless = weight.isMissingNode() || weight.isNull();
      add(row, field, keyword, weightless ? "1" : weight.asText(), keywords);
    } else if (element.isTextual()) {
      addWritten(row, field, element.asText(), keywords);
    } else {
      text.ignored(
          row,
          field,
          "must hold text or objects such as {\"keyword\": \"雪\", \"weight\": 0.8}",
          element.toString());
    }
  }

  private void addWritten(Row row, String field, String written, List<WeightedKeyword> keywords) {
    String keyword = written.strip();
    int colon = keyword.lastIndexOf(':');
    // What follows a colon is a weight only if it looks like one: "Re:Zero" is a keyword.
    if (colon > 0 && keyword.substring(colon + 1).strip().matches("[-+]?[0-9.].*|NaN|-?Infinity")) {
      String weight = keyword.substring(colon + 1).strip();
      add(row, field, keyword.substring(0, colon).strip(), weight, keywords);
    } else if (!keyword.isEmpty()) {
      add(row, field, keyword, "1", keywords);
    }
  }

  private void add(
      Row row, String field, String keyword, String weight, List<WeightedKeyword> keywords) {
    double number = Double.NaN;
    try {
      number = Double.parseDouble(weight);
    } catch (NumberFormatException e) {
      // Reported below, with the numbers that are out of range.
    }
    if (keyword.isBlank() || RowText.oddCharacter(keyword, false) >= 0) {
      text.ignored(row, field, "must hold keywords of visible characters", keyword);
    } else if (!(number > 0) || Double.isInfinite(number)) {
      text.ignored(
          row, field, "must give each keyword a finite weight above 0", keyword + ":" + weight);
    } else {
      keywords.add(new WeightedKeyword(keyword, number));
    }
  }
}
