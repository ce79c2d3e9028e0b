package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a java that only tells how it was called. */
class LauncherTest {
  @TempDir Path folder;
  private Path launcher;

  @BeforeEach
  void copyLauncher() throws IOException {
    Path original = Path.of(System.getProperty("seesong.root", "../.."), "seesong");
    Assumptions.assumeTrue(Files.isRegularFile(original), "skipped: no launcher at " + original);
    Path root = Files.createDirectories(folder.resolve("my checkout 仓库"));
    launcher = Files.copy(original, root.resolve("seesong"));
    Files.createDirectories(root.resolve("src/app/target"));
    Files.createDirectories(root.resolve("indexer"));
    Files.createFile(root.resolve("pom.xml"));
    Files.createFile(root.resolve("src/app/target/seesong-app.jar"));
    Files.createFile(root.resolve("src/app/target/launcher.stamp"));
  }

  private Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    Path java =
        Files.writeString(
            home.resolve("bin/java"),
            "#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done; echo \"locale ${LC_ALL:-unset}\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private List<String> run(Path command, Path directory, Path jdk, String... arguments)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("SEESONG_"));
    environment.put("LANG", "C");
    environment.put("SEESONG_JAVA", jdk.toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.lines().toList();
  }

  @Test
  void forwardsArgumentsFromAnyFolderAndThroughLinks() throws Exception {
    Path jdk = jdk("17.0.9");
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("songs for"), launcher);
    Path relative = Files.createSymbolicLink(elsewhere.resolve("again"), Path.of("songs for"));
    for (Path command : List.of(launcher, link, relative)) {
      List<String> lines = run(command, elsewhere, jdk, "search", "a b", "照片/雪 1.jpg", "*");
      assertThat(lines)
          .containsSubsequence(
              "-Dseesong.command=" + command,
              "-jar",
              launcher.resolveSibling("src/app/target/seesong-app.jar").toString(),
              "search",
              "a b",
              "照片/雪 1.jpg",
              "*",
              "locale C.UTF-8");
    }
  }

  @Test
  void givesEachJdkTheFlagsItNeeds() throws Exception {
    String vector = "--add-modules";
    String simd = "-Dorg.apache.lucene.vectorization.upperJavaFeatureVersion=25";
    assertThat(run(launcher, folder, jdk("17.0.9"))).doesNotContain(vector, simd);
    assertThat(run(launcher, folder, jdk("21"))).contains(vector).doesNotContain(simd);
    assertThat(run(launcher, folder, jdk("25.0.1"))).contains(vector, simd);
  }

  @Test
  void refusesAnOldJdkByName() throws Exception {
    Path old = jdk("1.8.0_392");
    assertThat(run(launcher, folder, old))
        .containsExactly(
            "seesong: SEESONG_JAVA=" + old + " is not the folder of a JDK 17 or later");
  }
}
