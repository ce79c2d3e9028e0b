package org.seesong.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.seesong.catalogue.Song;
import org.seesong.io.FramedFile;
import org.seesong.keyword.SongParts;
import org.seesong.part.PartFolder;
import org.seesong.part.PartPlan;
import org.seesong.part.PartRunner;

/**
 * A catalogue's songs cut into parts, each on file for the machines that compute something of it.
 * What a pass gave stays until the index is complete, so that a build that was stopped takes it
 * over.
 */
final class SongPartFiles implements SongParts {
  private final PartRunner runner;
  private final BuildFolder folder;
  private final PartPlan plan;
  private final String key;
  private final StageLog log;

  private SongPartFiles(
      PartRunner runner, BuildFolder folder, PartPlan plan, String key, StageLog log) {
    this.runner = runner;
    this.folder = folder;
    this.plan = plan;
    this.key = key;
    this.log = log;
  }

  /**
   * Writes the songs.
   *
   * @param size of a part
   * @param log told of how many songs a pass has gone over
   */
  static SongPartFiles write(
      PartRunner runner, BuildFolder folder, List<Song> songs, int size, StageLog log)
      throws IOException {
    Fingerprint all = new Fingerprint().add(size);
    songs.forEach(all::add);
    PartPlan plan = new PartPlan(songs.size(), size);
    SongPartFiles files = new SongPartFiles(runner, folder, plan, all.hex().substring(0, 32), log);
    Files.createDirectories(files.file(0).getParent());
    for (int part = 0; part < plan.parts(); part++) {
      SongFile.write(files.file(part), plan.of(songs, part));
    }
    return files;
  }

  /** How songs are cut. */
  PartPlan plan() {
    return plan;
  }

  /** The {@link SongFile} of a part. */
  Path file(int part) {
    return folder
        .parts()
        .resolve("songs-" + key)
        .resolve(String.format(Locale.ROOT, "%06d.songs", part))
        .toAbsolutePath();
  }

  @Override
  public <R> void compute(
      String title, String recipe, Works works, FramedFile.Reader<R> content, Sink<R> sink)
      throws IOException, InterruptedException {
    String hash = new Fingerprint().add(key).add(title).add(recipe).hex();
    PartFolder attempts =
        new PartFolder(
            folder.parts().resolve("pass-" + hash.substring(0, 32)),
            SongPart.CODEC,
            SongPart.VERSION);
    long[] done = new long[1];
    attempts.compute(
        runner,
        title,
        plan,
        part ->
            new SongPart(
                part,
                attempts.path(),
                file(part).toString(),
                works.of(plan.start(part), plan.end(part))),
        content::read,
        (part, result) -> {
          sink.take(result, plan.start(part), plan.end(part));
          done[0] += plan.end(part) - plan.start(part);
          log.progress(done[0], plan.items());
        });
  }
}
