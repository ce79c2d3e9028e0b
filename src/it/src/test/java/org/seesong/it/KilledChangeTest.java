package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seesong.build.BuildListener;
import org.seesong.build.FolderCheck;
import org.seesong.build.Stage;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.index.IndexCheck;
import org.seesong.io.Digests;
import org.seesong.testing.FaultyDisk;
import org.seesong.testing.Trials;

/**
 * A command that is killed by SIGKILL at any change to the disk, in the middle of a write too, and
 * run again ends like one that ran through.
 */
class KilledChangeTest {
  private static final String PAUSED = "paused ";

  @TempDir static Path shared;
  private static final Map<FolderChange, Path> INPUTS = new EnumMap<>(FolderChange.class);
  private static final Map<FolderChange, Path> BEFORE = new EnumMap<>(FolderChange.class);

  /** A change in a process of its own that stops at a point, says so, and waits to be killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      long point = Long.parseLong(arguments[3]);
      FaultyDisk disk = new FaultyDisk();
      disk.set(
          (change, number) -> {
            if (number == point) {
              pause();
            }
          });
      run(FolderChange.valueOf(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), disk);
      pause(); // another process may need fewer changes
    }

    private static void pause() {
      PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
      out.println(PAUSED + FolderChange.ENCODED);
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void run(FolderChange change, Path inputs, Path folder, FaultyDisk disk)
      throws Exception {
    change.run(
        inputs,
        disk.path(folder),
        new BuildListener() {
          @Override
          public void progress(Stage stage, long done, long total) {
            disk.passedBy(); // vectors are appended to files that the disk does not see
          }
        });
  }

  @BeforeAll
  static void prepare() throws Exception {
    Path catalogue = shared.resolve("catalogue");
    SmallCatalogue.writeTo(catalogue, 120, 90);
    Path more = shared.resolve("more");
    SmallCatalogue.writeMore(more);
    Path other = shared.resolve("other");
    SmallCatalogue.writeTo(other, 30, 20);
    Path older = shared.resolve("older");
    FolderChange.build(other, older, BuildListener.NONE);
    Path built = shared.resolve("built");
    FolderChange.build(catalogue, built, BuildListener.NONE);
    Path removed = shared.resolve("removed");
    FolderChange.copy(built, removed);
    FolderChange.add(more, removed, BuildListener.NONE);
    FolderChange.REMOVE.run(more, removed, BuildListener.NONE);
    Path home = shared.resolve("home");
    FolderChange.importModel(home, 1);
    INPUTS.put(FolderChange.BUILD, catalogue);
    INPUTS.put(FolderChange.ADD, more);
    BEFORE.put(FolderChange.BUILD, older);
    BEFORE.put(FolderChange.ADD, built);
    BEFORE.put(FolderChange.REMOVE, built);
    BEFORE.put(FolderChange.COMPACT, removed);
    BEFORE.put(FolderChange.IMPORT, home);
  }

  static Stream<Arguments> points() throws Exception {
    List<Arguments> points = new ArrayList<>();
    int each = Trials.number(2, 20);
    for (FolderChange change : FolderChange.values()) {
      for (int trial = 0; trial < each; trial++) {
        points.add(Arguments.of(change, trial));
      }
    }
    return points.stream();
  }

  @ParameterizedTest
  @MethodSource("points")
  void isAsIfItHadRunThrough(FolderChange change, int trial, @TempDir Path temporary)
      throws Exception {
    Uninterrupted reference = Uninterrupted.of(change);
    Path folder = temporary.resolve("folder");
    FolderChange.copy(BEFORE.get(change), folder);
    long point = 1 + Trials.random(getClass(), trial).nextLong(reference.points());
    String name = Trials.name(trial) + ": " + change + " at " + point + "/" + reference.points();
    int encoded = kill(change, folder, point);
    Map<String, String> left = state(change, folder);
    boolean done = left.equals(reference.once());
    if (change == FolderChange.IMPORT && left.isEmpty()) {
      done = false; // aside, in the moment in which another takes its place
    } else if (!done) {
      assertThat(left).as(name).isEqualTo(reference.before());
    }
    int before = FolderChange.ENCODED.get();
    change.run(INPUTS.get(change), folder, BuildListener.NONE);
    int again = FolderChange.ENCODED.get() - before;
    assertThat(state(change, folder))
        .as(name)
        .isEqualTo(done ? reference.twice() : reference.once());
    assertThat(encoded + again)
        .as("pictures encoded, %s", name)
        .isBetween(reference.encoded(), reference.encoded() + FolderChange.BATCH);
    requireWhole(change, folder, name);
  }

  /** What a change does to a folder that nothing happens to. */
  private record Uninterrupted(
      long points,
      int encoded,
      Map<String, String> before,
      Map<String, String> once,
      Map<String, String> twice) {
    private static final Map<FolderChange, Uninterrupted> KNOWN =
        new EnumMap<>(FolderChange.class);

    static Uninterrupted of(FolderChange change) throws Exception {
      Uninterrupted known = KNOWN.get(change);
      if (known == null) {
        Path folder = shared.resolve("reference-" + change);
        FolderChange.copy(BEFORE.get(change), folder);
        Map<String, String> before = state(change, folder);
        FaultyDisk disk = new FaultyDisk();
        int encoded = FolderChange.ENCODED.get();
        KilledChangeTest.run(change, INPUTS.get(change), folder, disk);
        encoded = FolderChange.ENCODED.get() - encoded;
        Map<String, String> once = state(change, folder);
        long points = disk.changes();
        change.run(INPUTS.get(change), folder, BuildListener.NONE);
        known = new Uninterrupted(points, encoded, before, once, state(change, folder));
        KNOWN.put(change, known);
        assertThat(once).isNotEqualTo(before);
      }
      return known;
    }
  }

  /** All that the folder holds for those who use it. */
  private static Map<String, String> state(FolderChange change, Path folder) throws IOException {
    return change == FolderChange.IMPORT ? model(folder) : IndexDump.of(folder.resolve("index"));
  }

  private static Map<String, String> model(Path home) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path model = home.resolve("net");
    if (Files.isDirectory(model)) {
      try (Stream<Path> all = Files.walk(model)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(model.relativize(file).toString(), Digests.sha256(file));
        }
      }
    }
    return files;
  }

  private static void requireWhole(FolderChange change, Path folder, String name)
      throws Exception {
    if (change == FolderChange.IMPORT) {
      ModelHome home = new ModelHome(folder);
      home.verify("net");
      try (ImageEncoder encoder = home.open("net")) {
        assertThat(encoder.encode(List.of(new RgbImage(8, 8, new byte[192])))).hasSize(6);
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).as(name).containsExactly(folder.resolve("net"));
      }
    } else {
      assertThat(IndexCheck.check(folder.resolve("index")).problems()).as(name).isEmpty();
      assertThat(FolderCheck.check(folder, true)).as(name).isEmpty();
    }
  }

  /** Returns how many pictures it had encoded. */
  private static int kill(FolderChange change, Path folder, long point) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.awt.headless=true",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                change.name(),
                String.valueOf(INPUTS.get(change)),
                folder.toString(),
                Long.toString(point))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line;
    try (BufferedReader reader = process.inputReader()) {
      line = reader.readLine();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
    assertThat(line).startsWith(PAUSED);
    return Integer.parseInt(line.substring(PAUSED.length()));
  }
}
