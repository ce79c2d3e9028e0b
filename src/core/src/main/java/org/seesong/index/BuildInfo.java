package org.seesong.index;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an index was made, so that it can be made again.
 *
 * @param seed of everything random
 * @param vocabularyHash names the list of keywords, or ""
 * @param fingerprint names all inputs, options and later changes together: equal fingerprints,
 *     equal content; or ""
 * @param options other options by name
 */
public record BuildInfo(
    long seed, String vocabularyHash, String fingerprint, SortedMap<String, String> options) {
  public BuildInfo {
    Objects.requireNonNull(vocabularyHash, "vocabularyHash");
    Objects.requireNonNull(fingerprint, "fingerprint");
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }
}
