package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.seesong.image.DecoderLimits;
import org.seesong.io.ContentKey;
import org.seesong.part.PartFolder;
import org.seesong.part.PartTask;

/**
 * Encodes one part of the pictures on whichever machine.
 *
 * @param attempts where to write
 * @param source the folder of the index and the encoder
 * @param pictures files, as all machines name them
 */
record PicturePart(
    int part, String attempts, PictureSource source, List<String> pictures, DecoderLimits limits)
    implements PartTask {
  PicturePart {
    pictures = List.copyOf(pictures);
  }

  /** What one part adds to what the folder has. */
  private static final class Added implements PictureStore {
    private final PictureStore known;
    private final Map<ContentKey, EncodedPart.Encoded> encoded = new ConcurrentHashMap<>();

    Added(PictureStore known) {
      this.known = known;
    }

    @Override
    public boolean contains(ContentKey key) {
      return known.contains(key) || encoded.containsKey(key);
    }

    @Override
    public int classCount() {
      return known.classCount();
    }

    @Override
    public void put(ContentKey key, float[] vector, byte[] classes, byte[] thumbnail) {
      encoded.putIfAbsent(key, new EncodedPart.Encoded(vector, classes, thumbnail));
    }

    @Override
    public void sync() {
      // Nothing is on disk before the part is written as a whole.
    }
  }

  @Override
  public String run() throws IOException, InterruptedException {
    PictureSource.Opened opened = source.open();
    Added added = new Added(opened.known());
    EncodedPictures done =
        new PictureEncoding(opened.encoder(), added, limits, number -> {})
            .encode(pictures.stream().map(Path::of).toList(), 0);
    Path file = PartFolder.attempt(attempts, part);
    new EncodedPart(ProcessorKind.own(), done.keys(), done.problems(), added.encoded)
        .write(file, opened.encoder().dimension());
    return file.toString();
  }
}
