package org.seesong.bench.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.util.IOUtils;

/**
 * A name that leads to one of some builds, by a symbolic link that is replaced in one step: what a
 * server sees when a new build takes another's place. The builds themselves stay where they are.
 */
final class SwitchedFolder implements AutoCloseable {
  private final List<Path> builds;
  private final Path folder;
  private final Timer timer = new Timer("switch", true);
  private int now;

  SwitchedFolder(List<Path> builds) throws IOException {
    this.builds = builds.stream().map(Path::toAbsolutePath).toList();
    this.folder = Files.createTempDirectory("switched");
    Files.createSymbolicLink(path(), this.builds.get(0));
  }

  Path path() {
    return file("index");
  }

  /** Another file beside it, which is removed with it. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Leads to the next build, after the last one to the first. */
  synchronized void next() throws IOException {
    now = (now + 1) % builds.size();
    Files.createSymbolicLink(file("next"), builds.get(now));
    Files.move(file("next"), path(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Does so again and again from now on, if there are several. */
  void nextEvery(int seconds) {
    if (builds.size() < 2) {
      return;
    }
    long millis = TimeUnit.SECONDS.toMillis(seconds);
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            try {
              next();
            } catch (IOException e) {
              throw new IllegalStateException("the folder cannot be switched", e);
            }
          }
        };
    timer.schedule(task, millis, millis);
  }

  @Override
  public void close() throws IOException {
    timer.cancel();
    synchronized (this) {
      IOUtils.rm(folder); // follows no links
    }
  }
}
