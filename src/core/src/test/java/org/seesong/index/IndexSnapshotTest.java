package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexSnapshotTest {
  @TempDir Path folder;

  @BeforeEach
  void writeIndex() throws IOException {
    TestCatalogue.random(new TestCatalogue.Size(20, 30, 5, 4, 20), 1).write(folder);
  }

  @Test
  void aSnapshotKeepsWhatLaterChangesTakeAway(@TempDir Path copies) throws IOException {
    for (boolean copy : new boolean[] {false, true}) {
      Path to = Files.createDirectories(copies.resolve("copy-" + copy));
      List<String> files = IndexSnapshot.take(folder, to, copy);
      assertThat(files).isNotEmpty();
      String song = copy ? "s9" : "s8";
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
        updater.remove(IndexLayout.SONG, song);
        updater.compact();
        updater.commit();
      }
      try (CatalogueIndex snapshot = CatalogueIndex.open(to);
          CatalogueIndex now = CatalogueIndex.open(folder)) {
        assertThat(snapshot.song(song)).isPresent();
        assertThat(now.song(song)).isEmpty();
      }
      assertThat(IndexCheck.check(to).problems()).noneMatch(p -> p.contains("Lucene"));
    }
  }

  @Test
  void aSnapshotThatFailsLeavesNothingOfItself(@TempDir Path copies) throws IOException {
    assertThatThrownBy(() -> IndexSnapshot.take(folder, copies.resolve("absent"), false))
        .isInstanceOf(NotDirectoryException.class);
    String last =
        IndexSnapshot.take(folder, Files.createDirectory(copies.resolve("a")), false).stream()
            .reduce((earlier, later) -> later)
            .orElseThrow();
    Path taken = Files.createDirectory(copies.resolve("b"));
    Files.writeString(taken.resolve(last), "somebody's");
    for (boolean copy : new boolean[] {false, true}) {
      assertThatThrownBy(() -> IndexSnapshot.take(folder, taken, copy))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("a snapshot needs an empty folder");
      try (Stream<Path> files = Files.list(taken)) {
        assertThat(files).containsExactly(taken.resolve(last));
      }
      assertThat(taken.resolve(last)).hasContent("somebody's");
    }
  }
}
