package org.seesong.likeness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.seesong.vector.AtomicFiles;

/**
 * The file of a {@link LabelRegression}. Numbers are big-endian:
 *
 * <pre>
 * magic      4  SSLR
 * version    4  1
 * keywords   4
 * dimension  4
 * mean          dimension floats
 * meanLabel     keywords doubles
 * weights       keywords * dimension doubles
 * checksum   4  CRC-32C of everything before
 * </pre>
 */
final class LabelRegressionFile {
  private static final int MAGIC = 0x53534c52;
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 5 * Integer.BYTES;

  private LabelRegressionFile() {}

  static void write(LabelRegression regression, Path file) throws IOException {
    long size = size(regression.keywords(), regression.dimension());
    if (size > Integer.MAX_VALUE - 8) {
      throw new IOException(
          "what foretells "
              + regression.keywords()
              + " keywords takes "
              + size
              + " bytes; a file for adding pictures holds less than 2^31-8; choose fewer keywords");
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) size);
    buffer.putInt(MAGIC).putInt(VERSION);
    buffer.putInt(regression.keywords()).putInt(regression.dimension());
    for (float x : regression.mean()) {
      buffer.putFloat(x);
    }
    for (double x : regression.meanLabel()) {
      buffer.putDouble(x);
    }
    for (double[] row : regression.weights()) {
      for (double x : row) {
        buffer.putDouble(x);
      }
    }
    buffer.putInt(checksum(buffer.array(), buffer.position()));
    AtomicFiles.write(file, buffer.array());
  }

  private static long size(long keywords, long dimension) {
    return FIXED_BYTES + Float.BYTES * dimension + Double.BYTES * keywords * (dimension + 1);
  }

  static LabelRegression read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int end = bytes.length - Integer.BYTES;
    if (bytes.length < FIXED_BYTES
        || in.getInt() != MAGIC
        || in.getInt() != VERSION
        || checksum(bytes, end) != in.getInt(end)) {
      throw damaged(file);
    }
    int keywords = in.getInt();
    int dimension = in.getInt();
    if (keywords < 0
        || keywords > bytes.length
        || dimension < 0
        || dimension > LabelRegression.MAX_DIMENSION
        || size(keywords, dimension) != bytes.length) {
      throw damaged(file);
    }
    float[] mean = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      mean[i] = in.getFloat();
    }
    double[] meanLabel = doubles(in, keywords, file);
    double[][] weights = new double[keywords][];
    for (int k = 0; k < keywords; k++) {
      weights[k] = doubles(in, dimension, file);
    }
    return new LabelRegression(mean, meanLabel, weights);
  }

  private static double[] doubles(ByteBuffer in, int number, Path file) throws IOException {
    double[] doubles = new double[number];
    for (int i = 0; i < number; i++) {
      doubles[i] = in.getDouble();
      if (!Double.isFinite(doubles[i])) {
        throw damaged(file);
      }
    }
    return doubles;
  }

  private static IOException damaged(Path file) {
    return new IOException(
        file + " is damaged or of another version; build again, which writes it anew");
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
