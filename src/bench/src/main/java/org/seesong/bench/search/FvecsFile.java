package org.seesong.bench.search;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/** Reads vectors in the layout of the TEXMEX benchmarks: each its dimension, then its floats. */
final class FvecsFile {
  private FvecsFile() {}

  static List<float[]> read(Path file) throws IOException {
    long left = Files.size(file);
    List<float[]> vectors = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (left > 0) {
        int dimension = left < Integer.BYTES ? 0 : Integer.reverseBytes(in.readInt());
        if (dimension < 1 || dimension > VectorSpace.MAX_DIMENSION) {
          throw damaged(file, vectors.size(), "says it has " + dimension + " dimensions");
        }
        if (!vectors.isEmpty() && vectors.get(0).length != dimension) {
          throw damaged(
              file,
              vectors.size(),
              "has " + dimension + " dimensions, the first " + vectors.get(0).length);
        }
        left -= Integer.BYTES + (long) dimension * Float.BYTES;
        if (left < 0) {
          throw damaged(file, vectors.size(), "ends before its last number");
        }
        vectors.add(vector(file, vectors.size(), in.readNBytes(dimension * Float.BYTES)));
      }
    }
    if (vectors.isEmpty()) {
      throw new IOException(file + " holds no vectors");
    }
    return vectors;
  }

  private static float[] vector(Path file, int number, byte[] bytes) throws IOException {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    int odd = FloatVector.firstNotFinite(vector);
    if (odd >= 0) {
      throw damaged(file, number, "has " + vector[odd] + " as value " + odd);
    }
    return vector;
  }

  private static IOException damaged(Path file, int number, String what) {
    return new IOException(
        file + " is not in the fvecs layout: vector " + number + ", counted from 0, " + what);
  }
}
