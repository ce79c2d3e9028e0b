package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seesong.io.Digests;
import org.seesong.testing.Trials;

/**
 * One flipped bit and one torn end in every file that Seesong leaves: a check finds and names it
 * and changes nothing, a search answers as before or refuses, and the same build mends it.
 */
class SilentCorruptionTest {
  private static final int ROUNDS = Trials.number(1, 20);

  /** Of so many files one is damaged; which ones they are, the seed says. */
  private static final int ONE_OF = ROUNDS > 1 ? 1 : 4;

  /** Files that end with a footer. */
  private static final String RECORDS = ".*[.](vectors|classes|records)";

  /** Bytes of the last record, without which a file is torn between two records. */
  private static final int FOOTER_BYTES = 48;

  @TempDir static Path shared;
  private static Path query;
  private static final Map<String, Setting> SETTINGS = new LinkedHashMap<>();
  private static final Map<String, JsonNode> ANSWERS = new TreeMap<>();

  /** A folder, how it is built and checked, and what it answers. */
  private record Setting(Path folder, Path searched, List<Object> build, List<Object> check) {
    CommandRun search() {
      return CommandRun.of("search", searched, query, "--json");
    }
  }

  @BeforeAll
  static void makeEverything() throws Exception {
    Path home = shared.toRealPath().resolve("home");
    CommandRun.home(home);
    FolderChange.importModel(home.resolve("models"), 2);
    query = SmallCatalogue.writePicture(shared.resolve("q.png"), 1, 7777);
    Path root = shared.toRealPath();
    SmallCatalogue catalogue = SmallCatalogue.writeTo(root.resolve("c"), 20, 8);
    Path more = root.resolve("more");
    SmallCatalogue.writeMore(more);

    Path line = root.resolve("line");
    add("line", line, catalogue, catalogue.pictures(), "--embedding", "line2");
    CommandRun.of(
            "add",
            line,
            "--songs",
            more.resolve("songs.jsonl"),
            "--pictures",
            more.resolve("pictures.csv"))
        .ends(3);
    Path ids = Files.writeString(root.resolve("ids.txt"), "s001\np1.png\n");
    CommandRun.of("remove", line, "--ids", ids).ends(0);

    Path unlabelled =
        Files.writeString(root.resolve("c/bare.csv"), "path\np0.png\np1.png\np2.png\np3.png\n");
    Path net = root.resolve("net");
    add(
        "net",
        net,
        catalogue,
        unlabelled,
        "--encoder",
        "net",
        "--class-keywords",
        "on",
        "--vectors",
        "lucene");
    SETTINGS.put("models", new Setting(home, net, List.of(), List.of("model", "verify", "net")));
    Path snapshot = root.resolve("snapshot");
    CommandRun.of("index", "snapshot", line, "--to", snapshot, "--copy").ends(0);
    Path text = root.resolve("text");
    SmallCatalogue few = SmallCatalogue.writeTo(root.resolve("few"), 5, 5);
    add("text", text, few, few.pictures(), "--text-encoder", "auto");
    SETTINGS.put(
        "snapshot", new Setting(snapshot, snapshot, List.of(), List.of("check", snapshot)));
    for (Map.Entry<String, Setting> setting : SETTINGS.entrySet()) {
      Setting at = setting.getValue();
      FolderChange.copy(at.folder(), whole(setting.getKey()));
      CommandRun.of(at.check().toArray()).ends(0);
      ANSWERS.put(setting.getKey(), answer(at.search().ends(0)));
    }
  }

  /** A copy to begin anew with. */
  private static Path whole(String setting) {
    return shared.resolve("whole").resolve(setting);
  }

  private static void add(
      String name, Path out, SmallCatalogue catalogue, Path pictures, Object... more) {
    List<Object> build = new ArrayList<>(List.of(more));
    CommandRun.build(catalogue.songs(), pictures, out, build.toArray()).ends(0);
    List<Object> command = new ArrayList<>(List.of(catalogue.songs(), pictures));
    command.addAll(build);
    SETTINGS.put(name, new Setting(out, out, command, List.of("check", out)));
  }

