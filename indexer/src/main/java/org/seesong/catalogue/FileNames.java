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
public final class FileNames {
  /** Elsewhere names are characters, or bytes that are always UTF-8. */
  private static final boolean BYTES =
      !System.getProperty("os.name", "").matches("(Windows|Mac).*");

  private static final String ENCODING = System.getProperty("sun.jnu.encoding", "");

  private static final boolean UTF8_LOCALE = ENCODING.equalsIgnoreCase("UTF-8");

  private static final char REPLACEMENT = '\ufffd';

  /** Names of each folder that was searched: in NFC, and the files so named. */
  private final Map<Path, Map<String, Path>> listed = new HashMap<>();

  FileNames() {}

  /**
   * The path that somebody named on the command line.
   *
   * @param text a path as Java decoded it by the locale
   * @return the path, whether there is such a file or not
   * @throws IllegalArgumentException if bytes of the name were lost, or no file can have it; says
   *     what to do
   */
  public static Path path(String text) {
    requireSpelt(text);
    try {
      Path path = Path.of(text);
      if (BYTES && text.indexOf(REPLACEMENT) >= 0 && !Files.exists(path)) {
        throw new IllegalArgumentException(notUtf8(path));
      }
      return path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(refusal(e), e);
    }
  }

  /**
   * Refuses a text of the command line that Java could not decode by the locale.
   *
   * @param argument a name, or any other argument
   * @throws IllegalArgumentException if bytes of it were lost; says what to do
   */
  public static void requireSpelt(String argument) {
    if (BYTES && !UTF8_LOCALE && argument.indexOf(REPLACEMENT) >= 0) {
      throw new IllegalArgumentException(notInLocale(argument));
    }
  }

  /**
   * Why a text is no path.
   *
   * @param failure what Java says
   * @return a message that names the text and says what to do
   */
  public static String refusal(InvalidPathException failure) {
    String text = failure.getInput();
    return BYTES && !UTF8_LOCALE && text.chars().anyMatch(c -> c >= 128)
        ? notInLocale(text)
        : "no file can be named " + ProblemCollector.shown(text) + ": " + failure.getReason();
  }

  private static String notInLocale(String text) {
    return "the locale's encoding ("
        + ENCODING
        + ") cannot spell "
        + ProblemCollector.shown(text)
        + "; set a UTF-8 locale, such as LC_ALL=C.UTF-8, and run this again";
  }

  /** Looks for the file, whose bytes tell more. */
  private static String notUtf8(Path path) {
    Path parent = path.getParent();
    Path folder = parent == null ? Path.of(".") : parent;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (file.getFileName().toString().equals(path.getFileName().toString())) {
          return ProblemCollector.shown(path.toString())
              + ": "
              + advice(folder, file)
              + " "
              + folder;
        }
      }
    } catch (IOException e) {
      // The name of the folder may be what is not UTF-8.
    }
    return ProblemCollector.shown(path.toString())
        + ": no such file; the name is not valid UTF-8, so rename it, for instance with convmv";
  }

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
