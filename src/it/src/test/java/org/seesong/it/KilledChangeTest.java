package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seesong.build.BuildListener;
import org.seesong.testing.FaultyDisk;
import org.seesong.testing.Trials;

/**
 * A command that is killed by SIGKILL at any change to the disk, in the middle of a write too, and
 * run again ends like one that ran through.
 */
class KilledChangeTest {
  static final String PAUSED = "paused ";

  @TempDir static Path shared;
  private static FolderStates states;

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
      FolderStates.run(
          FolderChange.valueOf(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), disk);
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

  @BeforeAll
  static void prepare() throws Exception {
    states = FolderStates.prepare(shared, 60, 45);
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
    FolderStates.Uninterrupted reference = states.reference(change);
    Path folder = temporary.resolve("folder");
    FolderChange.copy(states.before(change), folder);
    long point = 1 + Trials.random(getClass(), trial).nextLong(reference.changes());
    String name = Trials.name(trial) + ": " + change + " at " + point + "/" + reference.changes();
    int encoded = kill(change, folder, point);
    Map<String, String> left = FolderStates.state(change, folder);
    boolean done = left.equals(reference.once());
    FolderStates.requireUsable(change, folder, name);
    if (change == FolderChange.IMPORT && left.isEmpty()) {
      done = false; // aside, in the moment in which another takes its place
    } else if (!done) {
      assertThat(left).as(name).isEqualTo(reference.before());
    }
    int before = FolderChange.ENCODED.get();
    change.run(states.inputs(change), folder, BuildListener.NONE);
    int again = FolderChange.ENCODED.get() - before;
    assertThat(FolderStates.state(change, folder))
        .as(name)
        .isEqualTo(done ? reference.twice() : reference.once());
    assertThat(encoded + again)
        .as("pictures encoded, %s", name)
        .isBetween(reference.encoded(), reference.encoded() + FolderChange.BATCH);
    FolderStates.requireWhole(change, folder, name);
  }

  /** Returns how many pictures it had encoded. */
  private static int kill(FolderChange change, Path folder, long point) throws Exception {
    Process process = start(change, states.inputs(change), folder, point);
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

  /** Starts a change that says {@link #PAUSED} at a point. */
  static Process start(FolderChange change, Path inputs, Path folder, long point)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Djava.awt.headless=true",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            change.name(),
            inputs.toString(),
            folder.toString(),
            Long.toString(point))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
