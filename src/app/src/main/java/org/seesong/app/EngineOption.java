package org.seesong.app;

import org.seesong.encoder.Engine;
import picocli.CommandLine.Option;

/** What runs a network that is made from weights. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "onnx",
      description = {
        "What runs it: onnx (ONNX Runtime: starts sooner, takes less memory) or tensorflow; the"
            + " vectors are the same (default: ${DEFAULT-VALUE})."
      })
  private Engine engine;

  Engine engine() {
    return engine;
  }
}
