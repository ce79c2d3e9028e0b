package org.seesong.encoder;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A TensorFlow SavedModel through DJL. Every call runs in a native scope of its own, freed when it
 * returns.
 */
final class TensorFlowNetwork implements Network {
  /** What DJL's engine takes the number of its threads from, once, when it starts. */
  private static final String THREADS = "ai.djl.tensorflow.num_intraop_threads";

  private final ModelDescription description;
  private final Model model;

  private TensorFlowNetwork(ModelDescription description, Model model) {
    this.description = description;
    this.model = model;
  }

  static TensorFlowNetwork load(Path folder, ModelDescription description, int threads)
      throws IOException {
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, Integer.toString(threads));
    }
    return new TensorFlowNetwork(
        description, TensorFlow.load(description.name(), folder, description.signature()));
  }

  @Override
  public float[] run(ByteBuffer input, int pictures) {
    try {
      return TensorFlow.withOwnClassLoader(() -> predict(input, pictures));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private float[] predict(ByteBuffer input, int pictures) {
    try (Predictor<ByteBuffer, float[]> predictor = model.newPredictor(new Feed(pictures))) {
      return predictor.predict(input);
    } catch (TranslateException | RuntimeException e) {
      throw new EncoderException("model '" + description.name() + "' failed: " + e, e);
    }
  }

  @Override
  public void close() {
    model.close();
  }

  /** Memory in, memory out; the tensors live in the predictor's scope. */
  private final class Feed implements NoBatchifyTranslator<ByteBuffer, float[]> {
    private final int pictures;

    Feed(int pictures) {
      this.pictures = pictures;
    }

    @Override
    public NDList processInput(TranslatorContext context, ByteBuffer input) {
      Shape shape = new Shape(pictures, description.size(), description.size(), 3);
      NDArray array = context.getNDManager().create(input, shape, DataType.FLOAT32);
      array.setName(description.inputName());
      return new NDList(array);
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList outputs) {
      for (NDArray output : outputs) {
        if (output.getName().equals(description.outputName())) {
          return output.toFloatArray();
        }
      }
      throw new IllegalStateException("no output '" + description.outputName() + "'");
    }
  }
}
