package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.build.AddReport;
import org.seesong.build.BuildListener;
import org.seesong.build.CatalogueChange;
import org.seesong.build.CatalogueSnapshot;
import org.seesong.build.FolderCheck;
import org.seesong.build.Stage;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexCheck;
import org.seesong.index.IndexLayout;
import org.seesong.query.SongFinder;
import org.seesong.query.TwoHopQuery;
import org.seesong.vector.FloatVector;

/** An index that is added to and removed from, by one process or several, searched meanwhile. */
class LivingIndexTest {
  @TempDir static Path shared;
  private static Path built;
  private static Path more;

  @TempDir Path folder;
  private Path index;

  @BeforeAll
  static void buildOnce() throws Exception {
    Path catalogue = shared.resolve("catalogue");
    SmallCatalogue.writeTo(catalogue, 120, 90);
    built = shared.resolve("built");
    FolderChange.build(catalogue, built, BuildListener.NONE);
    more = shared.resolve("more");
    SmallCatalogue.writeMore(more);
  }

  @BeforeEach
  void copyIndex() throws IOException {
    index = folder.resolve("index");
    FolderChange.copy(built, index);
  }

  private static void assertWhole(Path index) throws IOException {
    assertThat(IndexCheck.check(index.resolve("index")).problems()).isEmpty();
    assertThat(FolderCheck.check(index, true)).isEmpty();
  }

  @Test
  void whatIsAddedLiesWhereABuildWouldPutItsLikes() throws Exception {
    AddReport report = FolderChange.add(more, index, BuildListener.NONE);
    assertThat(report.songs()).isEqualTo(25);
    assertThat(report.replacedSongs()).isEqualTo(5);
    assertThat(report.pictures()).isEqualTo(10);
    assertThat(report.replacedPictures()).isZero();
    assertThat(report.songsNow()).isEqualTo(140);
    assertThat(report.picturesNow()).isEqualTo(100);
    assertThat(report.inferredPictures()).isEqualTo(5);
    assertThat(report.rejected()).isOne();
    assertThat(report.problems().get(0)).contains("there is no picture file");
    assertWhole(index);
    try (CatalogueIndex now = CatalogueIndex.open(index.resolve("index"))) {
      for (int i = 0; i < 10; i++) {
        // The new picture is a copy of one of the same keyword.
        FloatVector old = network(now, IndexLayout.PICTURE, "p" + i + ".png");
        FloatVector added = network(now, IndexLayout.PICTURE, "new-p" + i);
        assertThat(distance(old, added)).as("picture %d", i).isCloseTo(0, within(0.5));
        assertThat(image(now, "new-p" + i)).isEqualTo(image(now, "p" + i + ".png"));
      }
      try (CatalogueIndex before = CatalogueIndex.open(built.resolve("index"))) {
        assertThat(before.metadata().centering()).isPresent();
        assertThat(now.metadata().centering()).isEqualTo(before.metadata().centering());
      }
    }
  }

  private static FloatVector image(CatalogueIndex index, String id) throws IOException {
    return index.vectorAt(
        IndexLayout.PICTURE_IMAGE_EMBEDDING,
        index.document(IndexLayout.documentId(IndexLayout.PICTURE, id)));
  }

  private static FloatVector network(CatalogueIndex index, String kind, String id)
      throws IOException {
    String field =
        kind.equals(IndexLayout.SONG)
            ? IndexLayout.SONG_GRAPH_EMBEDDING
            : IndexLayout.PICTURE_GRAPH_EMBEDDING;
    return index.vectorAt(field, index.document(IndexLayout.documentId(kind, id)));
  }

  private static double distance(FloatVector a, FloatVector b) {
    double sum = 0;
    for (int i = 0; i < a.dimension(); i++) {
      sum += Math.pow(a.values()[i] - b.values()[i], 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void addingTheSameAgainChangesNothingAndRemovingItBringsTheIndexBack() throws Exception {
    FolderChange.add(more, index, BuildListener.NONE);
    Map<String, String> once = contents(index);
    AddReport again = FolderChange.add(more, index, BuildListener.NONE);
    assertThat(again.replacedSongs()).isEqualTo(25);
    assertThat(again.replacedPictures()).isEqualTo(10);
    assertThat(contents(index)).isEqualTo(once);
    List<String> ids = new ArrayList<>(List.of("song:s000", "nobody"));
    for (int i = 0; i < 10; i++) {
      ids.add("new-p" + i);
    }
    CatalogueChange.Removal removal = CatalogueChange.remove(index, ids, Duration.ZERO);
    assertThat(removal.songs()).isOne();
    assertThat(removal.pictures()).isEqualTo(10);
    assertThat(removal.songsNow()).isEqualTo(139);
    assertThat(removal.picturesNow()).isEqualTo(90);
    assertThat(removal.problems())
        .containsExactly("'nobody' is neither a song nor a picture of the index");
    Map<String, String> before = contents(index);
    CatalogueChange.compact(index, Duration.ZERO);
    assertThat(contents(index)).isEqualTo(before);
    assertWhole(index);
  }

  /** Details and graph embeddings by id. */
  private static Map<String, String> contents(Path index) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (CatalogueIndex now = CatalogueIndex.open(index.resolve("index"))) {
      for (String id : ids()) {
        if (now.song(id).isPresent()) {
          contents.put(id, now.song(id) + " " + network(now, IndexLayout.SONG, id).hashCode());
        }
        if (now.picture(id).isPresent()) {
          contents.put(
              id, now.picture(id) + " " + network(now, IndexLayout.PICTURE, id).hashCode());
        }
      }
      assertThat(contents).hasSize(now.songs() + now.pictures());
    }
    return contents;
  }

  private static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String id = String.format(Locale.ROOT, "s%03d", i);
      ids.addAll(List.of(id, "new-" + id, "p" + i + ".png", "new-p" + i));
    }
    return ids;
  }

