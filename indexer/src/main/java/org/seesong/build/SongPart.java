package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.seesong.catalogue.Song;
import org.seesong.io.FramedFile;
import org.seesong.keyword.SongParts;
import org.seesong.part.PartFolder;
import org.seesong.part.PartTask;

/**
 * Goes over one part of the songs on whichever machine, into a {@link FramedFile} of what the work
 * writes.
 *
 * @param attempts where to write
 * @param songs the {@link SongFile} of the part
 */
record SongPart(int part, String attempts, String songs, SongParts.Work work) implements PartTask {
  static final String CODEC = "SeesongPass";
  static final int VERSION = 1;

  @Override
  public String run() throws IOException {
    List<Song> some = SongFile.read(Path.of(songs));
    Path file = PartFolder.attempt(attempts, part);
    new FramedFile(file, CODEC, VERSION).write(out -> work.run(some, out));
    return file.toString();
  }
}
