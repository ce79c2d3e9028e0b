package org.seesong.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a pass over a file of votes found. Each line is a JSON object that ends in {@code
 * ,"crc32c":"HEX"}}, the CRC-32C of all bytes of the line before that comma. Lines of earlier
 * versions have no checksum.
 *
 * @param votes lines that can be used
 * @param unchecked those of them that have no checksum
 * @param lengthRecorded whether the file's length was recorded beside it, without which an end that
 *     is lost between two lines is not seen
 * @param problemCount damaged lines, and one more where the end or the record of the length is lost
 * @param problems what is wrong with the first of these
 */
public record VoteCheck(
    int votes, int unchecked, boolean lengthRecorded, int problemCount, List<String> problems) {
  /** Of no file. */
  public static final VoteCheck NONE = new VoteCheck(0, 0, true, 0, List.of());

  private static final int MOST_PROBLEMS = 20;
  private static final String CHECKSUM = ",\"crc32c\":\"";
  private static final String END = "\"}";

  /** The end of a line. */
  private static final Pattern CHECKED = Pattern.compile(CHECKSUM + "([0-9a-f]{8})\"}$");

  private static final Set<String> FIELDS = Set.of("time", "song", "vote", "query");

  public VoteCheck {
    problems = List.copyOf(problems);
  }

  /** A line from a JSON object, with its checksum and its end. */
  static byte[] line(byte[] json) {
    String open = new String(json, 0, json.length - 1, StandardCharsets.ISO_8859_1);
    return (open + CHECKSUM + checksum(open) + END + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads a file of votes, which it does not change.
   *
   * @throws IOException if it cannot be read
   */
  public static VoteCheck of(Path file) throws IOException {
    int votes = 0;
    int unchecked = 0;
    int number = 0;
    int damaged = 0;
    List<String> problems = new ArrayList<>();
    // Before the file, to which a server may add meanwhile.
    VoteLength.Recorded length = VoteLength.read(file);
    // Bytes as characters: what is damaged need not be UTF-8.
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        Matcher checked = CHECKED.matcher(line);
        if (checked.find()
            && checksum(line.substring(0, checked.start())).equals(checked.group(1))) {
          votes++;
        } else if (isOfAnEarlierVersion(line)) {
          votes++;
          unchecked++;
        } else {
          damaged++;
          if (problems.size() < MOST_PROBLEMS) {
            problems.add(
                file
                    + ", line "
                    + number
                    + ": changed or cut off, and its vote is lost; remove the line and "
                    + VoteLength.fileOf(file)
                    + " while no server writes to the file");
          }
        }
      }
    }
    Optional<String> end = lostEnd(file, length);
    end.ifPresent(problems::add);
    return new VoteCheck(
        votes,
        unchecked,
        length.bytes().isPresent(),
        damaged + (end.isPresent() ? 1 : 0),
        problems);
  }

  /** What to say if a file has fewer bytes than were written to it, or nobody can know. */
  static Optional<String> lostEnd(Path file, VoteLength.Recorded length) throws IOException {
    if (length.damaged()) {
      return Optional.of(
          VoteLength.fileOf(file)
              + " is changed or cut off, so that a lost end of "
              + file
              + " would not be seen; remove it, the next server makes it anew");
    }
    long missing = length.bytes().orElse(0) - Files.size(file);
    return missing <= 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s has %,d bytes fewer than were written: the votes at its end are lost; take the"
                    + " file back from a copy, or remove %s to go on without them",
                file,
                missing,
                VoteLength.fileOf(file)));
  }

  private static boolean isOfAnEarlierVersion(String line) {
    try {
      Set<String> names = new TreeSet<>();
      Json.readObject(line.getBytes(StandardCharsets.ISO_8859_1))
          .fieldNames()
          .forEachRemaining(names::add);
      return names.equals(FIELDS);
    } catch (ApiException e) {
      return false; // no JSON, as half a line is none
    }
  }

  static String checksum(String bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
