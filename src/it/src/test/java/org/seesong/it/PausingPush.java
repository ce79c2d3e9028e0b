package org.seesong.it;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.seesong.index.CatalogueIndex;
import org.seesong.push.CataloguePush;
import org.seesong.push.PushListener;
import org.seesong.push.PushOptions;
import org.seesong.push.PushTarget;
import org.seesong.push.ShardFiles;

/**
 * A push in a process of its own that stops after it told something for the n-th time, says so, and
 * waits to be killed.
 *
 * <p>Arguments: index, address of Solr, alias, n, and a folder if shards are written there: then
 * only its messages count.
 */
final class PausingPush {
  static final String PAUSED = "paused";

  private PausingPush() {}

  public static void main(String[] arguments) throws Exception {
    int last = Integer.parseInt(arguments[3]);
    AtomicInteger told = new AtomicInteger();
    Runnable count =
        () -> {
          if (told.incrementAndGet() == last) {
            pause();
          }
        };
    Path index = Path.of(arguments[0]);
    if (arguments.length > 4) {
      runShards(index, arguments[1], arguments[2], Path.of(arguments[4]), line -> count.run());
    } else {
      run(index, arguments[1], arguments[2], count);
    }
    pause(); // another one may tell less
  }

  private static void pause() {
    System.out.println(PAUSED);
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Pushes in batches of ten and calls back whenever something is told. */
  static void run(Path folder, String solr, String alias, Runnable told) throws Exception {
    PushOptions options =
        new PushOptions(
            alias,
            new PushOptions.Layout(false, 1, 1),
            "",
            new PushOptions.Load(10, 1, 3),
            new PushOptions.Switching(true, 1));
    PushListener listener =
        new PushListener() {
          @Override
          public void message(String line) {
            told.run();
          }

          @Override
          public void pushed(long done, long total) {
            told.run();
          }
        };
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      new CataloguePush(index, options, listener).run(new PushTarget(List.of(solr), "", "", ""));
    }
  }

  /** Pushes two shards by files and calls back with every message. */
  static void runShards(Path folder, String solr, String alias, Path files, Consumer<String> told)
      throws Exception {
    PushOptions options =
        new PushOptions(
            alias,
            new PushOptions.Layout(false, 2, 1),
            "",
            PushOptions.DEFAULT.load(),
            new PushOptions.Switching(true, 1));
    PushListener listener =
        new PushListener() {
          @Override
          public void message(String line) {
            told.accept(line);
          }

          @Override
          public void pushed(long done, long total) {}
        };
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      new CataloguePush(index, options, listener)
          .run(new PushTarget(List.of(solr), "", "", ""), new ShardFiles(files, ""));
    }
  }
}
