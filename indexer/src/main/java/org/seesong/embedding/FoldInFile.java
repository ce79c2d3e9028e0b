package org.seesong.embedding;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.seesong.vector.AtomicFiles;

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
 * evidence   8  double
 * sampled    4  1 or 0
 * rows          (keywords + sampled) * width doubles
 * checksum   4  CRC-32C of everything before
 * </pre>
 */
final class FoldInFile {
  private static final int MAGIC = 0x53534649;
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 8 * Integer.BYTES + 2 * Double.BYTES;

  private FoldInFile() {}

  static void write(FoldIn foldIn, Path file) throws IOException {
    byte[] space = foldIn.space().getBytes(StandardCharsets.UTF_8);
    KeywordBasis basis = foldIn.basis();
    long size = FIXED_BYTES + space.length + (long) basis.rows().length * Double.BYTES;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IOException(
          "the keywords' rows of space "
              + foldIn.space()
              + " take "
              + size
              + " bytes; a file for adding songs and pictures holds less than 2^31-8");
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) size);
    buffer.putInt(MAGIC).putInt(VERSION).putInt(space.length).put(space);
    buffer.putInt(foldIn.dimension()).putInt(basis.keywords()).putInt(basis.width());
    buffer.putDouble(basis.exponent()).putDouble(basis.evidence());
    buffer.putInt(basis.sampled() ? 1 : 0);
    for (double x : basis.rows()) {
      buffer.putDouble(x);
    }
    buffer.putInt(checksum(buffer.array(), buffer.position()));
    AtomicFiles.write(file, buffer.array());
  }

  static FoldIn read(Path file, String space) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int end = bytes.length - Integer.BYTES;
    if (bytes.length < FIXED_BYTES
        || in.getInt() != MAGIC
        || in.getInt() != VERSION
        || checksum(bytes, end) != in.getInt(end)) {
      throw damaged(file);
    }
    try {
      byte[] name = new byte[checked(in.getInt(), bytes.length, file)];
      in.get(name);
      String found = new String(name, StandardCharsets.UTF_8);
      if (!found.equals(space)) {
        throw new IOException(
            file
                + " places songs and pictures in the space "
                + found
                + ", but the index has "
                + space
                + "; build again");
      }
      int dimension = checked(in.getInt(), 1 << 16, file);
      return new FoldIn(found, dimension, basis(in, end, dimension, file));
    } catch (BufferUnderflowException e) {
      throw damaged(file);
    }
  }

  private static KeywordBasis basis(ByteBuffer in, int end, int dimension, Path file)
      throws IOException {
    int keywords = in.getInt();
    int width = in.getInt();
    double exponent = in.getDouble();
    double evidence = in.getDouble();
    int sampled = in.getInt();
    if (keywords < 0
        || width < 0
        || dimension < 1
        || width > dimension
        || !(exponent >= 0 && evidence >= 0)
        || sampled >>> 1 != 0
        || ((long) keywords + sampled) * width * Double.BYTES != end - in.position()) {
      throw damaged(file);
    }
    double[] rows = new double[(keywords + sampled) * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = in.getDouble();
      if (!Double.isFinite(rows[i])) {
        throw damaged(file);
      }
    }
    return new KeywordBasis(keywords, width, rows, exponent, evidence, sampled == 1);
  }

  private static int checked(int number, int max, Path file) throws IOException {
    if (number < 0 || number > max) {
      throw damaged(file);
    }
    return number;
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
