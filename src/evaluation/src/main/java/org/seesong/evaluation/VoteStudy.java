package org.seesong.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.seesong.io.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small study in which people say which songs fit a picture, without knowing who recommended
 * them.
 *
 * <p>An evaluation leaves {@code study.json} with the pictures of its case sheet and every method's
 * songs for them. A song that several methods gave is asked for once. Votes are kept line by line
 * in {@code votes.jsonl} as they are cast, so a study may be left and taken up again.
 */
public final class VoteStudy {
  private static final Logger LOG = LoggerFactory.getLogger(VoteStudy.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<Case> cases;

  private VoteStudy(Path folder, List<Case> cases) {
    this.folder = folder;
    this.cases = List.copyOf(cases);
  }

  /**
   * A song as voters see it.
   *
   * @param id its id
   * @param title its title
   * @param artist its artist
   * @param line a line of its lyrics
   */
  public record Song(String id, String title, String artist, String line) {}

  /**
   * A picture of the study.
   *
   * @param query its id
   * @param file where it is
   * @param theme its first keyword
   * @param songs all songs that any method gave, by id
   * @param methods ids of songs by method
   */
  record Case(
      String query,
      String file,
      String theme,
      Map<String, Song> songs,
      Map<String, List<String>> methods) {}

  /**
   * What is asked next.
   *
   * @param query the picture's id
   * @param file where it is
   * @param song the song to vote on
   */
  public record Ballot(String query, String file, Song song) {}

  static void write(Path file, List<Case> cases) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("study", 1);
    ArrayNode list = root.putArray("cases");
    for (Case one : cases) {
      ObjectNode node = list.addObject();
      node.put("query", one.query()).put("file", one.file()).put("theme", one.theme());
      node.set("songs", JSON.valueToTree(one.songs().values()));
      node.set("methods", JSON.valueToTree(one.methods()));
    }
    AtomicFiles.write(file, JSON.writeValueAsBytes(root));
  }

  /**
   * Opens the study of an evaluation.
   *
   * @param folder the evaluation's output folder
   * @return the study
   * @throws IOException if there is none or it cannot be read
   */
  public static VoteStudy open(Path folder) throws IOException {
    Path file = folder.resolve("study.json");
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          folder + " holds no study; make one with 'seesong evaluate ... --out " + folder + "'");
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
    if (root == null || root.path("study").asInt() != 1) {
      throw new IOException(file + " is no study of this version; evaluate again");
    }
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : root.path("cases")) {
      cases.add(read(node));
    }
    return new VoteStudy(folder, cases);
  }

  private static Case read(JsonNode node) {
    Map<String, Song> songs = new LinkedHashMap<>();
    for (JsonNode song : node.path("songs")) {
      String id = song.path("id").asText();
      songs.put(
          id,
          new Song(
              id,
              song.path("title").asText(),
              song.path("artist").asText(),
              song.path("line").asText()));
    }
    Map<String, List<String>> methods = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> method : node.path("methods").properties()) {
      List<String> ids = new ArrayList<>();
      method.getValue().forEach(id -> ids.add(id.asText()));
      ids.removeIf(id -> !songs.containsKey(id));
      methods.put(method.getKey(), List.copyOf(ids));
    }
    return new Case(
        node.path("query").asText(),
        node.path("file").asText(),
        node.path("theme").asText(),
        songs,
        methods);
  }

  /**
   * What a voter has not been asked yet: picture by picture, songs of all methods mixed.
   *
   * @param voter who votes
   * @param seed start of the mixing
   * @return ballots in the order to ask
   * @throws IOException if votes cannot be read
   */
  public List<Ballot> ballots(String voter, long seed) throws IOException {
    Map<String, Boolean> cast = votes(Optional.of(voter)).getOrDefault(voter, Map.of());
    Random random = new Random(seed);
    List<Case> order = new ArrayList<>(cases);
    Collections.shuffle(order, random);
    List<Ballot> ballots = new ArrayList<>();
    for (Case one : order) {
      List<Song> songs = new ArrayList<>(one.songs().values());
      Collections.shuffle(songs, random);
      for (Song song : songs) {
        if (!cast.containsKey(key(one.query(), song.id()))) {
          ballots.add(new Ballot(one.query(), one.file(), song));
        }
      }
    }
    return ballots;
  }

  /**
   * Casts a vote.
   *
   * @param voter who votes
   * @param ballot on what
   * @param fits whether the song fits the picture
   * @throws IOException if it cannot be written
   */
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

  /** Votes by voter, then by picture and song. A line torn by a crash is passed over. */
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
   * The figures so far: for each method, by theme and over all ({@code ""}), the share of thumbs up
   * among its songs that were voted on, and how many were.
   *
   * @return figures by method, then by theme
   * @throws IOException if votes cannot be read
   */
  public Map<String, Map<String, Precision>> precision() throws IOException {
    Map<String, Map<String, Precision>> figures = new LinkedHashMap<>();
    for (Map<String, Boolean> cast : votes(Optional.empty()).values()) {
      for (Case one : cases) {
        one.methods()
            .forEach(
                (method, ids) -> {
                  Map<String, Precision> mine =
                      figures.computeIfAbsent(method, m -> new TreeMap<>());
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

  /**
   * Votes on a method's songs.
   *
   * @param up thumbs up
   * @param votes all votes
   */
  public record Precision(int up, int votes) {
    Precision plus(Precision other) {
      return new Precision(up + other.up, votes + other.votes);
    }

    /**
     * Share of thumbs up.
     *
     * @return 0 to 1
     */
    public double value() {
      return votes == 0 ? 0 : up / (double) votes;
    }
  }
}
