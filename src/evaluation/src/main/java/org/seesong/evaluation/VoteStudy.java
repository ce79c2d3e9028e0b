package org.seesong.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.seesong.io.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blind study: people say which songs fit a picture without knowing which system found them.
 *
 * <p>An evaluation writes {@code study.json} with the pictures of its case sheet and every system's
 * songs for them. A song of several systems is asked for once. Votes are appended line by line to
 * {@code votes.jsonl}, so that a study can be interrupted and resumed.
 */
public final class VoteStudy {
  private static final Logger LOG = LoggerFactory.getLogger(VoteStudy.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 2;

  private final Path folder;
  private final List<Case> cases;

  private VoteStudy(Path folder, List<Case> cases) {
    this.folder = folder;
    this.cases = List.copyOf(cases);
  }

  /** A song as voters see it, with a line of its lyrics. */
  public record Song(String id, String title, String artist, String line) {
    public Song {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * A picture of the study.
   *
   * @param theme its first keyword
   * @param songs all songs of any system
   * @param systems ids of songs by system
   */
  record Case(
      String query,
      String file,
      String theme,
      List<Song> songs,
      Map<String, List<String>> systems) {
    Case {
      Objects.requireNonNull(query, "query");
      Objects.requireNonNull(theme, "theme");
      songs = List.copyOf(songs);
      Objects.requireNonNull(systems, "systems");
    }
  }

  /** What the file holds. */
  private record Stored(int study, List<Case> cases) {}

  /** A song to vote on, for a picture. */
  public record Ballot(String query, String file, Song song) {}

  static void write(Path file, List<Case> cases) throws IOException {
    AtomicFiles.write(file, JSON.writeValueAsBytes(new Stored(VERSION, cases)));
  }

  /**
   * Opens the study of an evaluation's output folder.
   *
   * @throws IOException if there is none or it cannot be read
   */
  public static VoteStudy open(Path folder) throws IOException {
    Path file = folder.resolve("study.json");
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          folder + " holds no study; make one with 'seesong evaluate ... --out " + folder + "'");
    }
    try {
      if (JSON.readTree(file.toFile()).path("study").asInt() != VERSION) {
        throw new IOException(file + " is no study of this version; evaluate again");
      }
      return new VoteStudy(folder, JSON.readValue(file.toFile(), Stored.class).cases());
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  /** Songs that a voter has not been asked for: picture by picture, in an order drawn by seed. */
  public List<Ballot> ballots(String voter, long seed) throws IOException {
    Map<String, Boolean> cast = votes(Optional.of(voter)).getOrDefault(voter, Map.of());
    Random random = new Random(seed);
    List<Case> order = new ArrayList<>(cases);
    Collections.shuffle(order, random);
    List<Ballot> ballots = new ArrayList<>();
    for (Case one : order) {
      List<Song> songs = new ArrayList<>(one.songs());
      Collections.shuffle(songs, random);
      for (Song song : songs) {
        if (!cast.containsKey(key(one.query(), song.id()))) {
          ballots.add(new Ballot(one.query(), one.file(), song));
        }
      }
    }
    return ballots;
  }

  /** Appends a vote to the file. */
  public void cast(String voter, Ballot ballot, boolean fits) throws IOException {
    ObjectNode line = JSON.createObjectNode().put("voter", voter);
    line.put("query", ballot.query()).put("song", ballot.song().id()).put("fits", fits);
    Path file = folder.resolve("votes.jsonl");
    Files.writeString(
        file,
        (endsInsideALine(file) ? "\n" : "") + JSON.writeValueAsString(line) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }

  /** A line that a crash tore must not swallow the next vote. */
  private static boolean endsInsideALine(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (RandomAccessFile votes = new RandomAccessFile(file.toFile(), "r")) {
      votes.seek(votes.length() - 1);
      return votes.read() != '\n';
    }
  }

  private static String shortened(String line) {
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }

  private static String key(String query, String song) {
    return query + "\n" + song;
  }

  /** Votes by voter, then by picture and song. A line torn by a crash is skipped. */
  private Map<String, Map<String, Boolean>> votes(Optional<String> voter) throws IOException {
    Map<String, Map<String, Boolean>> votes = new TreeMap<>();
    Path file = folder.resolve("votes.jsonl");
    if (!Files.isRegularFile(file)) {
      return votes;
    }
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      JsonNode vote;
      try {
        vote = JSON.readTree(line);
      } catch (JsonProcessingException e) {
        LOG.warn("a vote in {} cannot be read and does not count: {}", file, shortened(line));
        continue;
      }
      String who = vote.path("voter").asText();
      if (voter.isEmpty() || voter.get().equals(who)) {
        votes
            .computeIfAbsent(who, v -> new TreeMap<>())
            .put(
                key(vote.path("query").asText(), vote.path("song").asText()),
                vote.path("fits").asBoolean());
      }
    }
    return votes;
  }

  /**
   * By system, then by theme and over all ({@code ""}), the share of thumbs up among the songs
   * voted on.
   */
  public Map<String, Map<String, Precision>> precision() throws IOException {
    Map<String, Map<String, Precision>> figures = new LinkedHashMap<>();
    for (Map<String, Boolean> cast : votes(Optional.empty()).values()) {
      for (Case one : cases) {
        one.systems()
            .forEach(
                (system, ids) -> {
                  Map<String, Precision> mine =
                      figures.computeIfAbsent(system, m -> new TreeMap<>());
                  Set<String> distinct = new LinkedHashSet<>(ids);
                  for (String id : distinct) {
                    Boolean fits = cast.get(key(one.query(), id));
                    if (fits != null) {
                      Precision vote = new Precision(fits ? 1 : 0, 1);
                      mine.merge("", vote, Precision::plus);
                      mine.merge(one.theme(), vote, Precision::plus);
                    }
                  }
                });
      }
    }
    return figures;
  }

  /** Thumbs up among votes. */
  public record Precision(int up, int votes) {
    Precision plus(Precision other) {
      return new Precision(up + other.up, votes + other.votes);
    }

    /** Share of thumbs up, 0 to 1. */
    public double value() {
      return votes == 0 ? 0 : up / (double) votes;
    }
  }
}
