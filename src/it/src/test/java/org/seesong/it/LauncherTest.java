package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, with a java and a mvn that only tell how they were called. */
class LauncherTest {
  /** What the launcher calls, beside java and mvn. */
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "dirname",
          "find",
          "head",
          "ln",
          "locale",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sh",
          "sleep",
          "tail",
          "touch");

  @TempDir Path folder;
  private Path launcher;
  private Path stamp;
  private Path home;
  private Path tools;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void copyLauncher() throws IOException {
    Path original = Path.of(System.getProperty("seesong.root", "../.."), "seesong");
    Assumptions.assumeTrue(Files.isRegularFile(original), "skipped: no launcher at " + original);
    Path root = Files.createDirectories(folder.resolve("my checkout 仓库"));
    // The machine's own JDKs stay out of it.
    String text = Files.readString(original).replace("/usr/lib/jvm/*", "'" + folder + "'/jvm/*");
    launcher = script(root.resolve("seesong"), text);
    Files.createDirectories(root.resolve("src/app/target"));
    Files.createDirectories(root.resolve("indexer"));
    Files.createDirectories(root.resolve("plugin"));
    Files.createFile(root.resolve("pom.xml"));
    Files.createFile(root.resolve("src/app/target/seesong-app.jar"));
    stamp = Files.createFile(root.resolve("src/app/target/launcher.stamp"));
    home = Files.createDirectories(folder.resolve("home"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      provide(tool);
    }
    environment.putAll(Map.of("LANG", "C", "HOME", home.toString(), "PATH", tools.toString()));
  }

  private void provide(String tool) throws IOException {
    Path found = Path.of("/usr/bin", tool);
    Path program = Files.exists(found) ? found : Path.of("/bin", tool);
    script(tools.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
  }

  private static Path script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path jdk(String version) throws IOException {
    return jdk(folder.resolve("jdk-" + version), version);
  }

  private Path jdk(Path home, String version) throws IOException {
    script(jre(home, version).resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private Path jre(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        "#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done\necho \"locale ${LC_ALL:-unset}\"\n"
            + "echo \"java "
            + version
            + "\"\n");
    return home;
  }

  /** A JDK where the launcher looks for any, newer than all that are named. */
  private Path newestJdk() throws IOException {
    return jdk(folder.resolve("jvm/jdk-99"), "99.0.1");
  }

  /** A mvn that notes its call in the file {@code calls} and then does what the lines say. */
  private void mvn(String... lines) throws IOException {
    script(
        tools.resolve("mvn"),
        "#!/bin/sh\necho \"mvn $JAVA_HOME\" >> '"
            + folder.resolve("calls")
            + "'\ntouch src/app/target/seesong-app.jar\n"
            + String.join("\n", lines)
            + "\n");
  }

  private List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private void removeStamp() throws IOException {
    Files.delete(stamp);
  }

  private List<String> run(Path command, Path directory, Path jdk, String... arguments)
      throws Exception {
    environment.put("SEESONG_JAVA", jdk.toString());
    return output(start(command, directory, arguments));
  }

  private List<String> run() throws Exception {
    return output(start(launcher, folder));
  }

  private Process start(Path command, Path directory, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static List<String> output(Process process) throws Exception {
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

  @Test
  void needsNoHome() throws Exception {
    environment.remove("HOME");
    newestJdk();
    assertThat(run()).contains("java 99.0.1").noneMatch(line -> line.contains("HOME"));
    removeStamp();
    mvn();
    assertThat(run()).contains("java 99.0.1").noneMatch(line -> line.contains("HOME"));
  }

  @Test
  void javaHomeComesBeforeNewerOnesAndSeesongJavaBeforeThat() throws Exception {
    newestJdk();
    assertThat(run()).contains("java 99.0.1");
    environment.put("JAVA_HOME", jdk("17.0.9").toString());
    assertThat(run()).contains("java 17.0.9");
    environment.put("SEESONG_JAVA", jdk("21").toString());
    assertThat(run()).contains("java 21");
    environment.remove("SEESONG_JAVA");
    environment.put("JAVA_HOME", jdk("1.8.0_392").toString());
    assertThat(run()).contains("java 99.0.1");
  }

  @Test
  void buildsWithAJdkWhereTheNewestIsAJre() throws Exception {
    newestJdk();
    environment.put("JAVA_HOME", jre(folder.resolve("jre"), "100").toString());
    removeStamp();
    mvn();
    assertThat(run()).contains("java 100").anyMatch(line -> line.contains("building with JDK 99"));
    assertThat(calls()).containsExactly("mvn " + folder.resolve("jvm/jdk-99"));
    assertThat(run()).contains("java 100").noneMatch(line -> line.contains("building"));
  }

  @Test
  void saysThatAJreCannotCompile() throws Exception {
    environment.put("JAVA_HOME", jre(folder.resolve("jre"), "21").toString());
    mvn();
    assertThat(run()).contains("java 21");
    removeStamp();
    List<String> lines = run();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("bin/javac", "at most a JRE", "install a JDK");
    assertThat(calls()).isEmpty();
  }

  @Test
  void compilesNextTimeWhatIsEditedDuringABuild() throws Exception {
    newestJdk();
    removeStamp();
    mvn("sleep 0.1", "touch pom.xml", "sleep 0.1");
    run();
    mvn();
    assertThat(run()).anyMatch(line -> line.contains("building"));
    assertThat(run()).noneMatch(line -> line.contains("building"));
    assertThat(calls()).hasSize(2);
  }

  @Test
  void buildsAgainAfterAFailureAndNamesItsLog() throws Exception {
    newestJdk();
    removeStamp();
    mvn("echo 'no such library'", "exit 1");
    Path log = stamp.resolveSibling("launcher.log");
    assertThat(run())
        .contains("no such library", "seesong: the build failed; the whole log is in " + log)
        .doesNotContain("java 99.0.1");
    assertThat(log).exists();
    mvn();
    assertThat(run()).contains("java 99.0.1");
    assertThat(log).doesNotExist();
  }

  @Test
  void needsNoTemporaryFolder() throws Exception {
    newestJdk();
    environment.put("TMPDIR", folder.resolve("missing").toString());
    removeStamp();
    mvn();
    assertThat(run()).contains("java 99.0.1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void launchersThatStartTogetherBuildOnce(boolean flock) throws Exception {
    if (flock) {
      Assumptions.assumeTrue(
          Files.exists(Path.of("/usr/bin/flock")), "skipped: no flock on this machine");
      provide("flock");
    }
    newestJdk();
    removeStamp();
    mvn("sleep 0.5");
    List<Process> launchers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      launchers.add(start(launcher, folder));
    }
    for (Process each : launchers) {
      assertThat(output(each)).contains("java 99.0.1");
    }
    assertThat(calls()).hasSize(1);
    assertThat(stamp.resolveSibling("launcher.lock.pid")).doesNotExist();
  }

  @Test
  void aLockWhoseProcessHasEndedIsTakenOver() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path lock = stamp.resolveSibling("launcher.lock.pid");
    Files.createSymbolicLink(lock, Path.of(Long.toString(ended.pid())));
    newestJdk();
    removeStamp();
    mvn();
    assertThat(run()).contains("java 99.0.1");
    assertThat(Files.isSymbolicLink(lock)).isFalse();
  }

  @Test
  void sparkIsBuiltAndComesFirstWhereItIsWanted() throws Exception {
    newestJdk();
    mvn("mkdir -p src/spark/target/spark/jars", "echo \"modules $*\"");
    Path spark = launcher.resolveSibling("src/spark/target/spark");
    String jars = spark + "/jars/*:" + launcher.resolveSibling("src/app/target/seesong-app.jar");
    assertThat(output(start(launcher, folder, "build", "--out", "x", "--spark", "spark://h:7077")))
        .anyMatch(line -> line.contains("building with JDK 99"))
        .containsSubsequence("-cp", jars, "org.seesong.app.Seesong", "build", "--out", "x");
    assertThat(output(start(launcher, folder, "spark", "master", "--host", "127.0.0.1")))
        .noneMatch(line -> line.contains("building"))
        .containsSubsequence("-cp", jars, "org.seesong.app.Seesong", "spark", "master");
    assertThat(output(start(launcher, folder, "build", "--out", "spark")))
        .noneMatch(line -> line.contains("building"))
        .contains("-jar")
        .doesNotContain("-cp");
    Files.delete(spark.resolve("complete"));
    assertThat(output(start(launcher, folder, "build", "--spark=spark://h:7077")))
        .anyMatch(line -> line.contains("building"));
    assertThat(calls()).hasSize(2);
  }

  @Test
  void benchmarksAreBuiltAndRunAlike() throws Exception {
    Path original = Path.of(System.getProperty("seesong.root", "../.."), "src/bench/run");
    Path module = Files.createDirectories(launcher.resolveSibling("src/bench"));
    Path bench = script(module.resolve("run"), Files.readString(original));
    newestJdk();
    mvn("touch src/bench/target/seesong-bench.jar");
    assertThat(output(start(bench, folder, "encode", "a b")))
        .anyMatch(line -> line.contains("building with JDK 99"))
        .containsSubsequence(
            "-Dseesong.command=" + bench,
            "-jar",
            module.resolve("target/seesong-bench.jar").toString(),
            "encode",
            "a b",
            "java 99.0.1");
    assertThat(run())
        .contains(launcher.resolveSibling("src/app/target/seesong-app.jar").toString())
        .noneMatch(line -> line.contains("building"));
    Files.createFile(module.resolve("pom.xml"));
    assertThat(run()).noneMatch(line -> line.contains("building"));
    assertThat(output(start(bench, folder))).anyMatch(line -> line.contains("building"));
    assertThat(calls()).hasSize(2);
  }

  @Test
  void ofAReleaseItRunsTheJarBesideAndNeverBuilds() throws Exception {
    Path release = Files.createDirectories(folder.resolve("seesong 1.0 版"));
    Path jar = Files.createFile(release.resolve("seesong-app.jar"));
    Path bin = Files.createDirectories(release.resolve("bin"));
    Path released = script(bin.resolve("seesong"), Files.readString(launcher));
    Path link = Files.createSymbolicLink(folder.resolve("linked"), released);
    mvn();
    Path jdk = jre(folder.resolve("jre"), "21");
    for (Path command : List.of(released, link)) {
      assertThat(run(command, folder, jdk, "search", "a b"))
          .containsSubsequence(
              "-Dseesong.command=" + command, "-jar", jar.toString(), "search", "a b", "java 21");
    }
    assertThat(calls()).isEmpty();
    assertThat(release).isDirectoryNotContaining(each -> each.endsWith("src"));
  }

  @Test
  void aJreWithoutTheVectorModuleIsNotAskedForIt() throws Exception {
    Path jre = jre(folder.resolve("jre"), "25");
    Path release = jre.resolve("release");
    String version = Files.readString(release);
    Files.writeString(release, version + "MODULES=\"java.base jdk.incubator.vectors java.sql\"\n");
    assertThat(run(launcher, folder, jre)).doesNotContain("jdk.incubator.vector");
    for (String modules :
        List.of("jdk.incubator.vector java.sql", "java.base jdk.incubator.vector")) {
      Files.writeString(release, version + "MODULES=\"" + modules + "\"\n");
      assertThat(run(launcher, folder, jre))
          .containsSubsequence("--add-modules", "jdk.incubator.vector");
    }
  }
}
