package org.seesong.image;

import java.util.Locale;

/**
 * What computes the vectors of an imported model. The same weights make the same vector space in
 * either.
 */
public enum Engine {
  /** ONNX Runtime: small, quick to start, maps the weights instead of loading them. */
  ONNX("onnx", "model.onnx", "ONNX Runtime", "com.microsoft.onnxruntime:onnxruntime"),

  /** TensorFlow, for SavedModels from anywhere. */
  TENSORFLOW(
      "saved_model", "saved_model.pb", "TensorFlow", "org.tensorflow:tensorflow-core-native:1.0.0");

  private final String folder;
  private final String graph;
  private final String title;
  private final String artifact;

  Engine(String folder, String graph, String title, String artifact) {
    this.folder = folder;
    this.graph = graph;
    this.title = title;
    this.artifact = artifact;
  }

  /** Where its files are in a model's folder. */
  String folder() {
    return folder;
  }

  /** The file that describes the network. */
  String graph() {
    return graph;
  }

  /** What to say when its native code is not there or not for this machine. */
  EncoderException doesNotStart(Throwable e) {
    return new EncoderException(
        title
            + " does not start on this machine ("
            + firstCause(e)
            + "); add "
            + artifact
            + (this == TENSORFLOW ? " with classifier " + classifier() : "")
            + " to the class path, or use the built-in encoder '"
            + ModelHome.DESCRIPTOR
            + "'",
        e);
  }

  private static Throwable firstCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String classifier() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    String system = os.startsWith("win") ? "windows" : os.startsWith("mac") ? "macosx" : "linux";
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    return system + (arm && !system.equals("windows") ? "-arm64" : "-x86_64");
  }

  /**
   * What commands and measurements call it.
   *
   * @return {@code onnx} or {@code tensorflow}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
