package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.io.ContentKey;
import org.seesong.label.NeighbourSearch;
import org.seesong.label.Neighbours;
import org.seesong.part.PartRunner;
import org.seesong.part.PartTask;
import org.seesong.part.ThreadRunner;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

class NeighbourPartsTest {
  private static final int PICTURES = 103;
  private static final int[] LABELLED =
      IntStream.range(0, PICTURES).filter(i -> i % 3 > 0).toArray();

  @TempDir Path root;
  private BuildFolder folder;
  private VectorFile file;
  private StoredVectors images;

  @BeforeEach
  void encode() throws IOException {
    folder = BuildFolder.look(root);
    Files.createDirectories(folder.vectors());
    file = VectorFile.open(folder.vectors("x"), "x", 8);
    Random random = new Random(5);
    List<ContentKey> keys = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      float[] vector = new float[8];
      for (int j = 0; j < vector.length; j++) {
        vector[j] = random.nextInt(4); // with ties
      }
      keys.add(
          i == 7
              ? EncodedPictures.UNREADABLE
              : ContentKey.of(("p" + i).getBytes(StandardCharsets.UTF_8)));
      if (i != 7) {
        file.append(keys.get(i), vector);
      }
    }
    file.sync();
    images =
        new StoredVectors(
            new EncodedPictures(keys, List.of("p7"), 0, 0),
            file,
            new VectorSpace("x", 8),
            Optional.empty());
  }

  @AfterEach
  void close() throws IOException {
    file.close();
  }

  private Neighbours find(NeighbourSearch search) throws Exception {
    return search.find(images, LABELLED, 4, done -> {});
  }

  private NeighbourParts parts(PartRunner runner, boolean here) {
    return new NeighbourParts(runner, here, folder, "key", images, 10);
  }

  /** Counts what is computed, and fails after some parts. */
  private record Watched(List<Integer> computed, int most) implements PartRunner {
    @Override
    public void run(String title, List<? extends PartTask> tasks, Accepted accepted)
        throws IOException, InterruptedException {
      new ThreadRunner(2)
          .run(
              title,
              tasks,
              (part, path) -> {
                if (computed.size() == most) {
                  throw new IOException("stopped by the test");
                }
                computed.add(part);
                accepted.take(part, path);
              });
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @Test
  void partsHereAndElsewhereFindWhatThreadsFind() throws Exception {
    Neighbours threads = find(NeighbourSearch.threads(3));
    for (boolean here : List.of(true, false)) {
      Neighbours found = find(parts(new ThreadRunner(2), here));
      assertThat(found.pictures()).isEqualTo(threads.pictures());
      assertThat(found.squares()).isEqualTo(threads.squares());
    }
    assertThat(folder.parts()).isEmptyDirectory();
  }

  @Test
  void aSearchThatWasStoppedGoesOnHereOrElsewhere() throws Exception {
    Neighbours threads = find(NeighbourSearch.threads(1));
    for (boolean here : List.of(true, false)) {
      List<Integer> first = new ArrayList<>();
      assertThatThrownBy(() -> find(parts(new Watched(first, 6), here)))
          .hasMessage("stopped by the test");
      List<Integer> second = new ArrayList<>();
      Neighbours found = find(parts(new Watched(second, 99), !here));
      assertThat(second).hasSizeLessThanOrEqualTo(5).doesNotContainAnyElementsOf(first);
      assertThat(found.pictures()).isEqualTo(threads.pictures());
      assertThat(found.squares()).isEqualTo(threads.squares());
    }
  }
}
