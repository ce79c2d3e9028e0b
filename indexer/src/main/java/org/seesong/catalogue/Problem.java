package org.seesong.catalogue;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One thing wrong in a catalogue file.
 *
 * @param kind what sort of thing
 * @param file the file
 * @param line line in the file from 1, where a row of several lines starts; 0 if there is none
 * @param column JSONL: character in the line from 1; CSV: field in the row from 1; 0 if there is
 *     none
 * @param message what is wrong, with the value, and what became of the row
 */
public record Problem(Kind kind, Path file, long line, long column, String message) {
  /** What came of a problem. */
  public enum Effect {
    /** A song or a picture is not in the catalogue. */
    LEFT_OUT,
    /** A song or a picture is there without a value, or with one that was cleaned. */
    VALUE_IGNORED,
    /** Nothing is lost; how a file was read is told. */
    NOTE
  }

  /** Sorts of problems. */
  public enum Kind {
    /** A song whose id an earlier song has; the earlier one stays. */
    DUPLICATE_SONG,
    /** A picture whose id an earlier picture has; the earlier one stays. */
    DUPLICATE_PICTURE,
    /** A row without an id. */
    MISSING_ID,
    /** A row without a field it needs. */
    MISSING_FIELD,
    /** A line that is not JSON, not CSV, not UTF-8 or too long. */
    UNREADABLE_LINE,
    /** A row with a value that it cannot do without and that cannot be taken. */
    BAD_VALUE,
    /** A value that is ignored or cleaned; its row stays. */
    IGNORED_VALUE,
    /** A picture whose file is not there. */
    MISSING_FILE,
    /** A picture whose path leaves the picture root. */
    OUTSIDE_ROOT,
    /** A folder or file of a picture folder that cannot be visited. */
    UNREADABLE_FILE,
    /** How a file was read, where its owner did not say. */
    NOTE;

    /**
     * What came of a problem of this kind.
     *
     * @return the effect
     */
    public Effect effect() {
      return switch (this) {
        case IGNORED_VALUE -> Effect.VALUE_IGNORED;
        case NOTE -> Effect.NOTE;
        default -> Effect.LEFT_OUT;
      };
    }
  }

  public Problem {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(message, "message");
  }

  /**
   * The problem as editors and terminals understand it.
   *
   * @return {@code songs.jsonl:17:23: message}, with the places that there are
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file.toString());
    if (line > 0) {
      text.append(':').append(line);
      if (column > 0) {
        text.append(':').append(column);
      }
    }
    return text.append(": ").append(message).toString();
  }
}
