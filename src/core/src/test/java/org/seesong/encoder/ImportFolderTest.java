package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed imports leave is cleared away by the next, and what is under way is left alone. */
class ImportFolderTest {
  @TempDir Path home;

  @Test
  void nothingIsLeftOfAnImportThatIsGivenUp() throws IOException {
    try (ImportFolder folder = ImportFolder.create(home)) {
      Files.writeString(folder.model().resolve("file"), "half");
      assertThat(names()).hasSize(2).allMatch(name -> name.startsWith(".import-"));
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void whatAKilledImportLeftGoesWithTheNext() throws IOException {
    Files.createDirectories(home.resolve(".import-1/model/onnx"));
    Files.writeString(home.resolve(".import-1/model/onnx/weights"), "half");
    Files.createFile(home.resolve(".import-1.lock"));
    Files.createFile(home.resolve(".import-2.lock"));
    ImportFolder.create(home).close();
    assertThat(names()).isEmpty();
  }

  @Test
  void anImportUnderWayIsLeftAlone() throws IOException {
    try (ImportFolder first = ImportFolder.create(home)) {
      ImportFolder.create(home).close();
      assertThat(first.model()).isDirectory();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void aFolderWithoutALockGoesOnceItIsOld() throws IOException {
    Path fresh = Files.createDirectory(home.resolve(".import-fresh"));
    Path old = Files.createDirectory(home.resolve(".import-old"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    ImportFolder.create(home).close();
    assertThat(fresh).isDirectory();
    assertThat(old).doesNotExist();
  }

  @Test
  void aModelThatWasBeingReplacedComesBack() throws IOException {
    Path aside = Files.createDirectories(home.resolve(".import-1/replaced/net"));
    Files.writeString(aside.resolve("model.json"), "good");
    Files.createFile(home.resolve(".import-1.lock"));
    ImportFolder.create(home).close();
    assertThat(home.resolve("net/model.json")).hasContent("good");
    assertThat(names()).containsExactly("net");
  }

  @Test
  void aReplacedModelGoesWithTheFolder() throws IOException {
    Path target = Files.createDirectory(home.resolve("net"));
    Files.writeString(target.resolve("model.json"), "old");
    try (ImportFolder folder = ImportFolder.create(home)) {
      Files.writeString(folder.model().resolve("model.json"), "new");
      folder.moveTo(target);
    }
    assertThat(target.resolve("model.json")).hasContent("new");
    assertThat(names()).containsExactly("net");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(home)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void aModelThatCannotBePutBackIsNotDeleted() throws IOException {
    Path target = Files.createDirectory(home.resolve("net"));
    Files.writeString(target.resolve("weights"), "old");
    try (ImportFolder folder = ImportFolder.create(home)) {
      Files.writeString(folder.model().resolve("weights"), "new");
      folder.use(
          (from, to) -> {
            if (to.equals(target)) {
              throw new IOException("stale handle");
            }
            Files.move(from, to);
          });
      assertThatThrownBy(() -> folder.moveTo(target))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nor could the old one be put back (stale handle); the old one is");
    }
    assertThat(target).doesNotExist();
    ImportFolder.create(home).close();
    assertThat(target.resolve("weights")).hasContent("old");
    assertThat(names()).containsExactly("net");
  }
}
