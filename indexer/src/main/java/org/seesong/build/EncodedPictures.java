package org.seesong.build;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.seesong.io.ContentKey;

/**
 * What the encoding stage knows of each picture.
 *
 * @param keys content key of each picture in the catalogue's order; empty text is not a key, so an
 *     unreadable picture has {@link #UNREADABLE}
 * @param problems pictures that could not be read, each with the reason
 * @param encoded pictures encoded by this build
 * @param reused pictures whose vectors an earlier build had left
 */
record EncodedPictures(List<ContentKey> keys, List<String> problems, int encoded, int reused) {
  /** Stands for a picture that has no vector. No content has this digest. */
  static final ContentKey UNREADABLE = new ContentKey(0, 0, 0, 0);

  private static final int SHOWN = 20;

  EncodedPictures {
    Objects.requireNonNull(keys, "keys");
    keys = List.copyOf(keys);
    problems = List.copyOf(problems);
  }

  /** An index without pictures answers nothing, so it must not replace one that does. */
  void requireSome() throws IOException {
    if (problems.size() == keys.size()) {
      List<String> first = problems.subList(0, Math.min(problems.size(), SHOWN));
      throw new IOException(
          "none of the "
              + keys.size()
              + " pictures can be read:\n"
              + String.join("\n", first)
              + (problems.size() > SHOWN
                  ? "\n... and " + (problems.size() - SHOWN) + " more"
                  : ""));
    }
  }

  boolean isReadable(int picture) {
    return !keys.get(picture).equals(UNREADABLE);
  }
}
