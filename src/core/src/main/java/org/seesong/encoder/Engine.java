package org.seesong.encoder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /**
   * "/tmp/x/libonnxruntime.so: /tmp/x/libonnxruntime.so: failed to map segment ...", as Java says.
   */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(/[^:]+): [^:]*: ?(?:failed to map segment|[^:]*Operation not permitted"
              + "|[^:]*Permission denied)");

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

  /** What to say when its native code is not there, not for this machine or may not be loaded. */
  EncoderException doesNotStart(Throwable e) {
    String library = forbidden(e);
    if (library != null) {
      return new EncoderException(
          title
              + " does not start: programs may not run from the folder "
              + Path.of(library).getParent()
              + ", where its native code was unpacked (mounted noexec?); name another folder by"
              + (this == TENSORFLOW
                  ? " -Dorg.bytedeco.javacpp.cachedir=DIR or -Djava.io.tmpdir=DIR"
                  : " -Djava.io.tmpdir=DIR")
              + " (in SEESONG_JAVA_OPTS for the command line)",
          e);
    }
    return new EncoderException(
        title
            + " does not start on this machine ("
            + firstCause(e)
            + "); add "
            + artifact
            + (this == TENSORFLOW ? " with classifier " + classifier() : "")
            + " to the class path, see that the temporary folder "
            + System.getProperty("java.io.tmpdir")
            + " can be written and has space for its native code, or use the built-in encoder '"
            + ModelHome.DESCRIPTOR
            + "'",
        e);
  }

  /** The file that the system refused to map as a program; null if that is not what happened. */
  private static String forbidden(Throwable e) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = e; cause != null && seen.add(cause); cause = cause.getCause()) {
      Matcher matcher = FORBIDDEN.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return null;
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
   * Loads its native code, which stays loaded: a second call costs nothing. TensorFlow takes a few
   * seconds, and first unpacks its code where {@link #isUnpacked} is false.
   *
   * @return what it is, such as {@code ONNX Runtime 1.28.0}
   * @throws EncoderException if its native code is not there, not for this machine or may not be
   *     loaded; says what to do
   */
  public String start() {
    return title
        + " "
        + switch (this) {
          case ONNX -> OnnxNetwork.start().getVersion();
          case TENSORFLOW -> TensorFlow.start();
        };
  }

  /**
   * Whether starting it leaves the user's folders as they are. TensorFlow's first start unpacks 604
   * MB that later ones use; ONNX Runtime unpacks into the temporary folder and removes that again.
   *
   * @return false only for TensorFlow before its first start on this machine
   */
  public boolean isUnpacked() {
    return this != TENSORFLOW || Files.isDirectory(TensorFlow.unpacked(classifier()));
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
