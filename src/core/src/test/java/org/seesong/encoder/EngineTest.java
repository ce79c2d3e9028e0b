package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said when native code does not start. */
class EngineTest {
  private static Throwable refused(String library, String reason) {
    Throwable inner = new UnsatisfiedLinkError(library + ": " + library + ": " + reason);
    Throwable outer = new UnsatisfiedLinkError("no jnitensorflow in java.library.path: /usr/lib");
    outer.initCause(inner);
    return new IllegalStateException("Failed to load native library", outer);
  }

  @Test
  void aFolderThatProgramsMayNotRunFromIsNamed() {
    assertThat(
            Engine.TENSORFLOW.doesNotStart(
                refused("/tmp/c/libx.so", "failed to map segment from shared object")))
        .hasMessage(
            "TensorFlow does not start: programs may not run from the folder "
                + Path.of("/tmp/c")
                + ", where its native code was unpacked (mounted noexec?); name another folder by"
                + " -Dorg.bytedeco.javacpp.cachedir=DIR or -Djava.io.tmpdir=DIR (in"
                + " SEESONG_JAVA_OPTS for the command line)");
    for (String reason :
        new String[] {
          "failed to map segment from shared object: Operation not permitted",
          "cannot open shared object file: Permission denied"
        }) {
      assertThat(Engine.ONNX.doesNotStart(refused("/var/tmp 1/libx.so", reason)))
          .hasMessageStartingWith(
              "ONNX Runtime does not start: programs may not run from the folder /var/tmp 1, where")
          .hasMessageEndingWith(
              "name another folder by -Djava.io.tmpdir=DIR (in SEESONG_JAVA_OPTS for the command"
                  + " line)");
    }
  }

  @Test
  void aLibraryThatIsNotThereIsNamedWithWhereItIsUnpacked() {
    assertThat(
            Engine.ONNX.doesNotStart(
                new UnsatisfiedLinkError("no onnxruntime in java.library.path: /usr/lib")))
        .hasMessageContaining("add com.microsoft.onnxruntime:onnxruntime to the class path")
        .hasMessageContaining(System.getProperty("java.io.tmpdir"));
  }

  @Test
  void anEngineThatStartsTellsItsVersion() {
    assertThat(Engine.ONNX.isUnpacked()).isTrue();
    assertThat(Engine.ONNX.start()).matches("ONNX Runtime [0-9]+\\.[0-9.]+");
  }

  @Test
  void tensorFlowIsUnpackedOnceItHasStarted(@TempDir Path cache) {
    assertThat(Engine.TENSORFLOW.start()).startsWith("TensorFlow 2.");
    assertThat(Engine.TENSORFLOW.isUnpacked()).isTrue();
    String property = "org.bytedeco.javacpp.cachedir";
    String before = System.getProperty(property);
    System.setProperty(property, cache.toString());
    try {
      assertThat(Engine.TENSORFLOW.isUnpacked()).isFalse();
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }
}
