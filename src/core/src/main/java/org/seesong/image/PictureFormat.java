package org.seesong.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats that are read, told by their first bytes, whatever a file is called. */
enum PictureFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  WEBP;

  private static final String READ = "use JPEG, PNG, GIF, BMP or WebP";

  private static final List<String> OTHER_FTYP_IMAGES =
      List.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  /** First bytes as ISO 8859-1 text, and what has them. */
  private record Magic(String bytes, String name) {}

  private static final List<Magic> OTHERS =
      List.of(
          new Magic("II*\0", "TIFF"),
          new Magic("MM\0*", "TIFF"),
          new Magic("II+\0", "BigTIFF"),
          new Magic("MM\0+", "BigTIFF"),
          new Magic("IIU\0", "Panasonic raw"),
          new Magic("IIRO", "Olympus raw"),
          new Magic("II\u00bc", "JPEG XR"),
          new Magic("\0\0\u0001\0", "ICO (icon)"),
          new Magic("\0\0\u0002\0", "CUR (cursor)"),
          new Magic("8BPS", "PSD (Photoshop)"),
          new Magic("%PDF", "PDF"),
          new Magic("\0\0\0\u000cJXL ", "JPEG XL"),
          new Magic("\u00ff\n", "JPEG XL"),
          new Magic("\0\0\0\u000cjP  ", "JPEG 2000"),
          new Magic("\u00ffO\u00ffQ", "JPEG 2000"),
          new Magic("v/1\u0001", "OpenEXR"),
          new Magic("DDS ", "DDS"),
          new Magic("BA", "OS/2 bitmap array"),
          new Magic("CI", "OS/2 colour icon"),
          new Magic("CP", "OS/2 colour pointer"),
          new Magic("IC", "OS/2 icon"),
          new Magic("PT", "OS/2 pointer"),
          new Magic("P1", "PNM"),
          new Magic("P2", "PNM"),
          new Magic("P3", "PNM"),
          new Magic("P4", "PNM"),
          new Magic("P5", "PNM"),
          new Magic("P6", "PNM"),
          new Magic("PK\u0003\u0004", "ZIP"),
          new Magic("\u001f\u008b", "gzip"));

  /**
   * Tells the format.
   *
   * @param bytes a whole file
   * @return the format
   * @throws DamageException naming what the file is instead
   */
  static PictureFormat of(byte[] bytes) throws DamageException {
    if (bytes.length == 0) {
      throw new DamageException("is empty");
    }
    String head = head(bytes);
    PictureFormat format = read(bytes, head);
    if (format == null) {
      throw new DamageException(nameOther(bytes, head));
    }
    return format;
  }

  /** The name of a format that is read, or of another that is known; else "". */
  static String nameOf(byte[] bytes) {
    String head = head(bytes);
    PictureFormat format = read(bytes, head);
    return format == null ? otherName(bytes, head) : format.name();
  }

  static boolean isRead(String name) {
    return Arrays.stream(values()).anyMatch(format -> format.name().equals(name));
  }

  private static String head(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, ImageDecoder.HEAD_BYTES), ISO_8859_1);
  }

  private static PictureFormat read(byte[] bytes, String head) {
    if (head.startsWith("\u00ff\u00d8")) {
      return JPEG;
    } else if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return GIF;
    } else if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return WEBP;
    } else if (head.startsWith("BM") && head.length() >= 26 && bytes[15] == 0 && bytes[16] == 0) {
      return BMP;
    }
    return null;
  }

  private static String nameOther(byte[] bytes, String head) {
    String name = otherName(bytes, head);
    if (!name.isEmpty()) {
      return notRead(name);
    }
    if (head.startsWith("RIFF")) {
      return "is a RIFF file but not a WebP picture; " + READ;
    }
    if (isText(bytes)) {
      return "is not a picture: begins with text \""
          + head.substring(0, Math.min(20, head.length())).replaceAll("[^ -~]+", " ").strip()
          + "\"";
    }
    return "is not a picture in a known format; " + READ;
  }

  private static String otherName(byte[] bytes, String head) {
    if (head.startsWith("ftyp", 4) && head.length() >= 12) {
      return ftypName(head.substring(8, 12));
    }
    boolean text = isText(bytes);
    if (text && head.toLowerCase(Locale.ROOT).contains("<svg")) {
      return "SVG";
    }
    for (Magic magic : OTHERS) {
      if (head.startsWith(magic.bytes) && !(text && magic.bytes.length() == 2)) {
        return magic.name;
      }
    }
    return "";
  }

  private static String ftypName(String brand) {
    if (brand.equals("avif") || brand.equals("avis")) {
      return "AVIF";
    }
    return OTHER_FTYP_IMAGES.contains(brand) ? "HEIC" : "MP4 or QuickTime";
  }

  private static String notRead(String name) {
    return "is "
        + (name.matches("(?i)[aio].*|MP4.*|SVG") ? "an " : "a ")
        + name
        + " file, which is not read; "
        + READ;
  }

  private static boolean isText(byte[] bytes) {
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 64));
    for (byte b : head) {
      if ((b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') || b == 0x7f) {
        return false;
      }
    }
    // Bytes above 127 may be UTF-8, but text has words or marks of ASCII among them.
    return !new String(head, US_ASCII).replace("\ufffd", "").isBlank();
  }
}
