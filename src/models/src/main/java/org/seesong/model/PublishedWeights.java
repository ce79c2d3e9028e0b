package org.seesong.model;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A weight file that somebody publishes.
 *
 * @param name what the model is called after the import
 * @param address where it is: https, or http on this machine itself
 * @param bytes its length, if known
 * @param sha256 its SHA-256, 64 hexadecimal digits
 */
public record PublishedWeights(String name, URI address, OptionalLong bytes, String sha256) {
  /**
   * Keras' VGG-19 with all layers, trained on ImageNet.
   *
   * <p>The address and the length are those of Keras ({@code keras/src/applications/vgg19.py}),
   * which checks the MD5 cbe5617147190e668d6c5d5026f83318. The SHA-256 is the one by which a public
   * Git LFS pointer of that length and a public download table name the file.
   */
  public static final PublishedWeights VGG19 =
      new PublishedWeights(
          "vgg19",
          URI.create(
              "https://storage.googleapis.com/tensorflow/keras-applications/vgg19/"
                  + "vgg19_weights_tf_dim_ordering_tf_kernels.h5"),
          OptionalLong.of(574_710_816L),
          "c872d82e40328910cd7a12763dae043d56eb00efe6a137f31899514d637d4cdb");

  private static final long MOBILENET_V2_BYTES = 8_840_540L;

  /** Name of the network that {@link #mobileNetV2} is. */
  public static final String MOBILENET_V2 = "mobilenet_v2";

  /**
   * MobileNetV2 1.0/224 trained on ImageNet (Apache-2.0), an ONNX file of 8.8 MB that releases of
   * Seesong ship: {@code src/docs/encoding.md} tells how it is made.
   *
   * @param address where a release's files are
   * @return the file
   */
  public static PublishedWeights mobileNetV2(URI address) {
    return new PublishedWeights(
        MOBILENET_V2,
        address,
        OptionalLong.of(MOBILENET_V2_BYTES),
        "824554d0512a508c132e90bb338703f0aef8e0d64bdcc3706cb59f2eccff46e8");
  }

  /** Checks. */
  public PublishedWeights {
    Objects.requireNonNull(name, "name");
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "sha256 must have 64 hexadecimal digits; got: '" + sha256 + "'");
    }
    if (!isHttps(address) && !isLocal(address)) {
      throw new IllegalArgumentException(
          "the address must begin with https:// (or http://127.0.0.1); got: '" + address + "'");
    }
    if (bytes.isPresent() && bytes.getAsLong() < 1) {
      throw new IllegalArgumentException("bytes must be at least 1; got: " + bytes.getAsLong());
    }
  }

  /**
   * The same file from somewhere else.
   *
   * @param elsewhere another address
   * @return a changed copy
   */
  public PublishedWeights from(URI elsewhere) {
    return new PublishedWeights(name, elsewhere, bytes, sha256);
  }

  /**
   * Another file, whose length is not known.
   *
   * @param digest its SHA-256
   * @return a changed copy
   */
  public PublishedWeights withSha256(String digest) {
    return new PublishedWeights(name, address, OptionalLong.empty(), digest);
  }

  /** Whether an address that this one leads to may be asked. */
  boolean allows(URI redirected) {
    return isHttps(redirected) || (isLocal(redirected) && isLocal(address));
  }

  private static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
  }

  private static boolean isLocal(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) && "127.0.0.1".equals(uri.getHost());
  }
}
