package org.seesong.embedding;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.seesong.io.ChecksumFile;

/**
 * The file of a {@link FoldIn}. Numbers are big-endian:
 *
 * <pre>
 * magic      4  SSFI
 * version    4  1
 * length     4  bytes of the space's id
 * space         UTF-8
 * dimension  4
 * keywords   4
 * width      4  numbers in a keyword's row, at most the dimension
 * exponent   8  double
 * shrinkage   8  double
 * sampled    4  1 or 0
 * shares     4  1 or 0
 * rows          (keywords + sampled) * width doubles
 * shares        keywords doubles if there are any
 * checksum   4  CRC-32C of everything before
 * </pre>
 */
final class FoldInFile {
  private static final int MAGIC = 0x53534649;
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 6 * Integer.BYTES + 2 * Double.BYTES;

  private FoldInFile() {}

  static void write(FoldIn foldIn, Path file) throws IOException {
    byte[] space = foldIn.space().getBytes(StandardCharsets.UTF_8);
    KeywordFactors factors = foldIn.factors();
    long size =
        FIXED_BYTES
            + space.length
            + ((long) factors.rows().length + factors.shares().length) * Double.BYTES;
    if (size > ChecksumFile.MAX_BODY_BYTES) {
      throw new IOException(
          "the keywords' rows of space "
              + foldIn.space()
              + " take "
              + size
              + " bytes; a file for adding songs and pictures holds at most "
              + ChecksumFile.MAX_BODY_BYTES);
    }
    new ChecksumFile(file, MAGIC, VERSION)
        .write(
            size,
            out -> {
              out.putInt(space.length).put(space);
              out.putInt(foldIn.dimension()).putInt(factors.keywords()).putInt(factors.width());
              out.putDouble(factors.exponent()).putDouble(factors.shrinkage());
              out.putInt(factors.sampled() ? 1 : 0).putInt(factors.shares().length > 0 ? 1 : 0);
              for (double x : factors.rows()) {
                out.putDouble(x);
              }
              for (double x : factors.shares()) {
                out.putDouble(x);
              }
            });
  }

  static FoldIn read(Path path, String space) throws IOException {
    ChecksumFile file = new ChecksumFile(path, MAGIC, VERSION);
    ByteBuffer in = file.read();
    try {
      byte[] name = new byte[checked(in.getInt(), in.remaining(), file)];
      in.get(name);
      String found = new String(name, StandardCharsets.UTF_8);
      if (!found.equals(space)) {
        throw new IOException(
            path
                + " places songs and pictures in the space "
                + found
                + ", but the index has "
                + space
                + "; build again");
      }
      int dimension = checked(in.getInt(), 1 << 16, file);
      return new FoldIn(found, dimension, factors(in, dimension, file));
    } catch (BufferUnderflowException e) {
      throw file.damaged();
    }
  }

  private static KeywordFactors factors(ByteBuffer in, int dimension, ChecksumFile file)
      throws IOException {
    int keywords = in.getInt();
    int width = in.getInt();
    double exponent = in.getDouble();
    double shrinkage = in.getDouble();
    int sampled = in.getInt();
    int shared = in.getInt();
    if (keywords < 0
        || width < 0
        || dimension < 1
        || width > dimension
        || !(exponent >= 0 && shrinkage >= 0)
        || sampled >>> 1 != 0
        || shared >>> 1 != 0
        || (((long) keywords + sampled) * width + (long) shared * keywords) * Double.BYTES
            != in.remaining()) {
      throw file.damaged();
    }
    double[] rows = file.finiteDoubles(in, (keywords + sampled) * width);
    double[] shares = file.finiteDoubles(in, shared * keywords);
    return new KeywordFactors(keywords, width, rows, exponent, shares, shrinkage, sampled == 1);
  }

  private static int checked(int number, int max, ChecksumFile file) throws IOException {
    if (number < 0 || number > max) {
      throw file.damaged();
    }
    return number;
  }
}
