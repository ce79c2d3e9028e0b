package org.seesong.build;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.store.DataInput;
import org.seesong.io.FramedFile;
import org.seesong.label.LabelledPictures;
import org.seesong.label.Neighbours;
import org.seesong.part.PartFolder;
import org.seesong.part.PartTask;

/**
 * Finds the labelled pictures nearest to one part of the pictures on whichever machine, into a
 * {@link FramedFile}: neighbours asked for 4, numbers 4, and for each number 4 and squared distance
 * 8.
 *
 * @param attempts where to write
 * @param source gives the pictures
 * @param first number of the first picture
 * @param end behind the last one
 * @param asked how many neighbours
 */
record NeighbourPart(int part, String attempts, Source source, int first, int end, int asked)
    implements PartTask {
  static final String CODEC = "SeesongNeighbours";
  static final int VERSION = 1;

  /** What this process has open until it ends, by file, since its parts come one after another. */
  private static final Map<String, LabelledPictures> OPEN = new HashMap<>();

  /** Gives all pictures. */
  interface Source extends Serializable {
    /** The pictures, not to be closed. */
    LabelledPictures open() throws IOException;
  }

  /**
   * Opens them on another machine.
   *
   * @param pictures the {@link LabelledFile} that names all pictures
   * @param folder of the index
   */
  record OnFile(String pictures, String folder) implements Source {
    @Override
    public LabelledPictures open() throws IOException {
      synchronized (OPEN) {
        LabelledPictures opened = OPEN.get(pictures);
        if (opened == null) {
          LabelledFile file = LabelledFile.read(Path.of(pictures));
          opened =
              LabelledPictures.open(file.open(BuildFolder.look(Path.of(folder))), file.labelled());
          OPEN.put(pictures, opened);
        }
        return opened;
      }
    }
  }

  @Override
  public String run() throws IOException, InterruptedException {
    Neighbours found = source.open().nearest(first, end, asked);
    Path file = PartFolder.attempt(attempts, part);
    new FramedFile(file, CODEC, VERSION)
        .write(
            out -> {
              out.writeInt(found.asked());
              out.writeInt(found.pictures().length);
              for (int i = 0; i < found.pictures().length; i++) {
                out.writeInt(found.pictures()[i]);
                out.writeLong(Double.doubleToLongBits(found.squares()[i]));
              }
            });
    return file.toString();
  }

  static Neighbours read(DataInput in, long bytes) throws IOException {
    int asked = in.readInt();
    int size = in.readInt();
    if (asked < 1 || size < 0 || (long) size * (Integer.BYTES + Long.BYTES) > bytes) {
      throw new IOException("a part of " + size + " neighbours in " + bytes + " bytes");
    }
    int[] pictures = new int[size];
    double[] squares = new double[size];
    for (int i = 0; i < size; i++) {
      pictures[i] = in.readInt();
      squares[i] = Double.longBitsToDouble(in.readLong());
    }
    return new Neighbours(asked, pictures, squares);
  }
}
