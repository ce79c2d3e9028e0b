package org.seesong.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A network in ONNX Runtime. Weights in a file of their own are mapped into memory, so they take
 * none that the system could not take back, and several processes share them.
 */
final class OnnxNetwork implements Network {
  private final ModelDescription model;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxNetwork(ModelDescription model, OrtEnvironment environment, OrtSession session) {
    this.model = model;
    this.environment = environment;
    this.session = session;
  }

  static OnnxNetwork load(Path folder, ModelDescription model, int threads) {
    Path graph = folder.resolve(Engine.ONNX.graph());
    OrtEnvironment environment = start();
    try (OrtSession.SessionOptions options = options(threads, model.precision())) {
      environment.setTelemetry(false);
      return new OnnxNetwork(
          model, environment, environment.createSession(graph.toString(), options));
    } catch (OrtException e) {
      throw new EncoderException("ONNX Runtime does not load " + folder + ": " + e.getMessage(), e);
    }
  }

  static OrtEnvironment start() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      throw Engine.ONNX.doesNotStart(e);
    }
  }

  static OrtSession.SessionOptions options(int threads, Precision precision) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Threads that spin while they wait count as processor time, most of all on a busy machine.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // Weights rearranged for large batches are a second copy: VGG-19 starts in 1.0 instead of 3.4 s
    // and takes 656 instead of 967 MB without, at the same speed.
    // Weights of bytes must be rearranged, or every call does it: 120 instead of 186 CPU-ms.
    options.addConfigEntry(
        "session.disable_prepacking", precision == Precision.FLOAT32 ? "1" : "0");
    if (precision == Precision.FLOAT32) {
      withExactBytes(options);
    }
    // One large block for each batch size seen: 890 instead of 1,061 MB at 8 pictures without.
    options.setMemoryPatternOptimization(false);
    return options;
  }

  /**
   * Networks that come with layers of bytes use all 8 bits of weights, whose products overflow 16
   * bits on x86 without VNNI unless ONNX Runtime is told to keep them exact, which is slower there.
   * Our own int8 networks have weights of 7 bits, so that nothing overflows.
   */
  static void withExactBytes(OrtSession.SessionOptions options) throws OrtException {
    options.addConfigEntry("session.x64quantprecision", "1");
  }

  @Override
  public Output run(ByteBuffer input, int pictures, boolean classes) {
    Set<String> outputs =
        classes ? Set.of(model.outputName(), model.classesOutput()) : Set.of(model.outputName());
    long[] shape = model.layout().shape(pictures, model.size());
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input.asFloatBuffer(), shape);
        OrtSession.Result result = session.run(Map.of(model.inputName(), tensor), outputs)) {
      float[] vectors = floats(result, model.outputName());
      return new Output(vectors, classes ? floats(result, model.classesOutput()) : new float[0]);
    } catch (OrtException e) {
      throw new EncoderException("model '" + model.name() + "' failed: " + e.getMessage(), e);
    }
  }

  private static float[] floats(OrtSession.Result result, String name) {
    FloatBuffer output = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] numbers = new float[output.remaining()];
    output.get(numbers);
    return numbers;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EncoderException("ONNX Runtime does not close: " + e.getMessage(), e);
    }
  }
}
