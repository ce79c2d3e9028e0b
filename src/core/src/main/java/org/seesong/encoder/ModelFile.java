package org.seesong.encoder;

/**
 * One file of a model.
 *
 * @param path where it is below the model's folder, with forward slashes
 * @param bytes its length
 * @param sha256 its digest, 64 hexadecimal digits
 */
public record ModelFile(String path, long bytes, String sha256) {
  public ModelFile {
    boolean below = !path.startsWith("/") && !("/" + path + "/").contains("/../");
    if (!below || path.contains("\\") || path.isEmpty()) {
      throw new IllegalArgumentException("path must stay below the model's folder; got: " + path);
    }
    if (bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "bytes must not be negative and sha256 have 64 digits; got: " + bytes + ", " + sha256);
    }
  }
}
