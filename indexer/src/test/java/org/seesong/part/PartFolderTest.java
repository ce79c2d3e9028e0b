package org.seesong.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.io.FramedFile;

class PartFolderTest {
  @TempDir Path root;
  private PartFolder parts;

  @BeforeEach
  void open() throws IOException {
    parts = new PartFolder(root.resolve("squares"), "Squares", 1);
  }

  /** Writes the square of its number. */
  private record Square(int part, String folder) implements PartTask {
    @Override
    public String run() throws IOException {
      Path file = PartFolder.attempt(folder, part);
      new FramedFile(file, "Squares", 1).write(out -> out.writeInt(part * part));
      return file.toString();
    }
  }

  private Map<Integer, Integer> compute(PartRunner runner, int number) throws Exception {
    Map<Integer, Integer> squares = new TreeMap<>();
    parts.compute(
        runner,
        "squares",
        new PartPlan(number, 1),
        part -> new Square(part, parts.path()),
        (in, bytes) -> in.readInt(),
        (part, square) -> assertThat(squares.put(part, square)).isNull());
    return squares;
  }

  /** What a runner was given. */
  private static PartRunner watched(List<Integer> sizes) {
    return new PartRunner() {
      @Override
      public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
          throws IOException, InterruptedException {
        sizes.add(tasks.size());
        new ThreadRunner(3).run(title, tasks, accepted);
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Test
  void aPlanCutsInOrder() {
    PartPlan plan = new PartPlan(10, 4);
    assertThat(plan.parts()).isEqualTo(3);
    assertThat(plan.of(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 2)).containsExactly(8, 9);
    assertThat(new PartPlan(0, 4).parts()).isZero();
    PartPlan large = new PartPlan(Integer.MAX_VALUE, 1024);
    assertThat(large.end(large.parts() - 1)).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> new PartPlan(3, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachPartIsTakenOnceHoweverManyThereAre() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    Map<Integer, Integer> squares = compute(watched(sizes), 1100);
    assertThat(squares).hasSize(1100);
    squares.forEach((part, square) -> assertThat(square).isEqualTo(part * part));
    assertThat(sizes).containsExactly(1024, 76); // no more at once
  }

  @Test
  void partsThatAreThereAreNotComputed() throws Exception {
    compute(new ThreadRunner(2), 5);
    new Square(2, parts.path()).run(); // a second attempt at one
    new Square(99, parts.path()).run(); // of another cut
    Files.writeString(Path.of(parts.path(), "notes.part"), "not a part");
    List<Integer> sizes = new ArrayList<>();
    assertThat(compute(watched(sizes), 7)).hasSize(7);
    assertThat(sizes).containsExactly(2);
  }

  @Test
  void aDamagedPartIsComputedAgain() throws Exception {
    Path file = Path.of(new Square(1, parts.path()).run());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 17] ^= 4;
    Files.write(file, bytes);
    List<Integer> sizes = new ArrayList<>();
    assertThat(compute(watched(sizes), 2)).containsEntry(1, 1);
    assertThat(sizes).containsExactly(2);
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatNobodySeesIsNamed() {
    PartRunner elsewhere =
        new PartRunner() {
          @Override
          public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
              throws IOException {
            accepted.take(0, root.resolve("000000-gone.part"));
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    assertThatThrownBy(() -> compute(elsewhere, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("000000-gone.part")
        .hasMessageContaining("that all machines see under the same name");
  }

  @Test
  void anEngineThatHandsOverTooLittleIsFoundOut() {
    PartRunner lazy =
        new PartRunner() {
          @Override
          public void run(String title, List<? extends PartTask> tasks, Accepted accepted) {
            // Says nothing, computes nothing.
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    assertThatThrownBy(() -> compute(lazy, 3))
        .hasMessage("3 parts of squares were not handed over");
  }
}
