package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexLayout;
import org.seesong.index.TestCatalogue;

class LiveSearcherTest {
  private static final TestCatalogue.Size SIZE = new TestCatalogue.Size(20, 30, 5, 4, 20);

  @TempDir Path folder;
  private final TestCatalogue catalogue = TestCatalogue.random(SIZE, 1);

  @BeforeEach
  void writeIndex() throws IOException {
    catalogue.write(folder);
  }

  private void remove(String... songs) throws IOException {
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
      for (String song : songs) {
        updater.remove(IndexLayout.SONG, song);
      }
      updater.commit();
    }
  }

  @Test
  void aReferenceSeesOneStateAndTheNextOneWhatWasCommitted() throws IOException {
    try (LiveSearcher live = new LiveSearcher(folder)) {
      assertThat(live.refresh()).isFalse();
      TwoHopSearcher before = live.acquire();
      remove("s3");
      assertThat(live.refresh()).isTrue();
      TwoHopSearcher after = live.acquire();
      assertThat(before.index().song("s3")).isPresent();
      assertThat(after.index().song("s3")).isEmpty();
      live.release(after);
      live.release(before);
      assertThatThrownBy(() -> before.index().song("s3"))
          .isInstanceOf(AlreadyClosedException.class);
    }
  }

  @Test
  void aWholeNewIndexIsSeenToo() throws IOException {
    try (LiveSearcher live = new LiveSearcher(folder)) {
      TestCatalogue.random(new TestCatalogue.Size(5, 7, 6, 4, 20), 2).write(folder);
      assertThat(live.refresh()).isTrue();
      TwoHopSearcher searcher = live.acquire();
      assertThat(searcher.index().songs()).isEqualTo(7);
      assertThat(searcher.index().metadata().imageSpace().dimension()).isEqualTo(6);
      live.release(searcher);
    }
  }

  @Test
  void referencesOutliveTheirManager() throws IOException {
    LiveSearcher live = new LiveSearcher(folder);
    TwoHopSearcher first = live.acquire();
    remove("s3");
    live.refresh();
    TwoHopSearcher second = live.acquire();
    live.close();
    live.close();
    assertThatThrownBy(live::acquire).isInstanceOf(AlreadyClosedException.class);
    assertThat(first.index().song("s3")).isPresent();
    live.release(first);
    assertThat(second.index().song("s5")).isPresent();
    live.release(second);
    assertThatThrownBy(() -> second.index().song("s5")).isInstanceOf(AlreadyClosedException.class);
    assertThatThrownBy(() -> first.index().song("s5")).isInstanceOf(AlreadyClosedException.class);
  }

  @Test
  void aStateThatCannotBeSearchedLeavesTheOneBefore() throws IOException {
    try (LiveSearcher live = new LiveSearcher(folder)) {
      remove(catalogue.songs().stream().map(song -> song.id()).toArray(String[]::new));
      assertThatThrownBy(live::refresh)
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("has no songs");
      TwoHopSearcher searcher = live.acquire();
      assertThat(searcher.index().songs()).isEqualTo(30);
      live.release(searcher);
      catalogue.write(folder);
      assertThat(live.refresh()).isTrue();
    }
  }

  @Test
  void manyThreadsSearchWhileOthersChangeAndRefresh() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean done = new AtomicBoolean();
    try (LiveSearcher live = new LiveSearcher(folder)) {
      Callable<Integer> search =
          () -> {
            int references = 0;
            int least = 30;
            while (!done.get()) {
              TwoHopSearcher searcher = live.acquire();
              try {
                int songs = searcher.index().songs();
                assertThat(songs).isLessThanOrEqualTo(least);
                least = songs;
                references++;
              } finally {
                live.release(searcher);
              }
            }
            return references;
          };
      List<Future<Integer>> searches = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        searches.add(threads.submit(search));
      }
      for (int i = 0; i < 20; i++) {
        remove("s" + i);
        live.refresh();
      }
      done.set(true);
      for (Future<Integer> each : searches) {
        assertThat(each.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
