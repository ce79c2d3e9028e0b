package org.seesong.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seesong.catalogue.Picture;
import org.seesong.encoder.ImageEncoder;
import org.seesong.io.ContentKey;
import org.seesong.io.Digests;
import org.seesong.io.RecordFile;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.PictureClasses;

/**
 * The most probable classes of pictures on disk, by content, as the encoder's network tells them
 * beside its vectors: a {@link RecordFile} whose payloads are {@link #MOST} times number of the
 * class 2 and probability 4, little-endian, numbers ascending; -1 where there are fewer classes.
 *
 * <p>Without classes it holds nothing, and nothing is missing in it.
 */
final class ClassFile implements AutoCloseable {
  /** Of ImageNet's 1,000 classes they hold .76 of the probability on the mean of 10,930 photos. */
  static final int MOST = 10;

  private static final int BYTES = MOST * (Short.BYTES + Float.BYTES);

  private final List<String> names;
  private final RecordFile records; // null without classes

  private ClassFile(List<String> names, RecordFile records) {
    this.names = names;
    this.records = records;
  }

  /** For pictures whose classes nobody asks for. */
  static ClassFile none() {
    return new ClassFile(List.of(), null);
  }

  /** Opens or makes the file of an encoder. */
  static ClassFile open(BuildFolder folder, ImageEncoder encoder) throws IOException {
    return open(folder, encoder, RecordFile::open);
  }

  /** Opens the file of an encoder, which must be there, to read it. */
  static ClassFile openForReading(BuildFolder folder, ImageEncoder encoder) throws IOException {
    return open(folder, encoder, RecordFile::openForReading);
  }

  private interface Opening {
    RecordFile open(Path file, String space, int payloadBytes) throws IOException;
  }

  private static ClassFile open(BuildFolder folder, ImageEncoder encoder, Opening opening)
      throws IOException {
    List<String> names = encoder.classes();
    byte[] joined = String.join("\n", names).getBytes(StandardCharsets.UTF_8);
    String digest = Digests.sha256(joined).substring(0, 8);
    Path file = folder.vectors().resolve(encoder.id() + "-" + digest + ".classes");
    String space = "classes;encoder=" + encoder.id() + ";names=" + digest + ";most=" + MOST;
    return new ClassFile(names, opening.open(file, space, BYTES));
  }

  /** What the classes are called. */
  List<String> names() {
    return names;
  }

  boolean contains(ContentKey key) {
    return records == null || records.contains(key);
  }

  /** Adds what {@link #strongest} gave for a picture. */
  void append(ContentKey key, byte[] strongest) throws IOException {
    if (records != null) {
      records.append(key, strongest);
    }
  }

  /**
   * The strongest classes of a picture, as the file keeps them.
   *
   * @param probabilities of all classes of some pictures, one picture after another
   * @param from where the picture's begin
   * @param classes how many there are
   * @return nothing if there are no classes
   */
  static byte[] strongest(float[] probabilities, int from, int classes) {
    if (classes == 0) {
      return new byte[0];
    }
    int[] strongest =
        IntStream.range(0, classes)
            .boxed()
            .sorted(Comparator.comparingDouble(number -> -probabilities[from + number]))
            .limit(MOST)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int number : strongest) {
      bytes.putShort((short) number).putFloat(probabilities[from + number]);
    }
    while (bytes.hasRemaining()) {
      bytes.putShort((short) -1).putFloat(0);
    }
    return bytes.array();
  }

  /** Classes of the pictures without labels; none for those that cannot be read. */
  PictureClasses read(List<Picture> pictures, EncodedPictures encoded) throws IOException {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (int picture = 0; picture < pictures.size() && records != null; picture++) {
      if (encoded.isReadable(picture) && pictures.get(picture).keywords().isEmpty()) {
        ByteBuffer bytes = ByteBuffer.wrap(records.read(encoded.keys().get(picture)));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
          int number = bytes.getShort();
          float probability = bytes.getFloat();
          if (probability > 0) {
            rows.add(number, probability);
          }
        }
      }
      rows.endRow();
    }
    return new PictureClasses(names, rows.build());
  }

  void sync() throws IOException {
    if (records != null) {
      records.sync();
    }
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
    }
  }
}
