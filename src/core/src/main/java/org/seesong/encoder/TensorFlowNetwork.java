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
  public Output run(ByteBuffer input, int pictures, boolean classes) {
    try {
      return TensorFlow.withOwnClassLoader(() -> predict(input, new Feed(pictures, classes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Output predict(ByteBuffer input, Feed feed) {
    try (Predictor<ByteBuffer, Output> predictor = model.newPredictor(feed)) {
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
  private final class Feed implements NoBatchifyTranslator<ByteBuffer, Output> {
    private final int pictures;
    private final boolean classes;

    Feed(int pictures, boolean classes) {
      this.pictures = pictures;
      this.classes = classes;
    }

    @Override
    public NDList processInput(TranslatorContext context, ByteBuffer input) {
      Shape shape = new Shape(pictures, description.size(), description.size(), 3);
      NDArray array = context.getNDManager().create(input, shape, DataType.FLOAT32);
      array.setName(description.inputName());
      return new NDList(array);
    }

    @Override
    public Output processOutput(TranslatorContext context, NDList outputs) {
      float[] vectors = floats(outputs, description.outputName());
      return new Output(
          vectors, classes ? floats(outputs, description.classesOutput()) : new float[0]);
    }

    private static float[] floats(NDList outputs, String name) {
      for (NDArray output : outputs) {
        if (output.getName().equals(name)) {
          return output.toFloatArray();
        }
      }
      throw new IllegalStateException("no output '" + name + "'");
    }
  }
}
