package org.seesong.it;

import java.nio.file.Path;
import java.util.List;
import org.seesong.index.CatalogueIndex;
import org.seesong.push.CataloguePush;
import org.seesong.push.PushListener;
import org.seesong.push.PushOptions;
import org.seesong.push.PushTarget;

/**
 * A push in a process of its own that stops when Solr has some documents, says so, and waits to be
 * killed.
 *
 * <p>Arguments: index, address of Solr, alias, number of documents.
 */
final class PausingPush {
  static final String PAUSED = "paused";

  private PausingPush() {}

  public static void main(String[] arguments) throws Exception {
    long documents = Long.parseLong(arguments[3]);
    PushOptions options =
        new PushOptions(
            arguments[2],
            new PushOptions.Layout(false, 1, 1),
            "",
            new PushOptions.Load(10, 1, 3),
            new PushOptions.Switching(true, 1));
    PushListener pause =
        new PushListener() {
          @Override
          public void message(String line) {}

          @Override
          public void pushed(long done, long total) {
            if (done >= documents) {
              System.out.println(PAUSED);
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          }
        };
    try (CatalogueIndex index = CatalogueIndex.open(Path.of(arguments[0]))) {
      new CataloguePush(index, options, pause)
          .run(new PushTarget(List.of(arguments[1]), "", "", ""));
    }
  }
}
