package org.seesong.model.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output as a file describes it.
 *
 * @param name its name
 * @param type code of its numbers' type, 0 if it is no tensor or not told
 * @param shaped whether its shape is told
 * @param sizes its shape; -1 for a size that may vary
 * @param message the description itself
 */
record OnnxValue(String name, int type, boolean shaped, List<Long> sizes, ByteBuffer message) {
  OnnxValue {
    sizes = List.copyOf(sizes);
  }

  boolean isFloat() {
    return type == ElementType.FLOAT.code();
  }

  /** "image float32 [N, 224, 224, 3]". */
  @Override
  public String toString() {
    String kind =
        switch (type) {
          case 1 -> "float32";
          case 2 -> "uint8";
          case 3 -> "int8";
          case 6 -> "int32";
          case 7 -> "int64";
          case 10 -> "float16";
          case 11 -> "float64";
          default -> "type " + type;
        };
    String shape =
        sizes.stream()
            .map(size -> size < 0 ? "any" : Long.toString(size))
            .collect(Collectors.joining(", ", "[", "]"));
    return name + " " + kind + (shaped ? " " + shape : "");
  }
}
