package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.build.BuildListener;
import org.seesong.testing.FaultyDisk;
import org.seesong.testing.Trials;

/**
 * A disk that is full, or whose power goes off and which then lacks what was not synced, at any
 * change that a build, addition, removal, compaction or import makes to it: the folder holds the
 * old state or the new one, the new one where the command had ended, and running it again ends
 * well.
 */
class CrashSimulationTest {
  private static final List<FolderChange> CHANGES = List.of(FolderChange.values());

  @TempDir static Path shared;
  private static FolderStates states;

  @BeforeAll
  static void prepare() throws Exception {
    states = FolderStates.prepare(shared, 20, 12);
  }

  @Test
  void theOldStateStaysReadableAndNothingAcknowledgedIsLost() throws Exception {
    int trials = Trials.number(10, 1000);
    int faults = 0;
    for (int trial = 0; trial < trials; trial++) {
      faults += run(trial) ? 1 : 0;
    }
    assertThat(faults).as("trials in which the disk failed").isGreaterThan(trials / 2);
  }

  /** Whether the fault came before all was done. */
  private static boolean run(int trial) throws Exception {
    SplittableRandom random = Trials.random(CrashSimulationTest.class, trial);
    FolderChange change = CHANGES.get(trial % CHANGES.size());
    boolean power = random.nextBoolean();
    FolderStates.Uninterrupted reference = states.reference(change);
    // Now and then just after the end.
    long point = 1 + random.nextLong(reference.changes() * 5 / 4);
    String name =
        Trials.name(trial) + ": " + change + (power ? ", power off" : ", full") + " at " + point;
    Path folder = shared.resolve("trial");
    IOUtils.rm(folder);
    FolderChange.copy(states.before(change), folder);
    FaultyDisk disk = new FaultyDisk();
    if (power) {
      disk.offAt(point);
    } else {
      disk.fullAt(point);
    }
    boolean acknowledged = false;
    try {
      FolderStates.run(change, states.inputs(change), folder, disk);
      acknowledged = !power || disk.changes() < point; // a dead process says nothing
    } catch (IOException | RuntimeException e) {
      assertThat(e.getMessage()).as(name).isNotNull();
    }
    boolean failed = disk.changes() >= point;
    if (power) {
      disk.loseWhatWasNotSynced(random);
    }
    Map<String, String> left = FolderStates.state(change, folder);
    boolean done = left.equals(reference.once());
    FolderStates.requireUsable(change, folder, name);
    if (acknowledged) {
      assertThat(left).as(name).isEqualTo(reference.once());
      FolderStates.requireWhole(change, folder, name);
    } else if (!done && !(change == FolderChange.IMPORT && left.isEmpty())) {
      assertThat(left).as(name).isEqualTo(reference.before());
    }
    change.run(states.inputs(change), folder, BuildListener.NONE);
    assertThat(FolderStates.state(change, folder))
        .as(name)
        .isEqualTo(done ? reference.twice() : reference.once());
    FolderStates.requireWhole(change, folder, name);
    return failed;
  }
}
