package org.seesong.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file is, told by its first bytes, so that a wrong one is named and not just refused. */
enum FileKind {
  HDF5("an HDF5 file; import it with --keras", "\u0089HDF\r\n\u001a\n"),
  ZIP("a zip archive, like PyTorch's .pth and Keras' .keras files", "PK\u0003\u0004"),
  PICKLE("a Python pickle, like PyTorch's older .pth files", "\u0080\u0002"),
  GZIP("gzip-compressed", "\u001f\u008b"),
  GIT_LFS("a Git LFS pointer, not the file itself", "version https://git-lfs"),
  MARKUP("a web page, perhaps an error page that was saved in the file's place", "<");

  private static final int LONGEST = 24;

  private final String description;

  /** Bytes as characters of ISO 8859-1. */
  private final String start;

  FileKind(String description, String start) {
    this.description = description;
    this.start = start;
  }

  /** "a web page", "an HDF5 file; import it with --keras". */
  String description() {
    return description;
  }

  /** What a file is, if we know it. */
  static Optional<FileKind> of(Path file) throws IOException {
    String start = start(file);
    return Arrays.stream(values()).filter(kind -> start.startsWith(kind.start)).findFirst();
  }

  /** Fails unless a file is of this kind, and says what it is instead. */
  static void requireHdf5(Path file) throws IOException {
    Optional<FileKind> kind = of(file);
    if (kind.isEmpty() && looksLikeSafetensors(start(file))) {
      throw new WeightsException(
          file, "is not an HDF5 file but looks like safetensors; import it with --safetensors");
    }
    if (kind.isEmpty() || kind.get() != HDF5) {
      throw new WeightsException(
          file,
          "is not an HDF5 file"
              + kind.map(other -> " but " + other.description).orElse("")
              + startOf(file));
    }
  }

  /** "; it starts with 3c 21 44 4f". */
  static String startOf(Path file) throws IOException {
    String start = start(file);
    if (start.isEmpty()) {
      return "; it is empty";
    }
    StringBuilder text = new StringBuilder("; it starts with the bytes");
    for (int i = 0; i < Math.min(8, start.length()); i++) {
      text.append(String.format(Locale.ROOT, " %02x", (int) start.charAt(i)));
    }
    return text.toString();
  }

  /** A length below 16 MB in eight bytes, then JSON. */
  private static boolean looksLikeSafetensors(String start) {
    return start.length() > 8 && start.startsWith("\0\0\0\0\0{", 3);
  }

  private static String start(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw Files.exists(file)
          ? new WeightsException(file, "is not a file but a folder or device")
          : new NoSuchFileException(file.toString(), null, "no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    }
  }
}
