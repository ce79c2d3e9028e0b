package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveIndexTest {
  private static final TestCatalogue.Size SIZE = new TestCatalogue.Size(20, 30, 5, 4, 20);

  @TempDir Path folder;
  private final TestCatalogue catalogue = TestCatalogue.random(SIZE, 1);

  @BeforeEach
  void writeIndex() throws IOException {
    catalogue.write(folder);
  }

  private void remove(String song) throws IOException {
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
      updater.remove(IndexLayout.SONG, song);
      updater.commit();
    }
  }

  /** Stands for a searcher. */
  private record Counted(int songs) {
    static Counted of(CatalogueIndex index) throws IOException {
      return new Counted(index.songs());
    }
  }

  @Test
  void aLeaseSeesOneStateAndTheNextOneWhatWasCommitted() throws IOException {
    try (LiveIndex<Counted> live = LiveIndex.open(folder, Counted::of)) {
      assertThat(live.refresh()).isFalse();
      try (LiveIndex.Lease<Counted> before = live.lease()) {
        remove("s3");
        assertThat(live.refresh()).isTrue();
        assertThat(before.searcher()).isEqualTo(new Counted(30));
        assertThat(before.index().song("s3")).isPresent();
        assertThat(live.openStates()).isEqualTo(2);
        try (LiveIndex.Lease<Counted> after = live.lease()) {
          assertThat(after.searcher()).isEqualTo(new Counted(29));
          assertThat(after.index().song("s3")).isEmpty();
        }
      }
      assertThat(live.openStates()).isOne();
      remove("s4");
      assertThat(live.refresh()).isTrue();
      assertThat(live.openStates()).isOne();
    }
  }

  @Test
  void aWholeNewIndexIsSeenToo() throws IOException {
    try (LiveIndex<Counted> live = LiveIndex.open(folder, Counted::of)) {
      TestCatalogue.random(new TestCatalogue.Size(5, 7, 6, 4, 20), 2).write(folder);
      assertThat(live.refresh()).isTrue();
      try (LiveIndex.Lease<Counted> lease = live.lease()) {
        assertThat(lease.searcher()).isEqualTo(new Counted(7));
        assertThat(lease.index().identity().visual().dimension()).isEqualTo(6);
      }
    }
  }

  @Test
  void leasesOutliveTheirHolder() throws IOException {
    LiveIndex<Counted> live = LiveIndex.open(folder, Counted::of);
    LiveIndex.Lease<Counted> first = live.lease();
    remove("s3");
    live.refresh();
    LiveIndex.Lease<Counted> second = live.lease();
    live.close();
    live.close();
    assertThatThrownBy(live::lease)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the live index " + folder + " is closed");
    assertThat(first.index().song("s3")).isPresent();
    first.close();
    first.close();
    assertThat(second.index().song("s5")).isPresent();
    assertThat(live.openStates()).isOne();
    second.close();
    assertThat(live.openStates()).isZero();
    assertThatThrownBy(() -> second.index().song("s5")).isInstanceOf(AlreadyClosedException.class);
    assertThatThrownBy(() -> first.index().song("s5")).isInstanceOf(AlreadyClosedException.class);
  }

  @Test
  void aSearcherThatCannotBeMadeLeavesTheStateBefore() throws IOException {
    AtomicBoolean broken = new AtomicBoolean();
    LiveIndex.Opener<Counted> opener =
        index -> {
          if (broken.get()) {
            throw new IOException("no room");
          }
          return Counted.of(index);
        };
    try (LiveIndex<Counted> live = LiveIndex.open(folder, opener)) {
      remove("s3");
      broken.set(true);
      assertThatThrownBy(live::refresh).isInstanceOf(IOException.class).hasMessage("no room");
      assertThat(live.openStates()).isOne();
      try (LiveIndex.Lease<Counted> lease = live.lease()) {
        assertThat(lease.searcher()).isEqualTo(new Counted(30));
      }
      broken.set(false);
      assertThat(live.refresh()).isTrue();
    }
  }

  @Test
  void manyThreadsSearchWhileOthersChangeAndRefresh() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean done = new AtomicBoolean();
    try (LiveIndex<Counted> live = LiveIndex.open(folder, Counted::of)) {
      List<Future<Integer>> searches = new ArrayList<>();
      Callable<Integer> search =
          () -> {
            int leases = 0;
            int least = 30;
            while (!done.get()) {
              try (LiveIndex.Lease<Counted> lease = live.lease()) {
                int songs = lease.index().songs();
                assertThat(lease.searcher().songs()).isEqualTo(songs);
                assertThat(songs).isLessThanOrEqualTo(least);
                least = songs;
                leases++;
              }
            }
            return leases;
          };
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
      assertThat(live.openStates()).isOne();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aSnapshotKeepsWhatLaterChangesTakeAway(@TempDir Path copies) throws IOException {
    for (boolean copy : new boolean[] {false, true}) {
      Path to = Files.createDirectories(copies.resolve("copy-" + copy));
      List<String> files = IndexSnapshot.take(folder, to, copy);
      assertThat(files).isNotEmpty();
      String song = copy ? "s9" : "s8";
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder)) {
        updater.remove(IndexLayout.SONG, song);
        updater.compact();
        updater.commit();
      }
      try (CatalogueIndex snapshot = CatalogueIndex.open(to);
          CatalogueIndex now = CatalogueIndex.open(folder)) {
        assertThat(snapshot.song(song)).isPresent();
        assertThat(now.song(song)).isEmpty();
      }
      assertThat(IndexCheck.check(to).problems()).noneMatch(p -> p.contains("Lucene"));
    }
  }

  @Test
  void aSnapshotThatFailsLeavesNothingOfItself(@TempDir Path copies) throws IOException {
    assertThatThrownBy(() -> IndexSnapshot.take(folder, copies.resolve("absent"), false))
        .isInstanceOf(NotDirectoryException.class);
    String last =
        IndexSnapshot.take(folder, Files.createDirectory(copies.resolve("a")), false).stream()
            .reduce((earlier, later) -> later)
            .orElseThrow();
    Path taken = Files.createDirectory(copies.resolve("b"));
    Files.writeString(taken.resolve(last), "somebody's");
    for (boolean copy : new boolean[] {false, true}) {
      assertThatThrownBy(() -> IndexSnapshot.take(folder, taken, copy))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("a snapshot needs an empty folder");
      try (Stream<Path> files = Files.list(taken)) {
        assertThat(files).containsExactly(taken.resolve(last));
      }
      assertThat(taken.resolve(last)).hasContent("somebody's");
    }
  }
}
