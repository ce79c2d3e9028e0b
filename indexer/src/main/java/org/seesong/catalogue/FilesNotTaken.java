package org.seesong.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files below picture folders that were not taken, counted by reason.
 *
 * @param reasons how many files for each reason, most first: an extension such as {@code .heic}, a
 *     format's name where there is no extension, or words
 * @param byProducts names of by-products that occurred, such as {@code @eaDir}, sorted
 */
public record FilesNotTaken(Map<String, Long> reasons, List<String> byProducts) {
  /** No file was left. */
  public static final FilesNotTaken NONE = new FilesNotTaken(Map.of(), List.of());

  static final String UNKNOWN = "without a known content";
  static final String BY_PRODUCTS = "by-products";
  static final String HIDDEN = "hidden";
  static final String SPECIAL = "devices or pipes";

  private static final Set<String> NO_PICTURES = Set.of(BY_PRODUCTS, HIDDEN, SPECIAL);
  private static final int SHOWN = 8;

  public FilesNotTaken {
    List<Map.Entry<String, Long>> entries = new ArrayList<>(new TreeMap<>(reasons).entrySet());
    entries.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    Map<String, Long> ordered = new LinkedHashMap<>();
    entries.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    reasons = Collections.unmodifiableMap(ordered);
    byProducts = List.copyOf(byProducts);
  }

  /**
   * How many files were not taken.
   *
   * @return the number of all reasons
   */
  public long total() {
    return reasons.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Whether all files were taken.
   *
   * @return true if none was left
   */
  public boolean isEmpty() {
    return reasons.isEmpty();
  }

  /**
   * One line for people.
   *
   * @return such as {@code 30 files not taken: 12 .heic, 10 without a known content, 8 by-products
   *     (@eaDir, Thumbs.db)}, with what to do where they may be pictures; "" if there are none
   */
  public String summary() {
    if (reasons.isEmpty()) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    long more = 0;
    boolean mayBePictures = false;
    for (Map.Entry<String, Long> reason : reasons.entrySet()) {
      mayBePictures |= !NO_PICTURES.contains(reason.getKey());
      if (parts.size() < SHOWN || NO_PICTURES.contains(reason.getKey())) {
        parts.add(String.format(Locale.ROOT, "%,d %s", reason.getValue(), shown(reason.getKey())));
      } else {
        more += reason.getValue();
      }
    }
    if (more > 0) {
      parts.add(String.format(Locale.ROOT, "%,d others", more));
    }
    long total = total();
    return String.format(
        Locale.ROOT,
        "%,d %s not taken: %s%s",
        total,
        total == 1 ? "file" : "files",
        String.join(", ", parts),
        mayBePictures ? "; JPEG, PNG, GIF, BMP and WebP are read" : "");
  }

  private String shown(String reason) {
    if (!reason.equals(BY_PRODUCTS)) {
      return reason;
    }
    List<String> first = byProducts.subList(0, Math.min(SHOWN, byProducts.size()));
    return reason
        + " ("
        + String.join(", ", first)
        + (byProducts.size() > SHOWN ? ", ..." : "")
        + ")";
  }

  /** Counts files while folders are read. */
  static final class Counter {
    /** Reasons are bounded, whatever extensions files have. */
    private static final int MOST_REASONS = 1000;

    private final Map<String, Long> reasons = new TreeMap<>();
    private final Set<String> byProducts = new TreeSet<>();

    void count(String reason) {
      boolean full = reasons.size() >= MOST_REASONS && !reasons.containsKey(reason);
      reasons.merge(full ? UNKNOWN : reason, 1L, Long::sum);
    }

    void countByProduct(String name) {
      count(BY_PRODUCTS);
      byProducts.add(name);
    }

    FilesNotTaken total() {
      return new FilesNotTaken(reasons, List.copyOf(byProducts));
    }
  }
}
