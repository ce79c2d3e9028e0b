package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.io.ContentKey;
import org.seesong.io.FramedFile;
import org.seesong.vector.FloatVector;

/**
 * What encoding one part of the pictures gave, as a machine of a cluster hands it over: the key of
 * each picture in their order, the pictures that could not be read, and what is new, by content.
 *
 * <p>In a {@link FramedFile}: processor, pictures 4, their keys 32 each, problems 4, each a text,
 * new pictures 4, dimension 4, and for each key 32, the vector's floats, classes and thumbnail with
 * their lengths 4 ahead.
 *
 * @param processor {@link ProcessorKind} of the machine
 * @param problems pictures that could not be read, each with the reason
 */
record EncodedPart(
    String processor,
    List<ContentKey> keys,
    List<String> problems,
    Map<ContentKey, Encoded> encoded) {
  static final String CODEC = "SeesongPictures";
  static final int VERSION = 1;

  /** Most bytes of a thumbnail or of classes in a file that can be right. */
  private static final int MOST_BYTES = 1 << 26;

  /** A picture that was encoded; the arguments of {@link PictureStore#put}. */
  record Encoded(float[] vector, byte[] classes, byte[] thumbnail) {}

  EncodedPart {
    keys = List.copyOf(keys);
    problems = List.copyOf(problems);
    encoded = Collections.unmodifiableMap(new LinkedHashMap<>(encoded));
  }

  void write(Path file, int dimension) throws IOException {
    new FramedFile(file, CODEC, VERSION)
        .write(
            out -> {
              out.writeString(processor);
              out.writeInt(keys.size());
              for (ContentKey key : keys) {
                write(key, out);
              }
              out.writeInt(problems.size());
              for (String problem : problems) {
                out.writeString(problem);
              }
              out.writeInt(encoded.size());
              out.writeInt(dimension);
              for (Map.Entry<ContentKey, Encoded> entry : encoded.entrySet()) {
                write(entry.getKey(), out);
                for (float x : entry.getValue().vector()) {
                  out.writeInt(Float.floatToIntBits(x));
                }
                write(entry.getValue().classes(), out);
                write(entry.getValue().thumbnail(), out);
              }
            });
  }

  static EncodedPart read(DataInput in, long bytes) throws IOException {
    String processor = in.readString();
    List<ContentKey> keys = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      keys.add(readKey(in));
    }
    List<String> problems = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      problems.add(in.readString());
    }
    int size = in.readInt();
    int dimension = in.readInt();
    if (size < 0 || dimension < 1 || (long) size * dimension * Float.BYTES > bytes) {
      throw new IOException("a part of " + size + " vectors in " + bytes + " bytes");
    }
    Map<ContentKey, Encoded> encoded = new LinkedHashMap<>();
    for (int left = size; left > 0; left--) {
      ContentKey key = readKey(in);
      float[] vector = new float[dimension];
      in.readFloats(vector, 0, dimension);
      encoded.put(key, new Encoded(vector, readBytes(in), readBytes(in)));
    }
    return new EncodedPart(processor, keys, problems, encoded);
  }

  static void write(ContentKey key, DataOutput out) throws IOException {
    out.writeLong(key.a());
    out.writeLong(key.b());
    out.writeLong(key.c());
    out.writeLong(key.d());
  }

  static ContentKey readKey(DataInput in) throws IOException {
    return new ContentKey(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  /** A vector, empty or not. */
  static void write(FloatVector vector, DataOutput out) throws IOException {
    float[] values = vector.values();
    out.writeInt(values.length);
    for (float x : values) {
      out.writeInt(Float.floatToIntBits(x));
    }
  }

  static FloatVector readVector(DataInput in, long bytes) throws IOException {
    int length = in.readInt();
    if (length < 0 || (long) length * Float.BYTES > bytes) {
      throw new IOException("a vector of " + length + " numbers in " + bytes + " bytes");
    }
    float[] values = new float[length];
    in.readFloats(values, 0, length);
    return length == 0 ? FloatVector.empty() : new FloatVector(values);
  }

  private static void write(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.writeBytes(bytes, bytes.length);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("a part with a record of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readBytes(bytes, 0, length);
    return bytes;
  }
}
