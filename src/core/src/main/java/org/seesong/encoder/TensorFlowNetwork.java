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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A TensorFlow SavedModel through DJL. Every call runs in a native scope of its own, freed when it
 * returns.
 *
 * <p>TensorFlow computes each call with one thread: with more, oneDNN cuts the work by how many
 * threads and pictures there are, and the last bits of a vector depend on both. A batch is cut into
 * calls that run side by side instead.
 */
final class TensorFlowNetwork implements Network {
  /** Pictures of a call at least: of one picture alone products with a matrix have other bits. */
  private static final int LEAST = 2;

  private final ModelDescription description;
  private final Model model;
  private final int threads;
  private final ExecutorService pool;

  private TensorFlowNetwork(ModelDescription description, Model model, int threads) {
    this.description = description;
    this.model = model;
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "seesong-tensorflow");
              thread.setDaemon(true);
              return thread;
            });
  }

  static TensorFlowNetwork load(Path folder, ModelDescription description, int threads)
      throws IOException {
    return new TensorFlowNetwork(
        description, TensorFlow.load(description.name(), folder, description.signature()), threads);
  }

  @Override
  public Output run(ByteBuffer input, int pictures, boolean classes) {
    int calls = Math.max(1, Math.min(threads, pictures / LEAST));
    if (calls == 1) {
      return call(input, pictures, classes);
    }
    int each = input.remaining() / pictures;
    List<CompletableFuture<Output>> running = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      int from = pictures * i / calls;
      int size = pictures * (i + 1) / calls - from;
      ByteBuffer slice =
          input.slice(input.position() + from * each, size * each).order(input.order());
      running.add(CompletableFuture.supplyAsync(() -> call(slice, size, classes), pool));
    }
    try {
      return Output.of(running.stream().map(CompletableFuture::join).toList());
    } catch (CompletionException e) {
      // The memory of the input is used again when this returns.
      CompletableFuture<?> unused =
          CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
              .exceptionally(f -> null);
      unused.join();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Output call(ByteBuffer input, int pictures, boolean classes) {
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
    pool.shutdown();
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