  @Test
  void twoAtOnceWaitForEachOtherOrAreToldTo() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    BuildListener slow =
        new BuildListener() {
          @Override
          public void started(Stage stage) {
            inside.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<AddReport> first = threads.submit(() -> FolderChange.add(more, index, slow));
      inside.await();
      String busy =
          "another build, add, remove or compact is running in "
              + index
              + " (process "
              + ProcessHandle.current().pid()
              + " on ";
      assertThatThrownBy(() -> FolderChange.add(more, index, BuildListener.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(busy);
      assertThatThrownBy(() -> CatalogueChange.remove(index, List.of("s001"), Duration.ZERO))
          .hasMessageStartingWith(busy);
      Future<CatalogueChange.Removal> second =
          threads.submit(
              () -> CatalogueChange.remove(index, List.of("new-s010"), Duration.ofMinutes(2)));
      goOn.countDown();
      assertThat(first.get().songsNow()).isEqualTo(140);
      assertThat(second.get().songs()).isOne();
      assertThat(second.get().songsNow()).isEqualTo(139);
    } finally {
      goOn.countDown();
      threads.shutdownNow();
    }
    assertWhole(index);
  }

  @Test
  void searchesGoOnWhileTheIndexChanges() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    AtomicBoolean done = new AtomicBoolean();
    try (SongFinder finder = SongFinder.open(index)) {
      List<Future<Integer>> searches = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        searches.add(
            threads.submit(
                () -> {
                  int answered = 0;
                  while (!done.get()) {
                    assertThat(finder.find(TwoHopQuery.ofPicture("p7.png")).songs()).hasSize(10);
                    answered++;
                  }
                  return answered;
                }));
      }
      FolderChange.add(more, index, BuildListener.NONE);
      assertThat(finder.refresh()).isTrue();
      CatalogueChange.remove(index, List.of("s001", "p1.png"), Duration.ZERO);
      assertThat(finder.refresh()).isTrue();
      CatalogueChange.compact(index, Duration.ZERO);
      finder.refresh();
      done.set(true);
      for (Future<Integer> each : searches) {
        assertThat(each.get()).isPositive();
      }
      List<Boolean> there =
          finder.read(
              now -> List.of(now.song("s001").isPresent(), now.song("new-s010").isPresent()));
      assertThat(there).containsExactly(false, true);
      int songs = finder.read(CatalogueIndex::songs);
      assertThat(songs).isEqualTo(139);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void aSnapshotIsAnIndexOfItsOwn() throws Exception {
    Path snapshot = folder.resolve("snapshot");
    CatalogueSnapshot.take(index, snapshot, false);
    Map<String, String> before = contents(index);
    FolderChange.add(more, index, BuildListener.NONE);
    CatalogueChange.compact(index, Duration.ZERO);
    assertThat(contents(snapshot)).isEqualTo(before);
    assertThatThrownBy(() -> CatalogueSnapshot.take(index, snapshot, false))
        .hasMessage(
            "cannot take a snapshot to " + snapshot + ": it is there already; name a new folder");
    AddReport report = FolderChange.add(more, snapshot, BuildListener.NONE);
    assertThat(report.songsNow()).isEqualTo(140);
    assertThat(contents(snapshot)).isEqualTo(contents(index));
    assertWhole(snapshot);
  }

  @Test
  void aBuildAfterAnAdditionWritesTheCatalogueAgain() throws Exception {
    FolderChange.add(more, index, BuildListener.NONE);
    FolderChange.build(shared.resolve("catalogue"), index, BuildListener.NONE);
    assertThat(IndexDump.of(index.resolve("index")))
        .isEqualTo(IndexDump.of(built.resolve("index")));
    FolderChange.add(more, index, BuildListener.NONE);
    assertWhole(index);
  }

  @Test
  void whatAdditionsNeedIsMissedByName() throws Exception {
    try (Stream<Path> files = Files.list(index.resolve("model"))) {
      for (Path file : files.toList()) {
        Files.writeString(file, "{}");
      }
    }
    assertThatThrownBy(() -> FolderChange.add(more, index, BuildListener.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "is damaged ('layout' is missing); run the same 'seesong build' again");
    assertThat(FolderCheck.check(index, true)).hasSize(1);
    try (Stream<Path> files = Files.list(index.resolve("model"))) {
      for (Path file : files.toList()) {
        Files.writeString(file, "{\"layout\": 0}");
      }
    }
    assertThatThrownBy(() -> FolderChange.add(more, index, BuildListener.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "was written by another version of the program (layout 0); run the same 'seesong build'"
                + " again, which writes it anew");
    try (Stream<Path> files = Files.list(index.resolve("model"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(() -> FolderChange.add(more, index, BuildListener.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(".json is missing, without which nothing can be added");
    FolderChange.build(shared.resolve("catalogue"), index, BuildListener.NONE);
    FolderChange.add(more, index, BuildListener.NONE);
  }

  @Test
  void aFolderWithoutAnIndexIsLeftAsItIs() {
    Path empty = folder.resolve("empty");
    assertThatThrownBy(() -> FolderChange.add(more, empty, BuildListener.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "there is no index at " + empty.resolve("index") + "; make one with 'seesong build'");
    assertThat(empty).doesNotExist();
  }
}
