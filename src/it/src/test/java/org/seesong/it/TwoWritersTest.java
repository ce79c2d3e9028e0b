package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.query.SongFinder;
import org.seesong.query.TwoHopQuery;

/** Two processes on one folder: the second that writes is told who does, readers share. */
class TwoWritersTest {
  @TempDir Path folder;
  private Path catalogue;
  private Path out;

  @BeforeEach
  void build() throws Exception {
    CommandRun.home(folder.resolve("home"));
    catalogue = folder.resolve("c");
    SmallCatalogue.writeTo(catalogue, 20, 10);
    out = folder.resolve("out");
    buildAgain().ends(0);
  }

  private CommandRun buildAgain() {
    return CommandRun.build(
        catalogue.resolve("songs.jsonl"), catalogue.resolve("pictures.csv"), out);
  }

  @Test
  void theSecondIsToldWhoWritesAndReadersShare() throws Exception {
    Map<String, String> before = IndexDump.of(out.resolve("index"));
    Path more = folder.resolve("more");
    SmallCatalogue.writeMore(more);
    Path ids = Files.writeString(folder.resolve("ids.txt"), "s001\n");
    Process writer = KilledChangeTest.start(FolderChange.ADD, more, out, 4);
    try (SongFinder one = SongFinder.open(out)) {
      String who = " (process " + writer.pid() + " on ";
      assertThat(writer.inputReader().readLine()).startsWith(KilledChangeTest.PAUSED);
      assertThat(buildAgain().ends(1).messages())
          .startsWith("seesong: another build is running in " + out + who)
          .endsWith("); wait for it or choose another folder");
      CommandRun add = CommandRun.of("add", out, "--songs", more.resolve("songs.jsonl"));
      CommandRun remove = CommandRun.of("remove", out, "--ids", ids);
      CommandRun compact = CommandRun.of("index", "compact", out);
      for (CommandRun refused : new CommandRun[] {add, remove, compact}) {
        assertThat(refused.ends(1).messages())
            .startsWith("seesong: another build, add, remove or compact is running in " + out + who)
            .endsWith("); run this again when it has ended, or give --wait SECONDS");
      }
      try (SongFinder two = SongFinder.open(out)) {
        assertThat(songs(one)).isEqualTo(songs(two));
      }
      CommandRun.of("check", out).ends(0);
      assertThat(IndexDump.of(out.resolve("index"))).isEqualTo(before);
    } finally {
      writer.destroyForcibly();
    }
    writer.waitFor();
    CommandRun.of("remove", out, "--ids", ids, "--wait", 60).ends(0);
  }

  private static String songs(SongFinder finder) throws IOException {
    return finder.find(TwoHopQuery.ofPicture("p1.png")).songs().toString();
  }
}
