package org.seesong.solr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * Where the pictures of documents come from: a field with bytes or base64, and perhaps one that
 * names files of one folder.
 *
 * @param bytes the field with bytes
 * @param file the field with names, or "" if files are not read
 * @param folder the folder that files are read from, absolute; there if and only if {@code file} is
 * @param maxBytes largest picture
 */
record PictureSource(String bytes, String file, Optional<Path> folder, int maxBytes) {
  private static final int SHOWN = 200;

  static PictureSource of(String bytes, String file, String folder, int maxBytes) {
    if (bytes.isEmpty()) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "source must name a field");
    }
    if (file.isEmpty() != folder.isEmpty()) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "file and folder belong together: the field that names files, and the folder they are"
              + " read from");
    }
    if (folder.isEmpty()) {
      return new PictureSource(bytes, file, Optional.empty(), maxBytes);
    }
    Path path = Path.of(folder);
    if (!path.isAbsolute()) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "folder must be an absolute path; got: '" + folder + "'");
    }
    return new PictureSource(bytes, file, Optional.of(path.normalize()), maxBytes);
  }

  /** The bytes in a field's value. */
  byte[] fromValue(Object value) {
    byte[] picture;
    if (value instanceof byte[] array) {
      picture = array;
    } else if (value instanceof ByteBuffer buffer) {
      requireSize(buffer.remaining());
      picture = new byte[buffer.remaining()];
      buffer.duplicate().get(picture);
    } else if (value instanceof CharSequence text) {
      picture = fromBase64(text);
    } else {
      throw bad("field '" + bytes + "' must hold bytes or text in base64");
    }
    requireSize(picture.length);
    return picture;
  }

  private byte[] fromBase64(CharSequence text) {
    requireSize(text.length() / 4L * 3 - 2);
    String digits = text.toString().strip();
    boolean forUrls = digits.indexOf('-') >= 0 || digits.indexOf('_') >= 0;
    try {
      return (forUrls ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(digits);
    } catch (IllegalArgumentException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "field '" + bytes + "' is not base64 (" + e.getMessage() + ")", e);
    }
  }

  /** The bytes of a file of the folder; symbolic links may not leave it either. */
  byte[] fromFile(Object value) throws IOException {
    String name = value.toString();
    Path home = folder.orElseThrow().toRealPath();
    Path path;
    try {
      path = home.resolve(name);
    } catch (InvalidPathException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, notAllowed(name), e);
    }
    // Before asking the file system, so that nobody learns what lies elsewhere.
    if (!path.normalize().startsWith(home)) {
      throw bad(notAllowed(name));
    }
    if (!Files.isRegularFile(path)) {
      throw bad("there is no file '" + shown(name) + "' in the folder of pictures");
    }
    if (!path.toRealPath().startsWith(home)) {
      throw bad(notAllowed(name));
    }
    requireSize(Files.size(path));
    try (InputStream in = Files.newInputStream(path)) {
      byte[] picture = in.readNBytes(maxBytes);
      requireSize(in.read() < 0 ? picture.length : maxBytes + 1L);
      return picture;
    }
  }

  private static String notAllowed(String name) {
    return "file '" + shown(name) + "' is outside the folder of pictures";
  }

  private static String shown(String name) {
    return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
  }

  private void requireSize(long size) {
    if (size > maxBytes) {
      throw new StatusException(
          StatusException.TOO_LARGE,
          "a picture may have " + maxBytes + " bytes; this one has more");
    }
  }

  private static SolrException bad(String message) {
    return new SolrException(ErrorCode.BAD_REQUEST, message);
  }
}
