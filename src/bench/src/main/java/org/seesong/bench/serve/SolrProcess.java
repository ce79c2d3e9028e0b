package org.seesong.bench.serve;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A SolrCloud of one node as a process, which knows nothing of Seesong but the unzipped module.
 * Made of what a build of {@code src/it} leaves.
 */
final class SolrProcess implements AutoCloseable {
  private static final Pattern NODE = Pattern.compile("node (http://\\S+)\\R");
  private static final String MAIN = "org/seesong/it/SolrCloudMain.class";

  private final MeasuredProcess process;
  private final String node;

  private SolrProcess(MeasuredProcess process, String node) {
    this.process = process;
    this.node = node;
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param folder for all its files
   * @param flags of its JVM beside the launcher's
   */
  static SolrProcess start(Path folder, List<String> flags)
      throws IOException, InterruptedException {
    Path root = root();
    Path install = folder.resolve("solr");
    unzip(module(root), install);
    Path main = folder.resolve("main").resolve(MAIN);
    Files.createDirectories(main.getParent());
    Files.copy(made(root.resolve("src/it/target/test-classes").resolve(MAIN)), main);
    Path libraries = made(root.resolve("src/it/target/solr.classpath"));
    List<String> all = new ArrayList<>(flags);
    all.add("-Dsolr.install.dir=" + install);
    all.add("-Dsolr.modules=seesong");
    MeasuredProcess process =
        MeasuredProcess.start(
            all,
            folder.resolve("main")
                + File.pathSeparator
                + Files.readString(libraries, StandardCharsets.UTF_8).strip(),
            List.of("org.seesong.it.SolrCloudMain", folder.resolve("cloud").toString(), "1"),
            folder.resolve("output"));
    try {
      return new SolrProcess(process, process.await(NODE));
    } catch (IOException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  /** The folder of the sources that this class was compiled from. */
  private static Path root() throws IOException {
    try {
      Path own =
          Path.of(SolrProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolve("../../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IOException("the folder of the sources is not known", e);
    }
  }

  private static Path made(Path file) throws NoSuchFileException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "make it by 'mvn -B -DskipTests package -pl src/it -am'");
    }
    return file;
  }

  private static Path module(Path root) throws IOException {
    Path target = root.resolve("plugin/target");
    Path none = target.resolve("seesong-solr-module.zip");
    if (!Files.isDirectory(target)) {
      return made(none);
    }
    try (Stream<Path> files = Files.list(target)) {
      return made(
          files.filter(file -> file.toString().endsWith("-module.zip")).findFirst().orElse(none));
    }
  }

  private static void unzip(Path zip, Path folder) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(zip)) {
      Path top = files.getPath("/");
      List<Path> all;
      try (Stream<Path> walk = Files.walk(top)) {
        all = walk.filter(Files::isRegularFile).toList();
      }
      for (Path file : all) {
        Path to = folder.resolve(top.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  /** The node's address. */
  String node() {
    return node;
  }

  MeasuredProcess process() {
    return process;
  }

  /** Stops it in order. Returns its exit code. */
  int stop() throws IOException, InterruptedException {
    return process.endInput();
  }

  @Override
  public void close() {
    process.close();
  }
}
