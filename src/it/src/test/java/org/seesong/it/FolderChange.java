package org.seesong.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.seesong.build.AddOptions;
import org.seesong.build.AddReport;
import org.seesong.build.BuildListener;
import org.seesong.build.BuildOptions;
import org.seesong.build.CatalogueAddition;
import org.seesong.build.CatalogueBuild;
import org.seesong.build.CatalogueChange;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.embedding.LineOptions;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Segmenters;
import org.seesong.model.OnnxImport;
import org.seesong.model.onnx.OnnxGraph;

/** What changes a folder that must survive anything, as the commands do it. */
enum FolderChange {
  /** Builds the catalogue in the folder of inputs. */
  BUILD {
    @Override
    void run(Path inputs, Path folder, BuildListener listener) throws Exception {
      build(inputs, folder, "none", listener);
    }
  },
  /** Adds the catalogue in the folder of inputs. */
  ADD {
    @Override
    void run(Path inputs, Path folder, BuildListener listener) throws Exception {
      add(inputs, folder, listener);
    }
  },
  /** Removes some songs and pictures. */
  REMOVE {
    @Override
    void run(Path inputs, Path folder, BuildListener listener) throws Exception {
      CatalogueChange.remove(folder, List.of("s003", "p4.png", "new-s010"), Duration.ZERO);
    }
  },
  /** Merges away what was removed. */
  COMPACT {
    @Override
    void run(Path inputs, Path folder, BuildListener listener) throws Exception {
      CatalogueChange.compact(folder, Duration.ZERO);
    }
  },
  /** Imports a network into a home of models, in place of the one that was there. */
  IMPORT {
    @Override
    void run(Path inputs, Path folder, BuildListener listener) throws Exception {
      importModel(folder, 2);
    }
  };

  /** Pictures that are encoded at once. */
  static final int BATCH = 8;

  /** Pictures that were encoded in this process. */
  static final AtomicInteger ENCODED = new AtomicInteger();

  /** Does it once. */
  abstract void run(Path inputs, Path folder, BuildListener listener) throws Exception;

  static void build(Path catalogue, Path output, BuildListener listener) throws Exception {
    build(catalogue, output, "auto", listener);
  }

  static void build(Path catalogue, Path output, String textEncoder, BuildListener listener)
      throws Exception {
    BuildOptions options =
        BuildOptions.builder(catalogue(catalogue), output, "descriptor")
            .embedding(LineOptions.DEFAULT.withDimension(8).withSamples(60_000))
            .textEncoder(textEncoder)
            .build();
    try (ImageEncoder encoder = new Counting()) {
      CatalogueBuild.run(
          options, encoder, KeywordTools.builtIn(Segmenters.byName("unicode")), listener);
    }
  }

  static AddReport add(Path catalogue, Path index, BuildListener listener) throws Exception {
    return CatalogueAddition.run(
        AddOptions.of(index, catalogue(catalogue)), name -> new Counting(), listener);
  }

  private static CatalogueOptions catalogue(Path folder) {
    return CatalogueOptions.of(
        List.of(folder.resolve("songs.jsonl")), List.of(folder.resolve("pictures.csv")));
  }

  /** A network called net whose vectors are the mean red, green and blue, so many times. */
  static void importModel(Path home, int times) throws Exception {
    OnnxGraph graph =
        new OnnxGraph("means")
            .input("pixels", "n", 3, 8, 8)
            .node("GlobalAveragePool", "mean", List.of("pixels"))
            .node("Flatten", "flat", List.of("mean"))
            .node(
                "Concat", "vector", Collections.nCopies(times, "flat"), OnnxGraph.number("axis", 1))
            .node("Softmax", "probabilities", List.of("flat"))
            .output("vector", "n", 3 * times)
            .output("probabilities", "n", 3);
    Path file = Files.createTempFile("net", ".onnx");
    try {
      Files.write(file, graph.model(8, 13));
      OnnxImport.install(
          new ModelHome(home),
          new OnnxImport.Source(
              file,
              ImportRequest.of("net", "p")
                  .withTensors("", "pixels", "vector")
                  .withClasses("probabilities", List.of("snow", "seashore", "volcano"))
                  .replacing(),
              Optional.empty(),
              Optional.empty()));
    } finally {
      Files.delete(file);
    }
  }

  /** The built-in encoder, which counts. */
  private static final class Counting implements ImageEncoder {
    private final DescriptorEncoder encoder = new DescriptorEncoder();

    @Override
    public String id() {
      return encoder.id();
    }

    @Override
    public int dimension() {
      return encoder.dimension();
    }

    @Override
    public int inputSize() {
      return encoder.inputSize();
    }

    @Override
    public int preferredBatch() {
      return BATCH;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      float[] vectors = encoder.encode(batch);
      ENCODED.addAndGet(batch.size());
      return vectors;
    }

    @Override
    public void close() {
      encoder.close();
    }
  }

  /** A folder and all below it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
