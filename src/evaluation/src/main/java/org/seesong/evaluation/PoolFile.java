package org.seesong.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.seesong.catalogue.Song;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.io.AtomicFiles;
import org.seesong.keyword.ScriptFolder;

/**
 * Writes what is not graded yet, ready to be read and graded: songs of any system for a keyword, in
 * an order that does not show which system found them.
 *
 * <p>Columns, separated by tabs: keyword, 0, song, grade (empty), gloss, title, artist, lyrics.
 * With grades filled in the file is itself a file for {@link Qrels}.
 *
 * @param lyrics songs of the owner's files by id; songs that are not among them show the lines that
 *     the index stores
 * @param glosses what a folded keyword means in another language
 */
record PoolFile(
    CatalogueIndex index,
    Map<String, Song> lyrics,
    Map<String, String> glosses,
    ScriptFolder folder,
    long seed) {
  private static final int MAX_LINES = 8;
  private static final String HEADER = "keyword\t0\tsong\tgrade\tgloss\ttitle\tartist\tlyrics\n";

  /**
   * Writes the file.
   *
   * @param keywords the keyword of each query
   * @return how many pairs are to be graded
   */
  int write(
      Path file, List<String> keywords, List<SystemResult> systems, SongTable songs, Qrels qrels)
      throws IOException {
    Map<String, Set<String>> pool = new TreeMap<>();
    for (SystemResult system : systems) {
      for (Run run : system.runs()) {
        for (int query = 0; query < keywords.size(); query++) {
          pool.computeIfAbsent(keywords.get(query), k -> new TreeSet<>())
              .addAll(GradedReport.ids(run.rankings().get(query), songs));
        }
      }
    }
    pool.forEach((keyword, ids) -> ids.removeAll(qrels.grades(keyword).keySet()));
    StringBuilder text = new StringBuilder(HEADER);
    Random random = new Random(seed);
    for (Map.Entry<String, Set<String>> entry : pool.entrySet()) {
      List<String> ids = new ArrayList<>(entry.getValue());
      Collections.shuffle(ids, random);
      for (String id : ids) {
        text.append(line(entry.getKey(), id)).append('\n');
      }
    }
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    return pool.values().stream().mapToInt(Set::size).sum();
  }

  private String line(String keyword, String id) throws IOException {
    CatalogueSong song = index.song(id).orElseThrow();
    String folded = folder.fold(keyword).strip();
    Song owned = lyrics.get(id);
    List<String> lines =
        owned == null
            ? stored(song, folded)
            : owned.lyrics().lines().filter(line -> !line.isBlank()).toList();
    return String.join(
        "\t",
        cell(keyword),
        "0",
        cell(id),
        "",
        cell(glosses.getOrDefault(folded, "")),
        cell(song.details().title()),
        cell(song.details().artist()),
        cell(excerpt(lines, folded, owned != null)));
  }

  /** The line of the keyword, if the index has one, and the first lines. */
  private List<String> stored(CatalogueSong song, String folded) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < song.keywords().size(); i++) {
      if (folder.fold(song.keywords().get(i).keyword()).strip().equals(folded)
          && !song.keywordLine(i).isEmpty()) {
        lines.add(song.keywordLine(i));
      }
    }
    song.firstLines().stream().filter(line -> !lines.contains(line)).forEach(lines::add);
    return lines;
  }

  /** Lines that hold the keyword, marked, and the first ones, up to {@value #MAX_LINES}. */
  private String excerpt(List<String> lines, String folded, boolean isWhole) {
    List<String> marked = lines.stream().map(line -> marked(line, folded)).toList();
    int[] order =
        IntStream.concat(
                IntStream.range(0, lines.size()).filter(i -> isMarked(lines, marked, i)),
                IntStream.range(0, lines.size()).filter(i -> !isMarked(lines, marked, i)))
            .limit(MAX_LINES)
            .sorted()
            .toArray();
    StringBuilder text = new StringBuilder();
    int last = -1;
    for (int i : order) {
      text.append(last < 0 ? "" : i == last + 1 ? " / " : " / ... / ").append(marked.get(i));
      last = i;
    }
    long holding = IntStream.range(0, lines.size()).filter(i -> isMarked(lines, marked, i)).count();
    return isWhole
        ? String.format(
            Locale.ROOT,
            "%s (%d of %d lines, %d with the keyword)",
            text,
            order.length,
            lines.size(),
            holding)
        : text.toString();
  }

  private static boolean isMarked(List<String> lines, List<String> marked, int line) {
    return marked.get(line).length() > lines.get(line).length();
  }

  /** The line with every occurrence of the keyword in brackets. */
  private String marked(String line, String folded) {
    String text = folder.fold(line);
    StringBuilder marked = new StringBuilder(line);
    if (folded.isEmpty() || text.length() != line.length()) {
      return line;
    }
    for (int at = text.lastIndexOf(folded); at >= 0; at = text.lastIndexOf(folded, at - 1)) {
      int end = at + folded.length();
      boolean isInside =
          isSpaced(folded.codePointAt(0)) && at > 0 && Character.isLetter(text.charAt(at - 1));
      if (!isInside) {
        marked.insert(end, '\u3011').insert(at, '\u3010');
      }
    }
    return marked.toString();
  }

  /** Whether words of the letter's script are written apart. */
  private static boolean isSpaced(int letter) {
    return !Character.isIdeographic(letter);
  }

  private static String cell(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
