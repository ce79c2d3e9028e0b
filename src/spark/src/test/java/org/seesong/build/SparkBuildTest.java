package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.IndexLayout;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Segmenter;
import org.seesong.keyword.Token;
import org.seesong.part.PartEngine;
import org.seesong.part.PartRunner;
import org.seesong.part.PartTask;
import org.seesong.part.ThreadRunner;

/** Builds on a Spark of two executors, each a process of one core. */
class SparkBuildTest {
  private static final String CLUSTER = "local-cluster[2,1,1024]";

  @TempDir static Path folder;
  private static SmallBuild build;
  private static PartRunner spark;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    build = SmallBuild.writeTo(folder.resolve("catalogue"));
    build.here("local");
    spark =
        engine()
            .open(
                CLUSTER,
                "SparkBuildTest",
                Map.of("spark.executor.extraClassPath", System.getProperty("java.class.path")));
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.close();
    }
  }

  private static PartEngine engine() {
    return ServiceLoader.load(PartEngine.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(engine -> engine.knows(CLUSTER))
        .findFirst()
        .orElseThrow();
  }

  private static boolean leavesNoParts(String name) throws IOException {
    return Files.notExists(BuildFolder.look(build.out(name)).parts());
  }

  /** Counts what is computed, and fails after some parts. */
  private record Watched(PartRunner runner, List<String> computed, int most) implements PartRunner {
    @Override
    public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
        throws IOException, InterruptedException {
      runner.run(
          title,
          tasks,
          (part, file) -> {
            if (computed.size() == most) {
              throw new IOException("stopped by the test");
            }
            computed.add(title + " " + part);
            accepted.take(part, file);
          });
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  @Test
  void oneTwoAndSevenPartsGiveTheBitsOfALocalBuild() throws Exception {
    for (int size :
        List.of(SmallBuild.PICTURES, SmallBuild.PICTURES / 2, SmallBuild.PICTURES / 7)) {
      String name = "spark-" + size;
      BuildReport report = build.parts(name, spark, size);
      assertThat(build.content(name)).as("parts of %d", size).isEqualTo(build.content("local"));
      assertThat(report.unreadablePictures()).isEqualTo(1);
      assertThat(leavesNoParts(name)).isTrue();
    }
  }

  @Test
  void aLargeIndexKeepsTheSegmentsOfItsParts() throws Exception {
    build.parts("large", spark, new PartSizes(20, 20, 30, 100), SmallBuild.tools());
    assertThat(IndexContent.segments(build.out("large").resolve("index"))).isEqualTo(3 + 2);
    assertThat(IndexContent.segments(build.out("local").resolve("index"))).isEqualTo(1);
    Map<String, String> local = build.content("local");
    Map<String, String> large = build.content("large");
    // Fields of a segment are numbered for themselves.
    local.keySet().removeIf(key -> key.startsWith("points "));
    large.keySet().removeIf(key -> key.startsWith("points "));
    assertThat(large).isEqualTo(local);
  }

  /** Cuts at spaces and line feeds. */
  private record OwnSegmenter(String name) implements Segmenter {
    @Override
    public List<Token> segment(String text) {
      return Pattern.compile("\\S+")
          .matcher(text)
          .results()
          .map(word -> new Token(word.group(), word.start(), word.end(), ""))
          .toList();
    }
  }

  @Test
  void aSegmenterThatOthersCannotLoadWorksHere() throws Exception {
    KeywordTools own = KeywordTools.builtIn(new OwnSegmenter("unicode"));
    build.here("own-local", own);
    List<String> computed = new ArrayList<>();
    PartRunner watched = new Watched(new ThreadRunner(2), computed, 999);
    build.parts("own", watched, new PartSizes(20, 20, 20, 1000), own);
    assertThat(computed)
        .noneMatch(part -> part.startsWith("songs to segment"))
        .anyMatch(part -> part.startsWith("songs to take lines of"))
        .anyMatch(part -> part.startsWith("parts of the index"));
    assertThat(build.content("own")).isEqualTo(build.content("own-local"));
  }

  @Test
  void versionsOfASongAreGroupedThroughAllParts() throws Exception {
    List<String> keys =
        build.content("local").entrySet().stream()
            .filter(entry -> entry.getKey().endsWith(IndexLayout.SONG_CONTENT_KEY + " value"))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(keys.stream().filter(key -> Collections.frequency(keys, key) == 6)).hasSize(6);
  }

  /** Another control: parts of the index are joined in the order in which they come. */
  @Test
  void partsThatAreJoinedAsTheyComeGiveAnotherIndex() throws Exception {
    PartRunner arrival =
        new PartRunner() {
          @Override
          public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
              throws IOException, InterruptedException {
            List<Path> files = new ArrayList<>();
            new ThreadRunner(2).run(title, tasks, (part, file) -> files.add(file));
            if (title.equals("parts of the index")) {
              Collections.reverse(files);
            }
            for (int i = 0; i < tasks.size(); i++) {
              accepted.take(tasks.get(i).part(), files.get(i));
            }
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    build.parts("arrival", arrival, 21);
    assertThat(build.content("arrival")).isNotEqualTo(build.content("local"));
  }

  /** The control: what the test above would not notice is of no use. */
  @Test
  void partsThatAreMixedUpGiveAnotherIndex() throws Exception {
    PartRunner mixed =
        new PartRunner() {
          @Override
          public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
              throws IOException, InterruptedException {
            List<Path> files = new ArrayList<>();
            new ThreadRunner(2).run(title, tasks, (part, file) -> files.add(file));
            for (int i = 0; i < tasks.size(); i++) {
              // Counting would fail at once by word bounds of other songs.
              boolean kept = title.equals("songs to segment") || (i ^ 1) == tasks.size();
              accepted.take(tasks.get(i).part(), files.get(kept ? i : i ^ 1));
            }
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    build.parts("mixed", mixed, 6);
    assertThat(build.content("mixed")).isNotEqualTo(build.content("local"));
  }

  @Test
  void aBuildThatWasStoppedGoesOnInEitherWay() throws Exception {
    List<String> first = new ArrayList<>();
    assertThatThrownBy(() -> build.parts("stopped", new Watched(spark, first, 3), 6))
        .hasMessageContaining("stopped by the test");
    Path parts = BuildFolder.look(build.out("stopped")).parts();
    assertThat(parts).exists();
    List<String> more = new ArrayList<>();
    BuildReport report = build.parts("stopped", new Watched(new ThreadRunner(2), more, 999), 6);
    assertThat(report.stages().get(1).summary())
        .as("pictures of the three parts were known")
        .matches("[0-9]+ encoded, [1-9][0-9]* known already, 1 unreadable");
    assertThat(build.content("stopped")).isEqualTo(build.content("local"));

    assertThatThrownBy(() -> build.parts("stopped2", new Watched(spark, new ArrayList<>(), 9), 6))
        .hasMessageContaining("stopped by the test");
    assertThat(BuildFolder.look(build.out("stopped2")).parts()).exists();
    BuildReport local = build.here("stopped2");
    assertThat(local.stages().get(1).summary()).startsWith("0 encoded");
    assertThat(build.content("stopped2")).isEqualTo(build.content("local"));
    assertThat(leavesNoParts("stopped2")).isTrue();
  }

  @Test
  void aDamagedPartIsComputedAgain() throws Exception {
    assertThatThrownBy(() -> build.parts("damaged", new Watched(spark, new ArrayList<>(), 4), 6))
        .hasMessageContaining("stopped by the test");
    List<Path> parts = SmallBuild.parts(BuildFolder.look(build.out("damaged")), "");
    assertThat(parts).isNotEmpty();
    for (Path file : parts) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThat(FolderCheck.check(build.out("damaged"), false))
          .anySatisfy(problem -> assertThat(problem).contains(file.getFileName().toString()));
    }
    build.parts("damaged", spark, 6);
    assertThat(build.content("damaged")).isEqualTo(build.content("local"));
  }

  @Test
  void damagedPartsOfTheIndexAreWrittenAgain() throws Exception {
    List<String> all = new ArrayList<>();
    PartSizes sizes = new PartSizes(21, 99, 20, 1000);
    build.parts("parted", new Watched(new ThreadRunner(1), all, 999), sizes, SmallBuild.tools());
    PartRunner stopped = new Watched(new ThreadRunner(1), new ArrayList<>(), all.size() - 1);
    assertThatThrownBy(() -> build.parts("torn", stopped, sizes, SmallBuild.tools()))
        .hasMessageContaining("stopped by the test");
    List<Path> parts = SmallBuild.parts(BuildFolder.look(build.out("torn")), "index-");
    assertThat(parts).hasSize(5);
    Path first = Path.of(parts.get(0).toString().replace(".part", ".index"));
    try (Stream<Path> files = Files.list(first)) {
      Path data = files.filter(file -> file.toString().endsWith(".fdt")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(data);
      bytes[bytes.length / 2] ^= 1;
      Files.write(data, bytes);
    }
    IOUtils.rm(Path.of(parts.get(1).toString().replace(".part", ".index")));
    List<String> again = new ArrayList<>();
    build.parts("torn", new Watched(new ThreadRunner(1), again, 999), sizes, SmallBuild.tools());
    assertThat(again).filteredOn(part -> part.startsWith("parts of the index")).hasSize(2);
    assertThat(build.content("torn")).isEqualTo(build.content("local"));
  }

  @Test
  void anExecutorThatIsKilledCostsItsPartOnly() throws Exception {
    List<String> computed = new ArrayList<>();
    PartRunner killing =
        new PartRunner() {
          private boolean killed;
          private int runs;

          @Override
          public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
              throws IOException, InterruptedException {
            int run = runs++; // texts are encoded twice, lines and whole songs
            spark.run(
                title,
                tasks,
                (part, file) -> {
                  computed.add(run + " " + title + " " + part);
                  if (!killed) {
                    killed = executors().findFirst().orElseThrow().destroyForcibly();
                  }
                  accepted.take(part, file);
                });
          }

          @Override
          public void close() {
            // The other tests go on with it.
          }
        };
    build.parts("killed", killing, 3);
    assertThat(computed).doesNotHaveDuplicates().hasSizeGreaterThan(28);
    assertThat(build.content("killed")).isEqualTo(build.content("local"));
  }

  /** The only processes that this one has started. */
  private static Stream<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"));
  }

  /** A part that fails. */
  private record Failing(int part) implements PartTask {
    @Override
    public String run() throws IOException {
      throw new IOException("there is no disk");
    }
  }

  /** A part that says it wrote a file, which nobody can see. */
  private record Elsewhere(int part) implements PartTask {
    @Override
    public String run() {
      return "/nowhere/" + part + ".part";
    }
  }

  @Test
  void whatAnExecutorCannotDoIsToldWithItsReason() {
    assertThatThrownBy(() -> spark.run("pictures", List.of(new Failing(5)), (part, file) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("part 5 of pictures: there is no disk");
    assertThatThrownBy(
            () ->
                spark.run(
                    "pictures",
                    List.of(new Elsewhere(2)),
                    (part, file) -> {
                      throw new IOException(part + " is not at " + file);
                    }))
        .hasMessage("2 is not at /nowhere/2.part");
  }

  @Test
  void anAddressWhereNobodyIsIsToldAtOnce() {
    PartEngine engine = engine();
    assertThat(engine.knows("spark://somewhere:7077")).isTrue();
    assertThat(engine.knows("http://somewhere")).isFalse();
    assertThatThrownBy(() -> engine.open("spark://127.0.0.1:1", "nobody", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no Spark master answers at spark://127.0.0.1:1")
        .hasMessageContaining("seesong spark master");
    assertThatThrownBy(() -> engine.open("spark://somewhere", "no port", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark://host:port");
  }
}
