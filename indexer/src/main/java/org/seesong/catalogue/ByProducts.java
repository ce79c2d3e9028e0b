package org.seesong.catalogue;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names of folders and files that storage devices, operating systems and photo programs leave among
 * pictures: thumbnails, waste baskets, settings. They are nobody's pictures.
 */
final class ByProducts {
  /** Synology, QNAP, Windows, macOS, Linux, Picasa. Compared without regard to case. */
  private static final Map<String, String> NAMES =
      names(
          "@eaDir",
          "#recycle",
          "#snapshot",
          "@Recycle",
          "@Recently-Snapshot",
          ".@__thumb",
          ".thumbnails",
          "$RECYCLE.BIN",
          "System Volume Information",
          "Thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "__MACOSX",
          ".DS_Store",
          ".AppleDouble",
          ".Spotlight-V100",
          ".fseventsd",
          ".TemporaryItems",
          ".Trashes",
          "lost+found",
          ".picasa.ini",
          "Picasa.ini",
          ".picasaoriginals");

  /** Notes that programs and cameras keep beside a picture. */
  private static final Set<String> EXTENSIONS = Set.of("xmp", "aae", "thm", "pp3");

  private ByProducts() {}

  private static Map<String, String> names(String... names) {
    Map<String, String> byLowerCase = new TreeMap<>();
    for (String name : names) {
      byLowerCase.put(name.toLowerCase(Locale.ROOT), name);
    }
    return byLowerCase;
  }

  /** What a folder's name is counted as, or null if it may hold pictures. */
  static String ofFolder(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(".trash-") ? ".Trash-*" : NAMES.get(lower);
  }

  /** What a file's name is counted as, or null if it may be a picture. */
  static String ofFile(String name) {
    if (name.startsWith("._")) {
      return "._*";
    }
    String extension = PictureTree.extension(name);
    return EXTENSIONS.contains(extension)
        ? "*." + extension
        : NAMES.get(name.toLowerCase(Locale.ROOT));
  }
}
