package org.seesong.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchedFolderTest {
  @TempDir Path folder;

  @Test
  void leadsToEachBuildByTurnsAndLeavesThemAlone() throws Exception {
    Path one = Files.createFile(Files.createDirectory(folder.resolve("one")).resolve("file"));
    Path two = Files.createFile(Files.createDirectory(folder.resolve("two")).resolve("file"));
    Path path;
    try (SwitchedFolder switched = new SwitchedFolder(List.of(one.getParent(), two.getParent()))) {
      path = switched.path();
      assertThat(path.toRealPath()).isEqualTo(one.getParent().toRealPath());
      switched.next();
      assertThat(path.toRealPath()).isEqualTo(two.getParent().toRealPath());
      switched.next();
      assertThat(path.toRealPath()).isEqualTo(one.getParent().toRealPath());
    }
    assertThat(path.getParent()).doesNotExist();
    assertThat(one).exists();
    assertThat(two).exists();
  }
}
