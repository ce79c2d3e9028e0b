package org.seesong.label;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.seesong.io.ChecksumFile;

/**
 * The file of a {@link RidgeClassifier}. Numbers are big-endian:
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
final class RidgeClassifierFile {
  private static final int MAGIC = 0x53534c52;
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 2 * Integer.BYTES;

  private RidgeClassifierFile() {}

  static void write(RidgeClassifier regression, Path file) throws IOException {
    long size = size(regression.keywords(), regression.dimension());
    if (size > ChecksumFile.MAX_BODY_BYTES) {
      throw new IOException(
          "what predicts "
              + regression.keywords()
              + " keywords takes "
              + size
              + " bytes; a file for adding pictures holds at most "
              + ChecksumFile.MAX_BODY_BYTES
              + "; choose fewer keywords");
    }
    new ChecksumFile(file, MAGIC, VERSION)
        .write(
            size,
            out -> {
              out.putInt(regression.keywords()).putInt(regression.dimension());
              for (float x : regression.mean()) {
                out.putFloat(x);
              }
              for (double x : regression.meanLabel()) {
                out.putDouble(x);
              }
              for (double[] row : regression.weights()) {
                for (double x : row) {
                  out.putDouble(x);
                }
              }
            });
  }

  private static long size(long keywords, long dimension) {
    return FIXED_BYTES + Float.BYTES * dimension + Double.BYTES * keywords * (dimension + 1);
  }

  static RidgeClassifier read(Path path) throws IOException {
    ChecksumFile file = new ChecksumFile(path, MAGIC, VERSION);
    ByteBuffer in = file.read();
    int length = in.remaining();
    if (length < FIXED_BYTES) {
      throw file.damaged();
    }
    int keywords = in.getInt();
    int dimension = in.getInt();
    if (keywords < 0
        || keywords > length
        || dimension < 0
        || dimension > RidgeClassifier.MAX_DIMENSION
        || size(keywords, dimension) != length) {
      throw file.damaged();
    }
    float[] mean = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      mean[i] = in.getFloat();
    }
    double[] meanLabel = file.finiteDoubles(in, keywords);
    double[][] weights = new double[keywords][];
    for (int k = 0; k < keywords; k++) {
      weights[k] = file.finiteDoubles(in, dimension);
    }
    return new RidgeClassifier(mean, meanLabel, weights);
  }
}
