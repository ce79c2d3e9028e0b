package org.seesong.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of files as text. On Unix a name is bytes, which Java decodes by the locale, with one
 * replacement character for each byte it does not know: different names become equal. A path's URI
 * has the bytes, so names are read as UTF-8 from there, whatever the locale; a name that is no
 * UTF-8 is no text.
 *
 * <p>Text is given in Unicode's composed form (NFC): macOS stores é as e and an accent, other
 * systems as written.
 */
final class FileNames {
  /** Elsewhere names are characters, or bytes that are always UTF-8. */
  private static final boolean BYTES =
      !System.getProperty("os.name", "").matches("(Windows|Mac).*");

  private static final boolean UTF8_LOCALE =
      System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");

  private static final char REPLACEMENT = '\ufffd';

  /** Names of each folder that was searched: in NFC, and the files so named. */
  private final Map<Path, Map<String, Path>> listed = new HashMap<>();

  /**
   * The path of a file below a folder, with forward slashes.
   *
   * @return the text in NFC; empty if the name is not valid UTF-8
   */
  static Optional<String> relative(Path root, Path file) {
    String text = root.relativize(file).toString();
    if (!BYTES || (UTF8_LOCALE && text.indexOf(REPLACEMENT) < 0)) {
      return Optional.of(nfc(BYTES ? text : text.replace('\\', '/')));
    }
    try {
      return Optional.of(
          nfc(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(bytes(root, file)))
                  .toString()));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** What a name that is not valid UTF-8 may be, with what to do. */
  static String advice(Path root, Path file) {
    byte[] bytes = bytes(root, file);
    String encoding = isPairs(bytes) ? "GBK" : "windows-1252";
    String reading = new String(bytes, Charset.forName(encoding));
    return "the name is not valid UTF-8; read as "
        + encoding
        + " it is "
        + ProblemCollector.shown(reading)
        + "; rename the files to UTF-8, for instance with convmv -r -f "
        + (encoding.equals("GBK") ? "gbk" : "cp1252")
        + " -t utf8 --notest";
  }

  /** Whether bytes above 127 come in pairs, as those of Chinese characters do. */
  private static boolean isPairs(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        i++;
        if (i == bytes.length || (bytes[i] & 0xff) < 0x40) {
          return false;
        }
      }
    }
    return true;
  }

  private static byte[] bytes(Path root, Path file) {
    String all = file.toUri().getRawPath();
    String above = root.toUri().getRawPath();
    String raw = all.substring(above.endsWith("/") ? above.length() : above.length() + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    int end = raw.endsWith("/") ? raw.length() - 1 : raw.length(); // a folder's ends so
    for (int i = 0; i < end; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  static String nfc(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * Finds a file by a path that composes its characters otherwise than the disk does, or that the
   * locale cannot express.
   *
   * @param root where the path begins
   * @param path relative, with forward slashes
   * @return the file, or null if there is none
   */
  Path find(Path root, String path) {
    if (path.chars().allMatch(c -> c < 128)) {
      return null;
    }
    Path at = root;
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        return null;
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        at = child(at, segment);
      }
      if (at == null) {
        return null;
      }
    }
    return Files.isRegularFile(at) ? at : null;
  }

  private Path child(Path folder, String name) {
    try {
      Path exact = folder.resolve(name);
      if (Files.exists(exact)) {
        return exact;
      }
    } catch (InvalidPathException e) {
      // The locale cannot express it; the disk may have it.
    }
    return listed.computeIfAbsent(folder, FileNames::list).get(nfc(name));
  }

  /** The names of a folder that are more than ASCII; the first in the order of paths if equal. */
  private static Map<String, Path> list(Path folder) {
    Map<String, Path> names = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        relative(folder, file)
            .filter(name -> name.chars().anyMatch(c -> c >= 128))
            .ifPresent(name -> names.merge(name, file, FileNames::first));
      }
    } catch (IOException e) {
      return Map.of(); // no folder, or not ours to read: the file counts as missing
    }
    return names;
  }

  private static Path first(Path a, Path b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
