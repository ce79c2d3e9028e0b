package org.seesong.it;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.seesong.build.AddOptions;
import org.seesong.build.AddReport;
import org.seesong.build.BuildListener;
import org.seesong.build.CatalogueAddition;
import org.seesong.build.Stage;
import org.seesong.build.StageReport;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.encoder.DescriptorEncoder;

/**
 * An addition in a process of its own that stops at a place, says so, and waits to be killed.
 *
 * <p>Arguments: folder of the new catalogue, folder of the index, stage, "start" or "end".
 */
final class PausingAdd {
  static final String PAUSED = "paused";

  private PausingAdd() {}

  public static void main(String[] arguments) throws Exception {
    Stage stage = Stage.valueOf(arguments[2]);
    boolean end = arguments[3].equals("end");
    add(
        Path.of(arguments[0]),
        Path.of(arguments[1]),
        new BuildListener() {
          @Override
          public void started(Stage started) {
            if (started == stage && !end) {
              pause();
            }
          }

          @Override
          public void finished(StageReport report) {
            if (report.stage() == stage && end) {
              pause();
            }
          }
        });
  }

  static AddReport add(Path catalogue, Path index, BuildListener listener) throws Exception {
    return add(catalogue, index, Duration.ZERO, listener);
  }

  static AddReport add(Path catalogue, Path index, Duration timeout, BuildListener listener)
      throws Exception {
    CatalogueOptions files =
        CatalogueOptions.of(
            List.of(catalogue.resolve("songs.jsonl")), List.of(catalogue.resolve("pictures.csv")));
    return CatalogueAddition.run(
        AddOptions.of(index, files).withTimeout(timeout),
        name -> new DescriptorEncoder(),
        listener);
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
