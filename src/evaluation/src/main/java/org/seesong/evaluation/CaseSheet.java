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
import org.seesong.evaluation.Query.Neighbor;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.index.WeightedKeyword;

/**
 * Queries with their songs on one page: the query, its nearest pictures, and each system's songs
 * with a line of the lyrics. Thumbnails are in the page itself.
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
      .systems { display: flex; flex-wrap: wrap; gap: 1.5em; }
      .system { flex: 1 1 22em; max-width: 32em; }
      h3 { overflow-wrap: anywhere; }
      li { margin-bottom: .3em; } li.wrong { color: #a33; }
      .line { color: #666; font-size: .9em; }
      """;

  private final Findings findings;
  private final CatalogueIndex index;
  private final StringBuilder html = new StringBuilder();

  CaseSheet(Findings findings, CatalogueIndex index) {
    this.findings = findings;
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
      LabelledQuery asked = findings.queries().pictures().get(query);
      Map<String, VoteStudy.Song> songs = new TreeMap<>();
      Map<String, List<String>> systems = new LinkedHashMap<>();
      for (SystemResult result : findings.systems()) {
        List<String> ids = new ArrayList<>();
        for (RankedSong recommended : result.runs().get(0).rankings().get(query)) {
          String id = findings.snapshot().songs().id(recommended.song());
          CatalogueSong song = index.song(id).orElseThrow();
          String line = line(song, findings.queries().labels().get(query));
          songs.put(
              id, new VoteStudy.Song(id, song.details().title(), song.details().artist(), line));
          ids.add(id);
        }
        systems.put(result.system(), ids);
      }
      String file = asked.file().toAbsolutePath().toString();
      cases.add(
          new VoteStudy.Case(
              asked.id(), file, asked.labels().get(0), List.copyOf(songs.values()), systems));
    }
    return cases;
  }

  /** The named queries, or some drawn with the seed. */
  private List<Integer> chosen() throws IOException {
    List<LabelledQuery> queries = findings.queries().pictures();
    EvaluationOptions.Output choice = findings.options().output();
    List<Integer> chosen = new ArrayList<>();
    for (String name : choice.caseIds()) {
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
      new SplittableRandom(findings.options().seed())
          .ints(0, queries.size())
          .distinct()
          .limit(Math.min(choice.cases(), queries.size()))
          .forEach(chosen::add);
    }
    return chosen;
  }

  private void section(int query) throws IOException {
    LabelledQuery asked = findings.queries().pictures().get(query);
    add("<section><h2>%s</h2>\n", String.join(", ", asked.labels()));
    html.append("<div><figure class=\"query\">");
    image(queryThumbnail(asked));
    add("<figcaption>query %s</figcaption></figure>\n", asked.id());
    for (Neighbor seen : findings.queries().queries().get(query).nearest()) {
      picture(seen);
    }
    html.append("</div>\n<div class=\"systems\">\n");
    for (SystemResult result : findings.systems()) {
      add("<div class=\"system\"><h3>%s</h3><ol>\n", result.system());
      for (RankedSong song : result.runs().get(0).rankings().get(query)) {
        song(song, findings.queries().labels().get(query));
      }
      html.append("</ol></div>\n");
    }
    html.append("</div></section>\n");
  }

  private void picture(Neighbor seen) throws IOException {
    String id = findings.snapshot().pictures().ids().get(seen.picture());
    html.append("<figure>");
    image(index.thumbnail(id).map(thumbnail -> thumbnail.jpeg()).orElse(new byte[0]));
    String keywords =
        String.join(
            ", ",
            Arrays.stream(seen.keywords())
                .mapToObj(keyword -> findings.snapshot().keywords().get(keyword))
                .toList());
    add(
        "<figcaption>%s<br>%s, distance %s</figcaption></figure>\n",
        keywords.isEmpty() ? "no keyword" : keywords,
        id,
        String.format(Locale.ROOT, "%.2f", seen.distance()));
  }

  private void song(RankedSong recommended, int[] labels) throws IOException {
    String id = findings.snapshot().songs().id(recommended.song());
    CatalogueSong song = index.song(id).orElseThrow();
    boolean right =
        Arrays.stream(labels)
            .anyMatch(label -> findings.snapshot().songs().weight(recommended.song(), label) > 0);
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
              .anyMatch(k -> findings.snapshot().keywords().get(k).equals(keyword.keyword()));
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
    Object[] safe = Arrays.stream(values).map(Markup::escape).toArray();
    html.append(String.format(Locale.ROOT, format, safe));
  }
}
