package org.seesong.app;

import java.util.Map;
import org.seesong.encoder.ModelDescription;

/** Says it where vectors of an untrained network are shown. */
final class UntrainedNotice {
  private UntrainedNotice() {}

  /** A line for the person at the terminal; nothing for other encoders. */
  static void show(Console console, String encoderId) {
    if (ModelDescription.saysUntrained(encoderId)) {
      console.log(
          "seesong: encoder "
              + encoderId
              + " is UNTRAINED: its weights are random and its vectors mean nothing; it is for"
              + " tests of load and speed");
    }
  }

  /** Adds {@code "trained": false} to an object about an untrained encoder only. */
  static void mark(Map<String, Object> object, String encoderId) {
    if (ModelDescription.saysUntrained(encoderId)) {
      object.put("trained", false);
    }
  }
}
