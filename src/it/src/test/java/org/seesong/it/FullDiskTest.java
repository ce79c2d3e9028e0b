package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seesong.build.BuildListener;
import org.seesong.build.Stage;
import org.seesong.build.StageReport;

/** A disk that fills up in any stage: the old index stays, and with space the build goes on. */
class FullDiskTest {
  @TempDir static Path shared;
  private static Path old;
  private static Path next;
  private static Map<String, String> oldIndex;
  private static Map<String, String> nextIndex;

  @BeforeAll
  static void buildWithSpace() throws Exception {
    CommandRun.home(shared.resolve("home"));
    old = shared.resolve("old");
    SmallCatalogue.writeTo(old, 30, 20);
    FolderChange.build(old, shared.resolve("old-out"), BuildListener.NONE);
    oldIndex = IndexDump.of(shared.resolve("old-out/index"));
    next = shared.resolve("next");
    SmallCatalogue.writeTo(next, 120, 90);
    FolderChange.build(next, shared.resolve("next-out"), BuildListener.NONE);
    nextIndex = IndexDump.of(shared.resolve("next-out/index"));
  }

  /** Where the disk fills, and what the build says, in which OUT is its folder. */
  static Stream<Arguments> places() {
    String vectors =
        "cannot append a record of \\d+ bytes to OUT/vectors/[a-z0-9.-]+ \\(free space: 0 bytes\\):"
            + " No space left on device; its \\d+ earlier records are kept";
    String embedding =
        "cannot keep the embedding line2-8-[0-9a-f]+ in OUT/work: No space left on device; picture"
            + " vectors are kept, so build again when it can be written";
    String index =
        "cannot commit index OUT/index: No space left on device \\(free space: 0 bytes\\); an index"
            + " that was there before is unharmed";
    return Stream.of(
        Arguments.of(Stage.CATALOGUE, 0, vectors),
        Arguments.of(Stage.KEYWORDS, 0, vectors),
        Arguments.of(Stage.ENCODING, 0, vectors),
        Arguments.of(Stage.ENCODING, 40, vectors),
        Arguments.of(Stage.GRAPH, 0, embedding),
        Arguments.of(Stage.EMBEDDING, 0, embedding),
        Arguments.of(Stage.EMBEDDING, 2, embedding),
        Arguments.of(Stage.INDEX, 0, index),
        Arguments.of(Stage.INDEX, 100, index),
        Arguments.of(Stage.INDEX, 210, index));
  }

