package org.seesong.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
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
 * The rankings of one system with one seed for all queries (a run, as TREC calls it), and the file
 * from which a stopped evaluation resumes.
 *
 * @param system the system's name
 * @param rankings songs for each query, best first
 */
record Run(String system, long seed, List<List<RankedSong>> rankings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Run {
    rankings = List.copyOf(rankings);
  }

  static Path file(Path folder, String system, long seed) {
    return folder.resolve(fileName(system) + "-" + seed + ".json");
  }

  /** A system's name as part of a file name. */
  static String fileName(String system) {
    return system.replaceAll("[^A-Za-z0-9.=-]", "_");
  }

  void write(Path file, String fingerprint, SongTable table) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("fingerprint", fingerprint).put("system", system).put("seed", seed);
    ArrayNode lists = root.putArray("rankings");
    for (List<RankedSong> ranking : rankings) {
      ArrayNode list = lists.addArray();
      for (RankedSong song : ranking) {
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

  /** The run of a file; empty if there is none, it is damaged or of other inputs. */
  static Optional<Run> read(Path file, String fingerprint, SongTable table) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      return Optional.empty(); // damaged: it is made again
    }
    if (root == null || !root.path("fingerprint").asText().equals(fingerprint)) {
      return Optional.empty();
    }
    List<List<RankedSong>> rankings = new ArrayList<>();
    for (JsonNode list : root.path("rankings")) {
      List<RankedSong> ranking = new ArrayList<>();
      for (JsonNode one : list) {
        double distance = one.path(1).isNull() ? Double.NaN : one.path(1).asDouble();
        int song = table.numberOf(one.path(0).asText());
        if (song < 0) {
          return Optional.empty();
        }
        ranking.add(new RankedSong(song, distance, one.path(2).asInt()));
      }
      rankings.add(ranking);
    }
    return Optional.of(new Run(root.path("system").asText(), root.path("seed").asLong(), rankings));
  }
}
