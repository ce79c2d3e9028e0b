package org.seesong.jmh.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seesong.image.ImageEncoder;
import org.seesong.image.RgbImage;

/** Runs a model that {@link OnnxVgg} wrote, preprocessed as Keras does. */
final class OnnxEncoder implements ImageEncoder {
  private static final float[] MEANS = {103.939f, 116.779f, 123.68f};

  private final int side;
  private final int dimension;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxEncoder(Path model, int side, int dimension, int threads) throws OrtException {
    this.side = side;
    this.dimension = dimension;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      // Threads that spin while they wait count as processor time, most of all on a busy machine.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = environment.createSession(model.toString(), options);
    }
  }

  @Override
  public String id() {
    return "onnx";
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int inputSize() {
    return side;
  }

  @Override
  public int preferredBatch() {
    return 8;
  }

  @Override
  public float[] encode(List<RgbImage> batch) {
    FloatBuffer input =
        ByteBuffer.allocateDirect(4 * 3 * side * side * batch.size())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (RgbImage image : batch) {
      byte[] pixels = image.pixels();
      for (int c = 0; c < 3; c++) {
        for (int p = 2 - c; p < pixels.length; p += 3) {
          input.put((pixels[p] & 0xff) - MEANS[c]);
        }
      }
    }
    long[] shape = {batch.size(), 3, side, side};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input.flip(), shape);
        OrtSession.Result result = session.run(Map.of(OnnxVgg.INPUT, tensor))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] vectors = new float[output.remaining()];
      output.get(vectors);
      return vectors;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not close: " + e.getMessage(), e);
    }
  }
}
