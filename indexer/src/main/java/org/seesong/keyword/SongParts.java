package org.seesong.keyword;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.lucene.store.DataOutput;
import org.seesong.catalogue.Song;
import org.seesong.io.FramedFile;

/** Has passes over a catalogue's songs computed in parts, on whichever machines. */
public interface SongParts {
  /** Work on one part of the songs: a pure function of them and of itself, to bytes. */
  interface Work extends Serializable {
    /** Does it. */
    void run(List<Song> songs, DataOutput out) throws IOException;
  }

  /** Makes the work on a part. */
  interface Works {
    /** The work on the songs from {@code start} to {@code end}, exclusive. */
    Work of(int start, int end);
  }

  /** Takes what parts gave. */
  interface Sink<R> {
    /** Takes that of the songs from {@code start} to {@code end}, exclusive. */
    void take(R result, int start, int end) throws IOException;
  }

  /**
   * Has a pass computed.
   *
   * @param title what is done with the songs, for people
   * @param recipe all that the result depends on but the songs
   * @param content reads what the work wrote
   * @param sink takes each part once, in whatever order they are done; called by one thread
   * @throws IOException if a part cannot be computed; the message says which and why
   * @throws InterruptedException if the calling thread is interrupted
   */
  <R> void compute(
      String title, String recipe, Works works, FramedFile.Reader<R> content, Sink<R> sink)
      throws IOException, InterruptedException;
}