  @ParameterizedTest
  @MethodSource("places")
  void keepsTheOldIndexAndGoesOnLater(Stage stage, int reports, String message, @TempDir Path at)
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(at.resolve("disk"), 12)) {
      Path out = disk.folder().resolve("out");
      FolderChange.build(old, out, BuildListener.NONE);
      IOException failure =
          catchThrowableOfType(
              IOException.class,
              () -> FolderChange.build(next, out, new Filling(disk, stage, reports)));
      assertThat(failure.getMessage().replace(out.toString(), "OUT")).matches(message);
      assertThat(IndexDump.of(out.resolve("index"))).isEqualTo(oldIndex);
      disk.free();
      FolderChange.build(next, out, BuildListener.NONE);
      assertThat(IndexDump.of(out.resolve("index"))).isEqualTo(nextIndex);
    }
  }

  private static BuildListener filling(SmallDisk disk, Stage after) {
    return new BuildListener() {
      @Override
      public void finished(StageReport report) {
        if (report.stage() == after) {
          disk.fill();
        }
      }
    };
  }

  @Test
  void theOldIndexStaysWhereWhatAdditionsNeedCannotBeWritten(@TempDir Path at) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(at.resolve("disk"), 12)) {
      Path out = disk.folder().resolve("out");
      FolderChange.build(old, out, BuildListener.NONE);
      IOException failure =
          catchThrowableOfType(
              IOException.class,
              () -> FolderChange.build(next, out, filling(disk, Stage.EMBEDDING)));
      assertThat(failure.getMessage().replace(out.toString(), "OUT"))
          .matches(
              "cannot write OUT/model/[0-9a-f]+\\.[a-z]+:"
                  + " java.io.IOException: No space left on device");
      assertThat(IndexDump.of(out.resolve("index"))).isEqualTo(oldIndex);
      disk.free();
      FolderChange.build(next, out, BuildListener.NONE);
      assertThat(IndexDump.of(out.resolve("index"))).isEqualTo(nextIndex);
    }
  }

  @Test
  void afterTheCommitOnlyTheReportIsMissing(@TempDir Path at) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(at.resolve("disk"), 12)) {
      Path out = disk.folder().resolve("out");
      BuildListener fillsAtTheEnd = filling(disk, Stage.INDEX);
      IOException failure =
          catchThrowableOfType(
              IOException.class, () -> FolderChange.build(next, out, fillsAtTheEnd));
      assertThat(failure)
          .hasMessage(
              "the index is complete and in use, but its report is not: cannot write "
                  + out.resolve("keywords.csv")
                  + ": java.io.IOException: No space left on device");
      assertThat(IndexDump.of(out.resolve("index"))).isEqualTo(nextIndex);
    }
  }

  @Test
  void theCommandSaysSoAndASearchStillAnswers(@TempDir Path at) throws Exception {
    Path query = SmallCatalogue.writePicture(at.resolve("q.png"), 1, 7777);
    try (SmallDisk disk = SmallDisk.mount(at.resolve("disk"), 12)) {
      Path out = disk.folder().resolve("out");
      CommandRun.build(old.resolve("songs.jsonl"), old.resolve("pictures.csv"), out).ends(0);
      disk.fill();
      CommandRun run =
          CommandRun.build(next.resolve("songs.jsonl"), next.resolve("pictures.csv"), out).ends(1);
      assertThat(run.messages().replace(out.toString(), "OUT"))
          .matches("seesong: cannot append a record of .*: No space left on device; its .* kept");
      CommandRun.of("search", out, query).ends(0);
      disk.free();
      CommandRun.build(next.resolve("songs.jsonl"), next.resolve("pictures.csv"), out).ends(0);
      assertThat(CommandRun.of("info", out).data()).startsWith("songs      120\n");
    }
  }

  @Test
  void aReadOnlyDiskIsNamedAndCanBeSearched(@TempDir Path at) throws Exception {
    Path query = SmallCatalogue.writePicture(at.resolve("q.png"), 1, 7777);
    try (SmallDisk disk = SmallDisk.mount(at.resolve("disk"), 12)) {
      Path out = disk.folder().resolve("out");
      CommandRun.build(old.resolve("songs.jsonl"), old.resolve("pictures.csv"), out).ends(0);
      disk.makeReadOnly();
      CommandRun.build(old.resolve("songs.jsonl"), old.resolve("pictures.csv"), out)
          .fails(1, "seesong: " + out.resolve("build.lock") + ": Read-only file system");
      Path other = disk.folder().resolve("other");
      CommandRun.build(old.resolve("songs.jsonl"), old.resolve("pictures.csv"), other)
          .fails(1, "seesong: " + other + ": Read-only file system");
      CommandRun.of("search", out, query).ends(0);
    }
  }

  private static final class Filling implements BuildListener {
    private final SmallDisk disk;
    private final Stage stage;
    private final AtomicInteger left;

    Filling(SmallDisk disk, Stage stage, int reports) {
      this.disk = disk;
      this.stage = stage;
      this.left = new AtomicInteger(reports);
    }

    @Override
    public void started(Stage started) {
      if (started == stage && left.get() == 0) {
        disk.fill();
      }
    }

    @Override
    public void progress(Stage progressed, long done, long total) {
      if (progressed == stage && left.decrementAndGet() == 0) {
        disk.fill();
      }
    }
  }
}
