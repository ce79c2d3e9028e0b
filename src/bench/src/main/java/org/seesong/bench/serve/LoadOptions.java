package org.seesong.bench.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.seesong.image.ImageDecoder;
import picocli.CommandLine.Option;

/** Options of clients that a server is measured with. */
final class LoadOptions {
  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      required = true,
      description = "JPEG files to ask by, in folders of any depth.")
  private Path pictures;

  @Option(
      names = "--most-pictures",
      paramLabel = "N",
      defaultValue = "50",
      description = "Different pictures, evenly from all (default: ${DEFAULT-VALUE}).")
  private int mostPictures;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "64",
      description = "Clients that ask at once (default: ${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--bad-clients",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Further clients that send damaged pictures, send slowly or hang up in the middle, a"
              + " third each (default: ${DEFAULT-VALUE}).")
  private int badClients;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--java-flag",
      paramLabel = "FLAG",
      defaultValue = "-Xmx1g",
      description = "Flag of the server's JVM; may be given again (default: ${DEFAULT-VALUE}).")
  private List<String> flags;

  @Option(names = "--json", description = "Print an object.")
  private boolean json;

  int clients() {
    return clients;
  }

  int badClients() {
    return badClients;
  }

  int seconds() {
    return seconds;
  }

  List<String> flags() {
    return flags;
  }

  boolean json() {
    return json;
  }

  /** The pictures. */
  List<byte[]> files() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(pictures)) {
      all = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<byte[]> files = new ArrayList<>();
    double step = Math.max(1, (double) all.size() / mostPictures);
    for (double at = 0; at < all.size() && files.size() < mostPictures; at += step) {
      byte[] file = Files.readAllBytes(all.get((int) at));
      if (ImageDecoder.contentOf(file).equals("JPEG")) {
        files.add(file);
      }
    }
    if (files.isEmpty()) {
      throw new IOException(pictures + " holds no JPEG files");
    }
    return files;
  }
}
