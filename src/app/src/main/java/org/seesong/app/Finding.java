package org.seesong.app;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the doctor found about one thing.
 *
 * @param name the thing
 * @param state how it is
 * @param message what it is
 * @param remedy what to do; "" where nothing is to be done
 */
record Finding(String name, State state, String message, String remedy) {
  /** How a thing is. */
  enum State {
    OK,
    /** Something works less well than it could, or will not later. */
    WARNING,
    /** Something does not work. */
    PROBLEM
  }

  Finding {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(message, "message");
    if (remedy.isEmpty() != (state == State.OK)) {
      throw new IllegalArgumentException("what is not ok has a remedy, and nothing else has one");
    }
  }

  static Finding ok(String name, String message) {
    return new Finding(name, State.OK, message, "");
  }

  static Finding warning(String name, String message, String remedy) {
    return new Finding(name, State.WARNING, message, remedy);
  }

  static Finding problem(String name, String message, String remedy) {
    return new Finding(name, State.PROBLEM, message, remedy);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("state", state.name().toLowerCase(Locale.ROOT));
    map.put("message", message);
    map.put("remedy", remedy.isEmpty() ? null : remedy);
    return map;
  }
}
