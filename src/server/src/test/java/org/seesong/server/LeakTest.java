package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.TestCatalogue;
import org.seesong.testing.Trials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server holds does not grow: heap after a collection, file descriptors, threads and mapped
 * files, over queries, refreshes (commits to the served index) and hot switches (other builds).
 */
class LeakTest {
  private static final Logger LOG = LoggerFactory.getLogger(LeakTest.class);
  private static final long MEGABYTE = 1 << 20;

  /** Pools of Jetty, of the client and of virtual threads, whose sizes vary within their bounds. */
  private static final List<String> POOLS = List.of("seesong-http", "HttpClient-", "ForkJoinPool-");

  @TempDir Path temporary;

  /** What this process holds. */
  private record Held(long heapMegabytes, long descriptors, int threads, long mappedFiles) {
    /** Without a collection, which would also let go of what is no longer reachable. */
    static Held withoutHeap() throws IOException {
      long descriptors = 0;
      Path open = Path.of("/proc/self/fd");
      if (Files.isReadable(open)) {
        try (Stream<Path> all = Files.list(open)) {
          descriptors = all.count();
        }
      }
      Path maps = Path.of("/proc/self/maps");
      long mapped = 0;
      if (Files.isReadable(maps)) {
        try (Stream<String> lines = Files.lines(maps)) {
          mapped = lines.filter(line -> line.contains("/index/")).count();
        }
      }
      int threads =
          (int)
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> POOLS.stream().noneMatch(thread.getName()::startsWith))
                  .count();
      return new Held(0, descriptors, threads, mapped);
    }

    static Held now() throws IOException {
      Held held = withoutHeap();
      MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
      long heap = Long.MAX_VALUE;
      for (int i = 0; i < 2; i++) {
        memory.gc();
        heap = Math.min(heap, memory.getHeapMemoryUsage().getUsed());
      }
      return new Held(heap / MEGABYTE, held.descriptors, held.threads, held.mappedFiles);
    }

    boolean isNoMoreThan(Held other) {
      return heapMegabytes <= other.heapMegabytes + 8
          && descriptors <= other.descriptors
          && threads <= other.threads
          && mappedFiles <= other.mappedFiles;
    }
  }

  private static void awaitGeneration(SeesongServer server, long generation)
      throws InterruptedException {
    while (server.generation() < generation) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void query(TestClient client, int times) throws Exception {
    byte[] picture = TestFolder.png(5, 5, 5);
    for (int i = 0; i < times; i++) {
      int status =
          switch (i % 4) {
            case 0 -> client.raw("", picture).status();
            case 1 -> client.search("{\"keyword\":\"雪\"}").status();
            case 2 -> client.search("{\"pictures\":[{\"id\":\"p7\"}]}").status();
            default -> client.search("{\"song\":\"none\"}").status();
          };
      assertThat(status).isEqualTo(i % 4 == 3 ? 400 : 200);
    }
  }

  private void refresh(SeesongServer server, Path folder, TestCatalogue songs, int times)
      throws Exception {
    for (int i = 0; i < times; i++) {
      long generation = server.generation();
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
        updater.put(songs.songs().get(i % songs.songs().size()));
        updater.commit();
      }
      awaitGeneration(server, generation + 1);
    }
  }

  private void hotSwitch(SeesongServer server, Path folder, TestCatalogue[] by, int times)
      throws Exception {
    for (int i = 0; i < times; i++) {
      long generation = server.generation();
      Path next = temporary.resolve("next");
      by[i % by.length].write(next.resolve("index"));
      Path old = temporary.resolve("old");
      Files.move(folder, old);
      Files.move(next, folder);
      try (Stream<Path> all = Files.walk(old)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
      awaitGeneration(server, generation + 1);
    }
  }

  private void run(int queries, int refreshes, int switches) throws Exception {
    Path folder = temporary.resolve("my-index");
    TestCatalogue[] catalogues = {
      TestFolder.CATALOGUE, TestCatalogue.random(new TestCatalogue.Size(60, 50, 3, 4, 50), 2)
    };
    catalogues[0].write(folder.resolve("index"));
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      TestClient client = new TestClient(server.uri());
      Work same =
          () -> {
            // A new build of the same catalogue: a commit more is a few files more.
            hotSwitch(server, folder, catalogues, 4);
            query(client, 200);
          };
      refresh(server, folder, catalogues[0], 3);
      same.run();
      assertHeld("queries", () -> query(client, queries), same);
      assertHeld("refreshes", () -> refresh(server, folder, catalogues[1], refreshes), same);
      assertHeld("hot switches", () -> hotSwitch(server, folder, catalogues, switches), same);
    }
  }

  /** Something that is done many times. */
  private interface Work {
    void run() throws Exception;
  }

  /** Old readers and idle connections are let go within seconds, so what is held is awaited. */
  private static void assertHeld(String what, Work work, Work same) throws Exception {
    Held before = Held.now();
    work.run();
    same.run();
    for (int i = 0; i < 100 && !Held.withoutHeap().isNoMoreThan(before); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    Held after = Held.now();
    LOG.warn("{}: before {}, after {}", what, before, after);
    Held end = after;
    assertThat(end.isNoMoreThan(before)).as("%s: before %s, after %s", what, before, end).isTrue();
  }

  @Test
  @Timeout(600)
  void aServerHoldsNoMoreAfterQueriesRefreshesAndSwitches() throws Exception {
    int trials = Trials.count(5);
    run(50 * trials, trials, trials);
  }

  @Test
  @Tag("slow")
  void norAfterMany() throws Exception {
    int trials = Trials.count(1000);
    run(100 * trials, trials, trials);
  }
}
