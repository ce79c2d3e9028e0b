package org.seesong.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
 * @param problemCount damaged lines
 * @param problems what is wrong with the first of these
 */
public record VoteCheck(int votes, int unchecked, int problemCount, List<String> problems) {
  /** Of no file. */
  public static final VoteCheck NONE = new VoteCheck(0, 0, 0, List.of());

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
                    + ": changed or cut off, and its vote is lost; remove the line while no server"
                    + " writes to the file");
          }
        }
      }
    }
    return new VoteCheck(votes, unchecked, damaged, problems);
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

  private static String checksum(String bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
