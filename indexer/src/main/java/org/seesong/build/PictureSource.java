package org.seesong.build;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.io.RecordFile;
import org.seesong.vector.VectorFile;

/**
 * Names what encoding a picture takes, so that a machine of a cluster opens it for itself, once for
 * all parts that it computes.
 *
 * @param build names one run of a build, so that another opens anew what it has changed
 * @param folder of the index
 * @param models where imported models are
 * @param encoder name to open it by
 * @param id what it must be
 * @param classes whether the most probable classes of pictures are wanted
 */
record PictureSource(
    String build, String folder, String models, String encoder, String id, boolean classes)
    implements Serializable {
  /** What this process has open until it ends, since its parts come one after another. */
  private static final Map<PictureSource, Opened> OPEN = new HashMap<>();

  /**
   * What is open.
   *
   * @param known pictures that were encoded when it was opened
   */
  record Opened(ImageEncoder encoder, PictureStore known) {}

  Opened open() throws IOException {
    synchronized (OPEN) {
      Opened opened = OPEN.get(this);
      if (opened == null) {
        opened = openAnew();
        OPEN.put(this, opened);
      }
      return opened;
    }
  }

  private Opened openAnew() throws IOException {
    // Each part is computed by one thread of the engine, which runs as many parts as it has cores.
    ImageEncoder opened = new ModelHome(Path.of(models)).open(encoder, 1);
    if (!opened.id().equals(id)) {
      opened.close();
      throw new IOException(
          "encoder "
              + encoder
              + " is "
              + opened.id()
              + " on this machine, but the build encodes by "
              + id
              + "; import the same model on all machines");
    }
    BuildFolder built = BuildFolder.look(Path.of(folder));
    VectorFile vectors = VectorFile.openForReading(built.vectors(id), id, opened.dimension());
    RecordFile thumbnails =
        RecordFile.openForReading(built.thumbnails(), PictureEncoding.THUMBNAILS);
    ClassFile strongest = classes ? ClassFile.openForReading(built, opened) : ClassFile.none();
    return new Opened(opened, new PictureFiles(vectors, strongest, thumbnails));
  }
}
