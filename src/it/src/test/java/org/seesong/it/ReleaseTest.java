package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a release is made of agrees with the sources. */
class ReleaseTest {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static Path root;

  @BeforeAll
  static void findRoot() {
    root = Path.of(System.getProperty("seesong.root", "../.."));
    Assumptions.assumeTrue(
        Files.isRegularFile(root.resolve("NOTICE")), "skipped: no sources at " + root);
  }

  private static String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  private static String artifact(String pom) {
    // The first after the parent, if there is one.
    String own = pom.replaceFirst("(?s)<parent>.*</parent>", "");
    Matcher matcher = Pattern.compile("<artifactId>([^<]+)</artifactId>").matcher(own);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .filter(file -> file.endsWith("pom.xml"))
          .filter(file -> !file.toString().contains("target"))
          .toList();
    }
  }

  @Test
  void theBomListsEveryLibraryInItsVersion() throws IOException {
    String bom = read("src/bom/pom.xml");
    TreeSet<String> libraries = new TreeSet<>();
    String rootVersion = first(VERSION, read("pom.xml"));
    for (Path file : poms()) {
      String pom = Files.readString(file);
      assertThat(first(VERSION, pom)).as("version in %s", file).isEqualTo(rootVersion);
      boolean published = !pom.contains("<maven.source.skip>true");
      if (published && !pom.contains("<packaging>pom</packaging>")) {
        libraries.add(artifact(pom));
      }
    }
    assertThat(libraries).contains("seesong-core", "seesong-solr").doesNotContain("seesong-it");
    TreeSet<String> listed = new TreeSet<>();
    String managed = bom.substring(bom.indexOf("<dependencyManagement>"), bom.indexOf("<build>"));
    Matcher matcher = Pattern.compile("<artifactId>([^<]+)</artifactId>").matcher(managed);
    while (matcher.find()) {
      listed.add(matcher.group(1));
    }
    assertThat(listed).isEqualTo(libraries);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void theNoticeNamesEveryLibraryOfTheProgram() throws IOException {
    Path lib = root.resolve("src/app/target/lib");
    Assumptions.assumeTrue(Files.isDirectory(lib), "skipped: not packaged yet: " + lib);
    String notice = read("NOTICE");
    try (Stream<Path> jars = Files.list(lib)) {
      List<String> missing =
          jars.map(jar -> jar.getFileName().toString())
              .map(name -> name.replaceFirst("-[0-9].*\\.jar$", ""))
              .filter(name -> !name.startsWith("seesong-"))
              .filter(
                  name ->
                      !Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(notice).find())
              .sorted()
              .toList();
      assertThat(missing).as("libraries that NOTICE does not name").isEmpty();
    }
  }
}
