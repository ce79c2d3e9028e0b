package org.seesong.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.io.AtomicFiles;

/**
 * Writes runs for other tools, a topic for each query: its keyword, a slash and the query's number
 * among those of the keyword. White space in topics, ids and names becomes {@code _}.
 *
 * <pre>
 * SYSTEM.run    TREC: topic Q0 song rank score system; the score falls by 1 with each rank
 * SYSTEM.json   [{"keyword": ..., "query": ..., "songs": [...]}, ...]
 * topics.qrels  TREC: topic 0 song grade, if there are grades
 * topics.tsv    topic, query id
 * </pre>
 *
 * <p>Further seeds of a system are {@code SYSTEM-SEED.run} and {@code .json}.
 *
 * @param keywords the keyword of each query
 */
record RunFiles(EvaluationQueries queries, List<String> keywords, SongTable songs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Entry(String keyword, String query, List<String> songs) {}

  void write(Path folder, List<SystemResult> systems, Qrels qrels) throws IOException {
    Files.createDirectories(folder);
    List<String> topics = topics();
    for (SystemResult system : systems) {
      for (Run run : system.runs()) {
        boolean isFirst = run.equals(system.runs().get(0));
        String name = Run.fileName(system.system()) + (isFirst ? "" : "-" + run.seed());
        text(folder.resolve(name + ".run"), trec(run, topics));
        AtomicFiles.write(folder.resolve(name + ".json"), JSON.writeValueAsBytes(entries(run)));
      }
    }
    StringBuilder names = new StringBuilder("topic\tquery\n");
    StringBuilder grades = new StringBuilder();
    for (int i = 0; i < topics.size(); i++) {
      String topic = topics.get(i);
      names.append(topic).append('\t').append(word(queries.pictures().get(i).id())).append('\n');
      qrels
          .grades(keywords.get(i))
          .forEach(
              (song, grade) ->
                  grades.append(String.join(" ", topic, "0", word(song), grade + "\n")));
    }
    text(folder.resolve("topics.tsv"), names);
    if (grades.length() > 0) {
      text(folder.resolve("topics.qrels"), grades);
    }
  }

  private List<String> topics() {
    Map<String, Integer> counts = new HashMap<>();
    return keywords.stream()
        .map(keyword -> word(keyword) + "/" + counts.merge(keyword, 1, Integer::sum))
        .toList();
  }

  private StringBuilder trec(Run run, List<String> topics) {
    StringBuilder lines = new StringBuilder();
    for (int query = 0; query < topics.size(); query++) {
      List<String> ids = GradedReport.ids(run.rankings().get(query), songs);
      for (int i = 0; i < ids.size(); i++) {
        lines
            .append(topics.get(query))
            .append(" Q0 ")
            .append(word(ids.get(i)))
            .append(" " + (i + 1) + " " + (Scorer.SONGS - i) + " ")
            .append(word(run.system()))
            .append('\n');
      }
    }
    return lines;
  }

  private List<Entry> entries(Run run) {
    List<Entry> entries = new ArrayList<>();
    for (int query = 0; query < keywords.size(); query++) {
      entries.add(
          new Entry(
              keywords.get(query),
              queries.pictures().get(query).id(),
              GradedReport.ids(run.rankings().get(query), songs)));
    }
    return entries;
  }

  private static String word(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}]", "_");
  }

  private static void text(Path file, StringBuilder text) throws IOException {
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
