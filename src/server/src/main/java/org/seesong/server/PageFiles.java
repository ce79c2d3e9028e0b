package org.seesong.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.seesong.io.Digests;

/**
 * The files of the page, from the class path's folder {@code page}. A name of letters, digits, dots
 * and hyphens leads nowhere else. Sent in gzip to those who take it. Safe for any number of
 * threads.
 */
final class PageFiles {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /** Says that gzip is taken, and not with quality 0. */
  private static final Pattern GZIP =
      Pattern.compile("(?i)(^|[,\\s])gzip\\s*(,|$|;\\s*q=(1|0\\.0*[1-9]))");

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

  private final Map<String, Forms> files = new ConcurrentHashMap<>();

  private record PageFile(byte[] content, String digest) {
    static PageFile of(byte[] content) {
      return new PageFile(content, Digests.sha256(content));
    }

    PageFile zipped() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
        zip.write(content);
      }
      return of(bytes.toByteArray());
    }
  }

  /** A file in both forms. */
  private record Forms(PageFile plain, PageFile zipped) {}

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
    Forms forms = files.get(path);
    if (forms == null) {
      try (InputStream in = PageFiles.class.getResourceAsStream("page/" + path)) {
        if (in == null) {
          return Optional.empty();
        }
        PageFile file = PageFile.of(in.readAllBytes());
        forms = new Forms(file, file.zipped());
      }
      files.put(path, forms);
    }
    boolean zipped = GZIP.matcher(call.header("Accept-Encoding")).find();
    PageFile chosen = zipped ? forms.zipped() : forms.plain();
    Map<String, String> headers =
        zipped
            ? Map.of("Vary", "Accept-Encoding", "Content-Encoding", "gzip")
            : Map.of("Vary", "Accept-Encoding");
    return Optional.of(
        Conditional.reply(call, type, chosen.content(), chosen.digest(), 0, headers));
  }
}
