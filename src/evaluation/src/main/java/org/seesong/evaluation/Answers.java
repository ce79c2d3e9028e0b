package org.seesong.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seesong.io.AtomicFiles;

/**
 * The answers of one method with one seed to all queries, and the file they are kept in, so that a
 * long evaluation goes on where it was stopped.
 *
 * @param method the method's text
 * @param seed its seed
 * @param answers an answer for each query
 */
record Answers(String method, long seed, List<List<Recommended>> answers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Answers {
    answers = List.copyOf(answers);
  }

  static Path file(Path folder, String method, long seed) {
    return folder.resolve(method.replaceAll("[^A-Za-z0-9.=-]", "_") + "-" + seed + ".json");
  }

  void write(Path file, String fingerprint, SongTable table) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("fingerprint", fingerprint).put("method", method).put("seed", seed);
    ArrayNode lists = root.putArray("answers");
    for (List<Recommended> answer : answers) {
      ArrayNode list = lists.addArray();
      for (Recommended song : answer) {
        ArrayNode one = list.addArray().add(table.id(song.song()));
        if (Double.isNaN(song.distance())) {
          one.addNull();
        } else {
          one.add(song.distance());
        }
        one.add(song.source());
      }
    }
    AtomicFiles.write(file, JSON.writeValueAsBytes(root));
  }

  /** The answers of a file; empty if there is none or it is of other inputs. */
  static Optional<Answers> read(Path file, String fingerprint, SongTable table) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return Optional.empty(); // damaged: it is made again
    }
    if (root == null || !root.path("fingerprint").asText().equals(fingerprint)) {
      return Optional.empty();
    }
    List<List<Recommended>> answers = new ArrayList<>();
    for (JsonNode list : root.path("answers")) {
      List<Recommended> answer = new ArrayList<>();
      for (JsonNode one : list) {
        double distance = one.path(1).isNull() ? Double.NaN : one.path(1).asDouble();
        int song = table.numberOf(one.path(0).asText());
        if (song < 0) {
          return Optional.empty();
        }
        answer.add(new Recommended(song, distance, one.path(2).asInt()));
      }
      answers.add(answer);
    }
    return Optional.of(
        new Answers(root.path("method").asText(), root.path("seed").asLong(), answers));
  }
}
