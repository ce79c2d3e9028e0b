package org.seesong.model.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A tensor as a file describes it.
 *
 * @param name its name
 * @param type code of its numbers' type
 * @param shape its shape
 * @param content its numbers, little endian; empty if they are in another file
 * @param external where else they are: location, offset, length; empty if they are here
 * @param message the description itself
 */
record OnnxTensor(
    String name,
    int type,
    List<Long> shape,
    ByteBuffer content,
    Map<String, String> external,
    ByteBuffer message) {
  OnnxTensor {
    shape = List.copyOf(shape);
    external = Map.copyOf(external);
  }

  boolean isFloat() {
    return type == ElementType.FLOAT.code();
  }

  long size() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** Its shape as an array. */
  int[] sizes() {
    return shape.stream().mapToInt(Math::toIntExact).toArray();
  }

  /**
   * Its floats.
   *
   * @param folder where other files are
   * @throws IOException if there are not as many as its shape says
   */
  FloatBuffer floats(Path folder) throws IOException {
    return bytes(folder, Float.BYTES).asFloatBuffer();
  }

  /**
   * Its numbers' bytes, little endian.
   *
   * @param folder where other files are
   * @param each bytes of a number
   * @throws IOException if there are not as many as its shape says
   */
  ByteBuffer bytes(Path folder, int each) throws IOException {
    ByteBuffer bytes = external.isEmpty() ? content.duplicate() : map(folder);
    if (bytes.remaining() != Math.multiplyExact(size(), (long) each)) {
      throw new IOException(
          "tensor '" + name + "' has " + bytes.remaining() + " bytes for " + size() + " numbers");
    }
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer map(Path folder) throws IOException {
    Path file = folder.resolve(external.get("location"));
    try (FileChannel channel = FileChannel.open(file)) {
      long offset = number("offset", 0);
      long length = number("length", channel.size() - offset);
      if (offset < 0 || length < 0 || length > channel.size() - offset) {
        throw new IOException("tensor '" + name + "' lies outside of " + file);
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    }
  }

  private long number(String key, long byDefault) throws IOException {
    try {
      return external.containsKey(key) ? Long.parseLong(external.get(key)) : byDefault;
    } catch (NumberFormatException e) {
      throw new IOException("tensor '" + name + "': " + key + " is no number", e);
    }
  }
}
