package org.seesong.it;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.seesong.build.BuildListener;
import org.seesong.build.BuildOptions;
import org.seesong.build.CatalogueBuild;
import org.seesong.build.Stage;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.embedding.LineOptions;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Segmenters;

/**
 * A build in a process of its own that stops at a place, says so, and waits to be killed.
 *
 * <p>Arguments: catalogue folder, output folder, stage, number of progress reports to let pass (0:
 * stop when the stage begins).
 */
final class PausingBuild {
  static final String PAUSED = "paused";

  private PausingBuild() {}

  public static void main(String[] arguments) throws Exception {
    Stage stage = Stage.valueOf(arguments[2]);
    int reports = Integer.parseInt(arguments[3]);
    build(Path.of(arguments[0]), Path.of(arguments[1]), new Pause(stage, reports));
  }

  static void build(Path catalogue, Path output, BuildListener listener) throws Exception {
    BuildOptions options =
        BuildOptions.builder(
                CatalogueOptions.of(
                    List.of(catalogue.resolve("songs.jsonl")),
                    List.of(catalogue.resolve("pictures.csv"))),
                output,
                "descriptor")
            .embedding(LineOptions.DEFAULT.withDimension(8).withSamples(60_000))
            .build();
    try (DescriptorEncoder encoder = new DescriptorEncoder()) {
      CatalogueBuild.run(
          options, encoder, KeywordTools.builtIn(Segmenters.byName("unicode")), listener);
    }
  }

  private static final class Pause implements BuildListener {
    private final Stage stage;
    private int left;

    Pause(Stage stage, int left) {
      this.stage = stage;
      this.left = left;
    }

    @Override
    public void started(Stage started) {
      if (started == stage && left == 0) {
        pause();
      }
    }

    @Override
    public void progress(Stage progressed, long done, long total) {
      if (progressed == stage && --left == 0) {
        pause();
      }
    }

    private static void pause() {
      PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
      out.println(PAUSED);
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
