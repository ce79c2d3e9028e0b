package org.seesong.build;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.seesong.index.IndexMetadata;
import org.seesong.io.RecordFile;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

/**
 * Names the index that parts are of, and the folder with what was encoded for it.
 *
 * @param build names one run of a build, so that another opens anew what it has changed
 * @param folder of the index
 * @param metadata of the index, as its commit has it
 */
record IndexSource(String build, String folder, TreeMap<String, String> metadata)
    implements Serializable {
  /** What this process has open until it ends, since its parts come one after another. */
  private static final Map<IndexSource, Pictures> OPEN = new HashMap<>();

  /** Image embeddings as they were encoded, and thumbnails, by content. */
  record Pictures(VectorFile vectors, RecordFile thumbnails) {}

  static IndexSource of(String build, BuildFolder folder, IndexMetadata metadata) {
    return new IndexSource(
        build, folder.root().toAbsolutePath().toString(), new TreeMap<>(metadata.toUserData()));
  }

  IndexMetadata identity() throws IOException {
    return IndexMetadata.fromUserData(metadata, "index " + folder);
  }

  Pictures pictures() throws IOException {
    synchronized (OPEN) {
      Pictures open = OPEN.get(this);
      if (open == null) {
        BuildFolder built = BuildFolder.look(Path.of(folder));
        VectorSpace encoder = identity().encoderSpace();
        open =
            new Pictures(
                VectorFile.openForReading(
                    built.vectors(encoder.id()), encoder.id(), encoder.dimension()),
                RecordFile.openForReading(built.thumbnails(), PictureEncoding.THUMBNAILS));
        OPEN.put(this, open);
      }
      return open;
    }
  }
}
