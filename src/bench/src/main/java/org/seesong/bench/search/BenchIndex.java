package org.seesong.bench.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.seesong.index.BuildInfo;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.index.IndexMetadata;
import org.seesong.index.LyricsSignature;
import org.seesong.index.PictureDocument;
import org.seesong.index.SearchText;
import org.seesong.index.SongDetails;
import org.seesong.index.SongDocument;
import org.seesong.index.Thumbnail;
import org.seesong.index.VectorFormat;
import org.seesong.index.WeightedKeyword;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * An index of vectors alone, for measuring.
 *
 * @param bytes size of its files
 * @param buildCpuSeconds processor time that building it took, all threads
 */
record BenchIndex(long bytes, double buildCpuSeconds) {
  /**
   * How large it is.
   *
   * @param pictures number of pictures
   * @param visual dimension of image embeddings
   * @param songs number of songs
   * @param network dimension of graph embeddings
   */
  record Size(int pictures, int visual, int songs, int network) {}

  /** In the folder of an index, the processor time that its building took. */
  private static final String SECONDS = "build-cpu-seconds";

  /** Writes an index into an empty folder. */
  @FunctionalInterface
  interface Builder {
    void build(Path folder) throws IOException;
  }

  /** Builds an index unless it is there already. What was broken off is begun anew. */
  static BenchIndex of(Path folder, Builder builder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path part = folder.resolveSibling(folder.getFileName() + ".part");
      delete(part);
      Files.createDirectories(part);
      long start = cpuNanos();
      builder.build(part);
      double seconds = (cpuNanos() - start) / 1e9;
      Files.writeString(part.resolve(SECONDS), Double.toString(seconds));
      Files.move(part, folder);
    }
    return new BenchIndex(
        bytes(folder), Double.parseDouble(Files.readString(folder.resolve(SECONDS))));
  }

  /** Builds an index; every fifth song is English, and a hundredth is of each year of a century. */
  static void build(Path folder, Size size, Supplier<float[]> visual, Supplier<float[]> network)
      throws IOException {
    try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(folder, VectorFormat.IVF)) {
      List<WeightedKeyword> none = List.of();
      for (int i = 0; i < size.pictures(); i++) {
        writer.addPicture(
            new PictureDocument(
                "p" + i,
                "",
                none,
                none,
                new FloatVector(visual.get()),
                new FloatVector(network.get()),
                Thumbnail.none()));
      }
      for (int i = 0; i < size.songs(); i++) {
        writer.addSong(
            new SongDocument(
                "s" + i,
                new SongDetails(
                    "song " + i,
                    "",
                    i % 5 == 0 ? "en" : "zh",
                    1900 + i % 100,
                    Double.NaN,
                    new TreeMap<>()),
                none,
                List.of(),
                List.of(),
                new SearchText("", ""),
                new FloatVector(network.get()),
                LyricsSignature.NONE));
      }
      writer.commit(
          IndexMetadata.of(
              space(size.visual()),
              space(size.network()),
              new BuildInfo(0, "", "", new TreeMap<>(Collections.emptyMap()))));
    }
  }

  /** The space of all vectors that benchmarks make or are given. */
  static VectorSpace space(int dimension) {
    return new VectorSpace("generated", dimension);
  }

  static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder)) {
        files = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Processor time of this process so far, all threads. */
  static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
