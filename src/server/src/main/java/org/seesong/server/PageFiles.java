package org.seesong.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.seesong.io.Digests;

/**
 * The files of the page, from the class path's folder {@code page}. A name of letters, digits, dots
 * and hyphens leads nowhere else. Safe for any number of threads.
 */
final class PageFiles {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("png", "image/png"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("woff2", "font/woff2"));

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  private record PageFile(byte[] content, String digest) {}

  /** A file of the page; nothing if there is none of this name. */
  Optional<Reply> reply(Call call, List<String> segments) throws IOException {
    boolean root = segments.equals(List.of(""));
    String path = root ? "index.html" : String.join("/", segments);
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    boolean plain =
        root || segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches());
    if (type == null || !plain) {
      return Optional.empty();
    }
    PageFile file = files.get(path);
    if (file == null) {
      try (InputStream in = PageFiles.class.getResourceAsStream("page/" + path)) {
        if (in == null) {
          return Optional.empty();
        }
        byte[] content = in.readAllBytes();
        file = new PageFile(content, Digests.sha256(content));
      }
      files.put(path, file);
    }
    return Optional.of(Conditional.reply(call, type, file.content(), file.digest(), 0));
  }
}
