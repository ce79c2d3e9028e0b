package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.seesong.build.AddReport;
import org.seesong.build.BuildListener;
import org.seesong.build.CatalogueChange;
import org.seesong.build.CatalogueSnapshot;
import org.seesong.query.SongFinder;
import org.seesong.query.TwoHopQuery;

/**
 * Adds, removes, searches, refreshes, compacts and takes snapshots for a while, and keeps a record
 * of memory and open files. Also a program: arguments are a new folder and seconds.
 */
final class MixedRun {
  private static final int BATCH = 12;
  private static final long SAMPLE_NANOS = Duration.ofSeconds(20).toNanos();

  private final Path folder;
  private final Path index;
  private final SplittableRandom random = new SplittableRandom(11);
  private final TreeSet<String> songs = new TreeSet<>();
  private final TreeSet<String> pictures = new TreeSet<>();
  private final AtomicLong searches = new AtomicLong();
  private final List<Sample> samples = new ArrayList<>();
  private int rounds;

  /**
   * What a process held at a moment.
   *
   * @param seconds since the start
   * @param heapBytes used after a collection
   * @param rssBytes resident, 0 where the system does not tell
   * @param files open ones, 0 where the system does not tell
   */
  record Sample(long seconds, long heapBytes, long rssBytes, int files) {}

  private MixedRun(Path folder) {
    this.folder = folder;
    this.index = folder.resolve("index");
  }

  public static void main(String[] arguments) throws Exception {
    Duration length = Duration.ofSeconds(Long.parseLong(arguments[1]));
    run(Path.of(arguments[0]), length).forEach(MixedRun::log);
  }

  private static void log(Sample sample) {
    System.getLogger("mixed").log(System.Logger.Level.INFO, sample.toString());
  }

  static List<Sample> run(Path folder, Duration length) throws Exception {
    Path catalogue = folder.resolve("catalogue");
    SmallCatalogue.writeTo(catalogue, 120, 90);
    MixedRun run = new MixedRun(folder);
    FolderChange.build(catalogue, run.index, BuildListener.NONE);
    for (int i = 0; i < 120; i++) {
      run.songs.add(String.format(Locale.ROOT, "s%03d", i));
    }
    for (int i = 0; i < 90; i++) {
      run.pictures.add("p" + i + ".png");
    }
    run.mix(length);
    return run.samples;
  }

  private void mix(Duration length) throws Exception {
    long start = System.nanoTime();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService searchers = Executors.newFixedThreadPool(2);
    try (SongFinder finder = SongFinder.open(index)) {
      List<Future<?>> threads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        threads.add(searchers.submit(() -> search(finder, done)));
      }
      long last = start - SAMPLE_NANOS;
      while (System.nanoTime() - start < length.toNanos()) {
        change();
        finder.refresh();
        verify(finder);
        if (System.nanoTime() - last >= SAMPLE_NANOS) {
          last = System.nanoTime();
          samples.add(sample(start));
          log(samples.get(samples.size() - 1));
        }
      }
      done.set(true);
      for (Future<?> thread : threads) {
        thread.get();
      }
      samples.add(sample(start));
      System.getLogger("mixed")
          .log(System.Logger.Level.INFO, rounds + " rounds, " + searches + " searches");
    } finally {
      done.set(true);
      searchers.shutdownNow();
    }
  }

  private Void search(SongFinder finder, AtomicBoolean done) throws Exception {
    while (!done.get()) {
      // This picture is never removed.
      assertThat(finder.find(TwoHopQuery.ofPicture("p0.png")).songs()).isNotEmpty();
      searches.incrementAndGet();
      Thread.sleep(5); // as users do; else searches alone would take the machine
    }
    return null;
  }

  /** One addition, one removal of as many; now and then a compaction and a snapshot. */
  private void change() throws Exception {
    rounds++;
    Path more = folder.resolve("more");
    SmallCatalogue.writeTo(more, BATCH, 6);
    String text = Files.readString(more.resolve("songs.jsonl"));
    for (int i = 0; i < BATCH; i++) {
      String id = "r" + random.nextInt(400);
      text =
          text.replace(String.format(Locale.ROOT, "\"id\":\"s%03d\"", i), "\"id\":\"" + id + "\"");
    }
    Files.writeString(more.resolve("songs.jsonl"), text);
    StringBuilder rows = new StringBuilder("path,id,keyword\n");
    for (int i = 0; i < 6; i++) {
      rows.append("p" + i + ".png,q" + random.nextInt(200) + (i < 3 ? ",雪\n" : ",\n"));
    }
    Files.writeString(more.resolve("pictures.csv"), rows);
    AddReport report = FolderChange.add(more, index, BuildListener.NONE);
    text.lines().forEach(line -> songs.add(line.substring(7, line.indexOf('"', 7))));
    rows.toString().lines().skip(1).forEach(line -> pictures.add(line.split(",", -1)[1]));
    assertThat(report.songsNow()).isEqualTo(songs.size());
    assertThat(report.picturesNow()).isEqualTo(pictures.size());
    remove(songs, "song:", 130);
    remove(pictures, "picture:", 95);
    if (rounds % 10 == 0) {
      CatalogueChange.compact(index, Duration.ZERO);
    }
    if (rounds % 7 == 0) {
      Path snapshot = folder.resolve("snapshot");
      CatalogueSnapshot.take(index, snapshot, false);
      delete(snapshot);
    }
  }

  private void remove(NavigableSet<String> ids, String kind, int keep) throws IOException {
    List<String> gone = new ArrayList<>();
    while (ids.size() > keep) {
      String id = ids.ceiling(random.nextBoolean() ? "q" : "r");
      id = id == null || id.equals("p0.png") ? ids.last() : id;
      ids.remove(id);
      gone.add(kind + id);
    }
    CatalogueChange.remove(index, gone, Duration.ZERO);
  }

  private void verify(SongFinder finder) throws IOException {
    finder.read(
        now -> {
          assertThat(now.songs()).isEqualTo(songs.size());
          assertThat(now.pictures()).isEqualTo(pictures.size());
          for (String id : songs) {
            assertThat(now.document("song:" + id)).as(id).isNotNegative();
          }
          return null;
        });
  }

  private static Sample sample(long start) throws IOException {
    System.gc(); // so that what is used is what is held
    Runtime runtime = Runtime.getRuntime();
    return new Sample(
        (System.nanoTime() - start) / 1_000_000_000,
        runtime.totalMemory() - runtime.freeMemory(),
        rss(),
        files());
  }

  private static long rss() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }

  private static int files() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (!Files.exists(open)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(open)) {
      return (int) files.count();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
