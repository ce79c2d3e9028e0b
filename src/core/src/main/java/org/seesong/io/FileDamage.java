package org.seesong.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What cannot be read of a file of records. All other records of it are as they were.
 *
 * @param file the file
 * @param ranges damaged bytes between good records, in order
 * @param tornEnd bytes behind the last good record: of a record that a crash or a full disk cut
 *     off, or records that are all damaged; empty if there are none
 * @param open whether the file does not end as closing leaves it: its writer was killed or is at
 *     work, or the end is lost
 */
public record FileDamage(Path file, List<Range> ranges, Range tornEnd, boolean open) {
  public FileDamage {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(tornEnd, "tornEnd");
    ranges = List.copyOf(ranges);
  }

  /**
   * Bytes of a file.
   *
   * @param from the first
   * @param to the one after the last
   */
  public record Range(long from, long to) {
    /**
     * How many bytes.
     *
     * @return 0 or more
     */
    public long length() {
      return to - from;
    }

    /**
     * What to say of a damaged range.
     *
     * @param file where it is
     * @return such as {@code x.vectors: bytes 120 to 2,219 are damaged}
     */
    public String in(Path file) {
      return length() == 0 ? file + " is empty" : file + ": " + this + " are damaged";
    }

    /**
     * The range for messages.
     *
     * @return such as {@code bytes 120 to 2,219}, both included
     */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "bytes %,d to %,d", from, to - 1);
    }
  }

  /**
   * Whether all that was written can be read.
   *
   * @return true if nothing is damaged and the file was closed
   */
  public boolean isNone() {
    return bytes() == 0 && !open;
  }

  /**
   * How much cannot be read.
   *
   * @return bytes
   */
  public long bytes() {
    return ranges.stream().mapToLong(Range::length).sum() + tornEnd.length();
  }

  /**
   * What a program that opened the file for writing tells about it.
   *
   * @return a sentence; empty if nothing is damaged and the file was closed
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    if (!ranges.isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s is damaged in %,d %s (%,d bytes in all, first %s): the records there are lost"
                  + " and will be made again, all others are kept",
              file,
              ranges.size(),
              ranges.size() == 1 ? "place" : "places",
              bytes() - tornEnd.length(),
              ranges.get(0)));
    }
    if (tornEnd.length() > 0) {
      text.append(text.isEmpty() ? file + " " : "; it ").append("has a torn end, ").append(tornEnd);
      text.append(", which was cut off; what was there will be made again");
    }
    if (text.isEmpty() && open) {
      text.append(file)
          .append(" was not closed, since its writer was killed, or its end is lost; what is not")
          .append(" there will be made again");
    }
    return text.toString();
  }
}
