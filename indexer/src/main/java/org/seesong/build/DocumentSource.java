package org.seesong.build;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.TextReading;
import org.seesong.keyword.Vocabulary;
import org.seesong.text.LyricsCleaner;

/**
 * Names what making documents of songs takes but text embeddings, so that a machine of a cluster
 * makes it for itself, once for all parts that it computes.
 *
 * @param keywords the vocabulary, as people wrote them
 */
record DocumentSource(TextReading reading, List<String> keywords) implements Serializable {
  /** What this process has made, since its parts come one after another. */
  private static final Map<DocumentSource, SongDocuments> MADE = new HashMap<>();

  DocumentSource {
    keywords = List.copyOf(keywords);
  }

  SongDocuments open() throws IOException {
    synchronized (MADE) {
      SongDocuments made = MADE.get(this);
      if (made == null) {
        reading.requireThisProgram();
        ScriptFolder folder = reading.folder();
        made =
            new SongDocuments(
                Vocabulary.of(keywords, folder),
                folder,
                LyricsCleaner.of(reading.lyricsCleaning()),
                Optional.empty());
        MADE.put(this, made);
      }
      return made;
    }
  }
}
