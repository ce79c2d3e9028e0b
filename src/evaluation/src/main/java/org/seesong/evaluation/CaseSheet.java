package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.seesong.evaluation.EvaluationOptions.CaseChoice;
import org.seesong.evaluation.Question.SeenPicture;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.index.WeightedKeyword;

/**
 * Queries with their answers on one page, in the manner of the paper's case study: the query, the
 * pictures most like it, and what each method recommends, with a line of the lyrics. Thumbnails are
 * in the page itself.
 */
final class CaseSheet {
  private static final int THUMBNAIL_SIDE = 160;
  private static final float THUMBNAIL_QUALITY = 0.8f;

  private static final String STYLE =
      """
      body { font-family: sans-serif; margin: 2em; color: #222; }
      section { border-top: 1px solid #ccc; padding: 1em 0; }
      figure { display: inline-block; margin: 0 .6em .6em 0; vertical-align: top; width: 160px; }
      figure img { max-width: 160px; max-height: 160px; }
      figcaption { font-size: .8em; color: #555; overflow-wrap: anywhere; }
      .query img { outline: 3px solid #0072b2; }
      .methods { display: flex; flex-wrap: wrap; gap: 1.5em; }
      .method { flex: 1 1 22em; max-width: 32em; }
      h3 { overflow-wrap: anywhere; }
      li { margin-bottom: .3em; } li.wrong { color: #a33; }
      .line { color: #666; font-size: .9em; }
      """;

  private final EvaluationReport report;
  private final CatalogueIndex index;
  private final StringBuilder html = new StringBuilder();

  CaseSheet(EvaluationReport report, CatalogueIndex index) {
    this.report = report;
    this.index = index;
  }

  String html() throws IOException {
    html.append("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Cases</title>\n");
    html.append("<style>\n").append(STYLE).append("</style></head><body>\n<h1>Cases</h1>\n");
    html.append("<p>Red songs do not carry the query's keyword.</p>\n");
    for (int query : chosen()) {
      section(query);
    }
    html.append("</body></html>\n");
    return html.toString();
  }

  /** The same cases for people to vote on. */
  List<VoteStudy.Case> study() throws IOException {
    List<VoteStudy.Case> cases = new ArrayList<>();
    for (int query : chosen()) {
      LabelledQuery asked = report.asked().queries().get(query);
      Map<String, VoteStudy.Song> songs = new TreeMap<>();
      Map<String, List<String>> methods = new LinkedHashMap<>();
      for (MethodResult result : report.results()) {
        List<String> ids = new ArrayList<>();
        for (Recommended recommended : result.answers().get(query)) {
          String id = report.snapshot().songs().id(recommended.song());
          CatalogueSong song = index.song(id).orElseThrow();
          String line = line(song, report.asked().labels().get(query));
          songs.put(
              id, new VoteStudy.Song(id, song.details().title(), song.details().artist(), line));
          ids.add(id);
        }
        methods.put(result.method(), ids);
      }
      String file = asked.file().toAbsolutePath().toString();
      cases.add(new VoteStudy.Case(asked.id(), file, asked.labels().get(0), songs, methods));
    }
    return cases;
  }

  /** The named queries, or some drawn with the seed. */
  private List<Integer> chosen() throws IOException {
    List<LabelledQuery> queries = report.asked().queries();
    CaseChoice choice = report.options().cases();
    List<Integer> chosen = new ArrayList<>();
    for (String name : choice.ids()) {
      int found = -1;
      for (int i = 0; i < queries.size() && found < 0; i++) {
        String id = queries.get(i).id();
        found = id.equals(name) || id.endsWith("/" + name) ? i : -1;
      }
      if (found < 0) {
        throw new IOException("there is no query '" + name + "' to show as a case");
      }
      chosen.add(found);
    }
    if (chosen.isEmpty()) {
      new SplittableRandom(report.options().seed())
          .ints(0, queries.size())
          .distinct()
          .limit(Math.min(choice.number(), queries.size()))
          .forEach(chosen::add);
    }
    return chosen;
  }

