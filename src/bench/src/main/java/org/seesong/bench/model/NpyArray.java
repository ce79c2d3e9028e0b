package org.seesong.bench.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of floats in NumPy's format of version 1, in C's order.
 *
 * @param shape its shape
 * @param bytes its numbers, little endian
 */
record NpyArray(int[] shape, byte[] bytes) {
  private static final String MAGIC = "\u0093NUMPY\u0001\u0000";
  private static final int HEADER = 10;
  private static final Pattern FLOATS =
      Pattern.compile(
          "\\{ *'descr': '<f4', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\),? *\\}\\s*");

  static NpyArray read(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    String start =
        new String(all, 0, Math.min(all.length, MAGIC.length()), StandardCharsets.ISO_8859_1);
    if (!start.equals(MAGIC) || all.length < HEADER) {
      throw new IOException(file + " is no NumPy array of version 1");
    }
    int length = (all[8] & 0xff) | ((all[9] & 0xff) << 8);
    Matcher header =
        FLOATS.matcher(
            new String(
                all, HEADER, Math.min(length, all.length - HEADER), StandardCharsets.ISO_8859_1));
    if (!header.matches()) {
      throw new IOException(file + " is no array of 32-bit floats in C's order");
    }
    int[] shape =
        Arrays.stream(header.group(1).split(","))
            .map(String::trim)
            .filter(size -> !size.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    byte[] bytes = Arrays.copyOfRange(all, HEADER + length, all.length);
    if (Arrays.stream(shape).asLongStream().reduce(Float.BYTES, Math::multiplyExact)
        != bytes.length) {
      throw new IOException(file + " has other than " + Arrays.toString(shape) + " numbers");
    }
    return new NpyArray(shape, bytes);
  }
}
