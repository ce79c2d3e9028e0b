package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.tests.store.MockDirectoryWrapper;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.Trials;

/**
 * A disk that fills up, fails now and then or loses its power in the middle of changes, as Lucene's
 * own tests simulate it: what was committed is there, whole, and nothing of what was not.
 */
class IndexCrashTest {
  private static final TestCatalogue OLD =
      TestCatalogue.random(new TestCatalogue.Size(5, 6, 4, 3, 100), 1);
  private static final TestCatalogue NEW =
      TestCatalogue.random(new TestCatalogue.Size(12, 14, 4, 3, 100), 2);

  @TempDir Path folder;

  /** A fault of the disk. */
  private enum Fault {
    FULL,
    FAILING,
    POWER_OFF
  }

  @Test
  void whatWasCommittedIsThereAndWhole() throws IOException {
    int trials = Trials.number(20, 1000);
    OLD.write(folder.resolve("old"));
    int faults = 0;
    for (int trial = 0; trial < trials; trial++) {
      faults += run(trial) ? 1 : 0;
    }
    assertThat(faults).as("trials in which the disk failed").isGreaterThan(trials / 2);
  }

  /** Whether a fault came before all was done. */
  private boolean run(int trial) throws IOException {
    SplittableRandom random = Trials.random(getClass(), trial);
    Path index = folder.resolve("index-" + trial);
    try (FSDirectory copy = FSDirectory.open(index);
        FSDirectory old = FSDirectory.open(folder.resolve("old"))) {
      for (String file : old.listAll()) {
        copy.copyFrom(old, file, file, IOContext.READONCE);
      }
    }
    Set<String> acknowledged = ids(index);
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    String name = Trials.name(trial) + ", " + fault;
    MockDirectoryWrapper disk = open(index, random);
    Set<String> pending = new TreeSet<>(acknowledged);
    boolean failed = false;
    Power power = new Power();
    try {
      fail(disk, fault, power, random);
      if (random.nextBoolean()) {
        change(index, keptOpen(disk), random, acknowledged, pending);
      } else {
        pending = new TreeSet<>();
        write(index, keptOpen(disk), random, acknowledged, pending);
      }
    } catch (IOException | RuntimeException e) {
      failed = true;
    }
    if (fault == Fault.POWER_OFF) {
      power.last = Integer.MAX_VALUE;
      disk.crash();
    }
    IOUtils.closeWhileHandlingException(disk);
    assertThat(ids(index)).as(name).isIn(acknowledged, pending);
    assertThat(IndexCheck.check(index).problems())
        .as(name)
        .allMatch(problem -> problem.contains("graph embedding must have length 1")); // as made
    IOUtils.rm(index);
    return failed;
  }

  private static MockDirectoryWrapper open(Path index, SplittableRandom random) throws IOException {
    MockDirectoryWrapper disk =
        new MockDirectoryWrapper(
            new Random(random.nextLong()),
            new FilterDirectory(FSDirectory.open(index)) {
              @Override
              public void sync(Collection<String> names) {
                // The wrapper notes it; the real disk may take its time.
              }

              @Override
              public void syncMetaData() {
                // Likewise.
              }
            });
    disk.setCheckIndexOnClose(false);
    disk.setAssertNoUnrefencedFilesOnClose(false);
    disk.setThrottling(MockDirectoryWrapper.Throttling.NEVER);
    return disk;
  }

  /** The disk is there after its writer. */
  private static Directory keptOpen(MockDirectoryWrapper disk) {
    return new FilterDirectory(disk) {
      @Override
      public void close() {
        // The test does.
      }
    };
  }

  /** Refuses everything after some calls, until the power is back. */
  private static final class Power extends MockDirectoryWrapper.Failure {
    private int last = Integer.MAX_VALUE;
    private int calls;

    @Override
    public void eval(MockDirectoryWrapper disk) throws IOException {
      if (++calls > last) {
        throw new IOException("the power is off");
      }
    }
  }

  private static void fail(
      MockDirectoryWrapper disk, Fault fault, Power power, SplittableRandom random)
      throws IOException {
    switch (fault) {
      case FULL -> disk.setMaxSizeInBytes(disk.sizeInBytes() + random.nextInt(40_000));
      case FAILING -> {
        disk.setRandomIOExceptionRate(random.nextDouble() / 20);
        disk.setRandomIOExceptionRateOnOpen(random.nextDouble() / 20);
      }
      case POWER_OFF -> {
        power.last = random.nextInt(400);
        disk.failOn(power);
      }
    }
  }

  /** A new index in place of the old one. */
  private static void write(
      Path index,
      Directory disk,
      SplittableRandom random,
      Set<String> acknowledged,
      Set<String> pending)
      throws IOException {
    try (CatalogueIndexWriter writer =
        CatalogueIndexWriter.open(index, disk, VectorFormat.IVF.format())) {
      int songs = 1 + random.nextInt(NEW.songs().size());
      for (PictureDocument picture : NEW.pictures()) {
        writer.addPicture(picture);
        pending.add("picture:" + picture.id());
      }
      for (SongDocument song : NEW.songs().subList(0, songs)) {
        writer.addSong(song);
        pending.add("song:" + song.id());
      }
      writer.commit(NEW.identity());
      acknowledged.clear();
      acknowledged.addAll(pending);
    }
  }

  /** Commits of additions and removals, and of merges. */
  private static void change(
      Path index,
      Directory disk,
      SplittableRandom random,
      Set<String> acknowledged,
      Set<String> pending)
      throws IOException {
    try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(index, disk)) {
      for (int commit = 0; commit < 4; commit++) {
        for (int i = random.nextInt(5); i >= 0; i--) {
          SongDocument song = NEW.songs().get(random.nextInt(NEW.songs().size()));
          PictureDocument picture = NEW.pictures().get(random.nextInt(NEW.pictures().size()));
          updater.put(song);
          pending.add("song:" + song.id());
          updater.remove(IndexLayout.PICTURE, picture.id());
          pending.remove("picture:" + picture.id());
        }
        if (random.nextInt(3) == 0) {
          updater.compact();
        }
        updater.commit();
        acknowledged.clear();
        acknowledged.addAll(pending);
      }
    }
  }

  private static Set<String> ids(Path index) throws IOException {
    Set<String> ids = new TreeSet<>();
    try (CatalogueIndex open = CatalogueIndex.open(index)) {
      Bits live = MultiBits.getLiveDocs(open.reader());
      for (int document = 0; document < open.reader().maxDoc(); document++) {
        if (live == null || live.get(document)) {
          String id = open.reader().storedFields().document(document).get(IndexLayout.ID);
          assertThat(ids.add(id)).as("%s is there once", id).isTrue();
        }
      }
    }
    return ids;
  }
}
