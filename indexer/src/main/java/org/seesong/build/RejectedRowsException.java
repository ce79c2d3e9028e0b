package org.seesong.build;

import java.io.IOException;
import java.util.List;
import org.seesong.catalogue.Problems;

/** A strict build or addition met rows, pictures or values it would have to leave out. */
public final class RejectedRowsException extends IOException {
  private static final long serialVersionUID = 1;

  RejectedRowsException(Problems problems) {
    super(message(problems.leftOut(), problems.ignoredValues(), problems.list().stripTrailing()));
  }

  RejectedRowsException(List<String> unreadablePictures) {
    super(message(unreadablePictures.size(), 0, String.join("\n", unreadablePictures)));
  }

  private static String message(long leftOut, long ignoredValues, String list) {
    return leftOut
        + " rows or pictures would be left out"
        + (ignoredValues > 0 ? " and " + ignoredValues + " values ignored" : "")
        + ", and --strict does not allow that:\n"
        + list;
  }
}
