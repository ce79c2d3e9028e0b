package org.seesong.app;

import org.seesong.encoder.Engine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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

  /** Fails for what the engine cannot do. */
  void require(PrecisionOption precision, CommandSpec spec) {
    if (precision.isInt8() && engine != Engine.ONNX) {
      throw new ParameterException(
          spec.commandLine(), "--precision int8 runs in ONNX Runtime; say --engine onnx");
    }
  }

  Engine engine() {
    return engine;
  }
}