  private void section(int query) throws IOException {
    LabelledQuery asked = report.asked().queries().get(query);
    add("<section><h2>%s</h2>\n", String.join(", ", asked.labels()));
    html.append("<div><figure class=\"query\">");
    image(queryThumbnail(asked));
    add("<figcaption>query %s</figcaption></figure>\n", asked.id());
    for (SeenPicture seen : report.asked().questions().get(query).nearest()) {
      picture(seen);
    }
    html.append("</div>\n<div class=\"methods\">\n");
    for (MethodResult result : report.results()) {
      add("<div class=\"method\"><h3>%s</h3><ol>\n", result.method());
      for (Recommended song : result.answers().get(query)) {
        song(song, report.asked().labels().get(query));
      }
      html.append("</ol></div>\n");
    }
    html.append("</div></section>\n");
  }

  private void picture(SeenPicture seen) throws IOException {
    String id = report.snapshot().pictures().ids().get(seen.picture());
    html.append("<figure>");
    image(index.thumbnail(id).map(thumbnail -> thumbnail.jpeg()).orElse(new byte[0]));
    String keywords =
        String.join(
            ", ",
            Arrays.stream(seen.keywords())
                .mapToObj(keyword -> report.snapshot().keywords().get(keyword))
                .toList());
    add(
        "<figcaption>%s<br>%s, distance %s</figcaption></figure>\n",
        keywords.isEmpty() ? "no keyword" : keywords,
        id,
        String.format(Locale.ROOT, "%.2f", seen.distance()));
  }

  private void song(Recommended recommended, int[] labels) throws IOException {
    String id = report.snapshot().songs().id(recommended.song());
    CatalogueSong song = index.song(id).orElseThrow();
    boolean right =
        Arrays.stream(labels)
            .anyMatch(label -> report.snapshot().songs().weight(recommended.song(), label) > 0);
    html.append(right ? "<li>" : "<li class=\"wrong\">");
    add("%s &middot; %s", song.details().title(), song.details().artist());
    add("<div class=\"line\">%s</div></li>\n", line(song, labels));
  }

  /** The line that holds the query's keyword, or that of the heaviest keyword, or the first. */
  private String line(CatalogueSong song, int[] labels) {
    String first = song.firstLines().isEmpty() ? "" : song.firstLines().get(0);
    String best = song.keywords().isEmpty() ? "" : song.keywordLine(0);
    for (int i = 0; i < song.keywords().size(); i++) {
      WeightedKeyword keyword = song.keywords().get(i);
      boolean asked =
          Arrays.stream(labels)
              .anyMatch(k -> report.snapshot().keywords().get(k).equals(keyword.keyword()));
      if (asked && !song.keywordLine(i).isEmpty()) {
        return song.keywordLine(i);
      }
    }
    return best.isEmpty() ? first : best;
  }

  private static byte[] queryThumbnail(LabelledQuery query) throws IOException {
    try {
      return new ImageDecoder()
          .decode(query.file(), ImageSize.within(THUMBNAIL_SIDE))
          .toJpeg(THUMBNAIL_SIDE, THUMBNAIL_QUALITY);
    } catch (ImageException e) {
      return new byte[0]; // readable when it was encoded, gone since; the page does without
    }
  }

  private void image(byte[] jpeg) {
    if (jpeg.length > 0) {
      html.append("<img alt=\"\" src=\"data:image/jpeg;base64,")
          .append(Base64.getEncoder().encodeToString(jpeg))
          .append("\">");
    }
  }

  /** Adds text whose values are made safe. */
  private void add(String format, String... values) {
    Object[] safe = Arrays.stream(values).map(Svg::escape).toArray();
    html.append(String.format(Locale.ROOT, format, safe));
  }
}
