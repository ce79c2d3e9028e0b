package org.seesong.image;

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
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Runs a TensorFlow SavedModel through DJL. The weights are loaded once; every call runs in a
 * native scope of its own, freed when it returns.
 *
 * <p>Safe for any number of threads: a TensorFlow session runs calls side by side. Closing waits
 * for calls under way.
 */
final class SavedModelEncoder implements ImageEncoder {
  /**
   * VGG-19 takes 242 CPU-ms a picture and 1.33 GB so, against 226 and 1.70 GB with 16, 249 and 1.16
   * GB with 4, 384 to 421 and 1.08 GB with 1 (two cores with AVX-512, oneDNN on).
   */
  private static final int BATCH = 8;

  private static final int CHANNELS = 3;

  private final ModelDescription description;
  private final String id;
  private final Model model;
  private final float[][] tables = new float[CHANNELS][];

  /**
   * Native memory for the input, used again: left to the garbage collector it would grow to the
   * JVM's limit, since the heap hardly fills. TensorFlow copies from it.
   */
  private final Queue<ByteBuffer> spare = new ArrayBlockingQueue<>(4);

  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Loads a model.
   *
   * @param savedModel its folder
   * @param description what it wants; its dimension is what {@link #encode} insists on
   * @throws IOException if the files cannot be read
   */
  SavedModelEncoder(Path savedModel, ModelDescription description) throws IOException {
    this.description = description;
    this.id = description.encoderId();
    Scaling scaling = Scaling.parse(description.scaling());
    for (int c = 0; c < CHANNELS; c++) {
      tables[c] = scaling.table(c);
    }
    this.model = TensorFlow.load(description.name(), savedModel, description.signature());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return description.dimension();
  }

  @Override
  public int inputSize() {
    return description.size();
  }

  @Override
  public int preferredBatch() {
    return BATCH;
  }

  @Override
  public float[] encode(List<RgbImage> batch) {
    inUse.readLock().lock();
    try {
      EncoderInput.require(this, closed, batch);
      float[] vectors = batch.isEmpty() ? new float[0] : run(batch);
      if (vectors.length != batch.size() * dimension()) {
        throw new EncoderException(
            "model '"
                + description.name()
                + "' gave "
                + vectors.length
                + " numbers for "
                + batch.size()
                + " pictures, not "
                + dimension()
                + " each",
            null);
      }
      return vectors;
    } finally {
      inUse.readLock().unlock();
    }
  }

  /**
   * Numbers per picture as the model gives them, whatever the description says.
   *
   * @return the length of one vector
   */
  int probe() {
    byte[] pixels = new byte[CHANNELS * inputSize() * inputSize()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    RgbImage image = new RgbImage(inputSize(), inputSize(), pixels);
    int one = run(List.of(image)).length;
    int two = run(List.of(image, image)).length;
    if (two != 2 * one) {
      throw new EncoderException(
          "output '"
              + description.outputName()
              + "' is no vector per picture: "
              + one
              + " numbers for one picture, "
              + two
              + " for two",
          null);
    }
    return one;
  }

  private float[] run(List<RgbImage> batch) {
    ByteBuffer input = buffer(batch.size());
    fill(input.asFloatBuffer(), batch);
    try {
      float[] vectors = TensorFlow.withOwnClassLoader(() -> predict(input, batch.size()));
      requireFinite(vectors);
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (batch.size() <= BATCH) {
        spare.offer(input);
      }
    }
  }

  private float[] predict(ByteBuffer input, int pictures) {
    try (Predictor<ByteBuffer, float[]> predictor = model.newPredictor(new Feed(pictures))) {
      return predictor.predict(input);
    } catch (TranslateException | RuntimeException e) {
      throw new EncoderException("model '" + description.name() + "' failed: " + e, e);
    }
  }

  /** Room for some pictures, of which the usual numbers share one size of buffer. */
  private ByteBuffer buffer(int pictures) {
    int bytes = Math.multiplyExact(Float.BYTES * CHANNELS * inputSize() * inputSize(), pictures);
    ByteBuffer used = pictures <= BATCH ? spare.poll() : null;
    ByteBuffer buffer =
        used != null
            ? used
            : ByteBuffer.allocateDirect(bytes / pictures * Math.max(pictures, BATCH));
    return buffer.order(ByteOrder.nativeOrder()).position(0).limit(bytes);
  }

  private void fill(FloatBuffer floats, List<RgbImage> batch) {
    boolean bgr = description.channelOrder() == ChannelOrder.BGR;
    float[] fed = new float[CHANNELS * inputSize() * inputSize()];
    for (RgbImage image : batch) {
      byte[] pixels = image.pixels();
      for (int p = 0; p < fed.length; p += CHANNELS) {
        for (int c = 0; c < CHANNELS; c++) {
          fed[p + c] = tables[c][pixels[p + (bgr ? 2 - c : c)] & 0xff];
        }
      }
      floats.put(fed);
    }
  }

  private void requireFinite(float[] vectors) {
    for (float value : vectors) {
      if (!Float.isFinite(value)) {
        throw new EncoderException(
            "model '" + description.name() + "' gave " + value + "; is its scaling right?", null);
      }
    }
  }

  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }

  /** Memory in, memory out; the tensors live in the predictor's scope. */
  private final class Feed implements NoBatchifyTranslator<ByteBuffer, float[]> {
    private final int pictures;

    Feed(int pictures) {
      this.pictures = pictures;
    }

    @Override
    public NDList processInput(TranslatorContext context, ByteBuffer input) {
      Shape shape = new Shape(pictures, inputSize(), inputSize(), CHANNELS);
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