  /** All but empty ones: locks, and lists of nothing. */
  static Stream<Arguments> files() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (Map.Entry<String, Setting> setting : SETTINGS.entrySet()) {
      Path folder = setting.getValue().folder();
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0)
            .map(file -> folder.relativize(file).toString())
            .filter(name -> isNew(setting.getKey(), name))
            .sorted()
            .forEach(name -> all.add(Arguments.of(setting.getKey(), name)));
      }
    }
    return all.stream();
  }

  /** Whether no other setting has such a file. */
  private static boolean isNew(String setting, String name) {
    return switch (setting) {
      case "text" -> name.startsWith("vectors/bge");
      case "snapshot" -> !name.startsWith("index/");
      default -> true;
    };
  }

  @Test
  void everySortOfFileIsAmongThem() throws IOException {
    List<String> all = files().map(file -> file.get()[0] + " " + file.get()[1]).toList();
    for (String sort :
        List.of(
            "line index/segments_.*",
            "line index/.*[.]liv",
            "line index/.*[.](cfs|vec|vemi|veci)",
            "net index/.*[.](cfs|vec|vex)",
            "line vectors/descriptor.*[.]vectors",
            "text vectors/bge.*[.]vectors",
            "net vectors/.*[.]classes",
            "line vectors/thumbnails.*[.]records",
            "line work/.*[.]embedding",
            "line work/.*[.]propagated",
            "line model/.*[.]factors",
            "line model/.*[.]labels",
            "line model/.*[.]keywords[.]json",
            "line report[.]json",
            "line keywords[.]csv",
            "line problems[.]txt",
            "line SHA256SUMS",
            "models models/net/model[.]json",
            "models models/net/onnx/model[.]onnx",
            "snapshot model/.*[.]labels")) {
      assertThat(all).as(sort).anyMatch(name -> name.matches(sort));
    }
  }

  static Stream<Arguments> someFiles() throws IOException {
    List<Arguments> all = files().toList();
    int first = Trials.random(SilentCorruptionTest.class, 0).nextInt(ONE_OF);
    return IntStream.range(0, all.size()).filter(i -> i % ONE_OF == first).mapToObj(all::get);
  }

  @ParameterizedTest
  @MethodSource("someFiles")
  void isFoundNamedAndMendedAndNeverAnsweredWrongly(String setting, String name)
      throws IOException {
    Setting at = SETTINGS.get(setting);
    Path file = at.folder().resolve(name);
    byte[] whole = Files.readAllBytes(file);
    JsonNode answer = ANSWERS.get(setting);
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = Trials.random(getClass(), 31 * round + name.hashCode());
      for (byte[] damaged : List.of(flipped(whole, random), torn(whole, random))) {
        Files.write(file, damaged);
        String as = name + " with " + difference(whole, damaged) + ", " + Trials.name(round);
        isFound(at, file, as);
        isNotAnsweredWrongly(at, name, answer, as);
      }
    }
    if (name.matches(RECORDS)) {
      Files.write(file, Arrays.copyOf(whole, whole.length - FOOTER_BYTES));
      isFound(at, file, name + " torn between two records");
    }
    if (!at.build().isEmpty()) {
      mend(at);
    }
    IOUtils.rm(at.folder());
    FolderChange.copy(whole(setting), at.folder());
  }

  private static byte[] flipped(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] torn(byte[] whole, SplittableRandom random) {
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  private static String difference(byte[] whole, byte[] damaged) {
    return damaged.length < whole.length
        ? damaged.length + " of " + whole.length + " bytes"
        : "byte " + Arrays.mismatch(whole, damaged) + " of " + whole.length + " changed";
  }

  private static void isFound(Setting at, Path file, String as) throws IOException {
    Map<String, String> before = state(at.folder());
    CommandRun run = CommandRun.of(at.check().toArray());
    assertThat(state(at.folder())).as(as).isEqualTo(before);
    assertThat(run.code()).as("%s: exit code; %s %s", as, run.data(), run.log()).isEqualTo(1);
    assertThat(run.data() + run.log())
        .as(as)
        .contains(String.valueOf(file.getFileName()))
        .containsPattern("seesong build' again|build again|import (it|the model) again");
  }

  /** Names, times and content of all there is. */
  private static Map<String, String> state(Path folder) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        state.put(
            folder.relativize(file).toString(),
            Files.getLastModifiedTime(file)
                + " "
                + (Files.isDirectory(file) ? "" : Digests.sha256(file)));
      }
    }
    return state;
  }

  private static void isNotAnsweredWrongly(Setting at, String name, JsonNode answer, String as)
      throws IOException {
    CommandRun run = at.search();
    boolean needed = name.startsWith("index/") || name.startsWith("models/");
    if (run.code() == 0) {
      assertThat(answer(run)).as(as).isEqualTo(answer);
    } else {
      assertThat(needed).as("%s: needed by a search; %s", as, run.log()).isTrue();
      assertThat(run.code()).as("%s: %s", as, run.log()).isEqualTo(1);
      assertThat(run.data()).as(as).isEmpty();
      assertThat(run.messages()).as(as).startsWith("seesong: ").doesNotContain("Exception in");
    }
  }

  private static JsonNode answer(CommandRun run) {
    return run.json().get(0).get("songs");
  }

  private static void mend(Setting at) throws IOException {
    CommandRun check = CommandRun.of(at.check().toArray());
    Path index = at.folder().resolve("index");
    if (check.data().contains("; delete the folder " + index + " and run the same")) {
      IOUtils.rm(index);
    }
    List<Object> build = at.build();
    CommandRun.build(
            build.get(0), build.get(1), at.folder(), build.subList(2, build.size()).toArray())
        .ends(0);
    CommandRun.of(at.check().toArray()).ends(0);
  }
}
