package org.seesong.encoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.seesong.image.RgbImage;

/**
 * Feeds pictures to a network as its description says, whichever engine runs it. The weights are
 * loaded once.
 *
 * <p>Engines have other kernels for a batch of one, which sum in another order and give other bits
 * than batches of two and more. So one picture alone goes in twice: a picture's vector has the same
 * bits as a query, added later or in a build, whatever is encoded with it.
 *
 * <p>Safe for any number of threads: engines run calls side by side. Closing waits for calls under
 * way.
 */
final class NetworkEncoder implements ImageEncoder {
  /**
   * VGG-19 takes in ONNX Runtime 247 CPU-ms a picture so, against 267 with 1, in the same 827 MB;
   * in TensorFlow 242 and 1.33 GB, against 226 and 1.70 GB with 16, 249 and 1.16 GB with 4, 384 to
   * 421 and 1.08 GB with 1 (two cores with AVX-512, oneDNN on).
   */
  private static final int BATCH = 8;

  private static final int CHANNELS = 3;

  private final ModelDescription description;
  private final String id;
  private final Network network;
  private final float[][] tables = new float[CHANNELS][];

  /**
   * Native memory for the input, used again: left to the garbage collector it would grow to the
   * JVM's limit, since the heap hardly fills.
   */
  private final Queue<ByteBuffer> spare = new ArrayBlockingQueue<>(4);

  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * Loads a model.
   *
   * @param folder with the engine's files
   * @param description what it wants; its dimension is what {@link #encode} insists on
   * @param threads how many the engine computes with; 0 for one a processor
   * @throws IOException if the files cannot be read
   */
  NetworkEncoder(Path folder, ModelDescription description, int threads) throws IOException {
    this.description = description;
    this.id = description.encoderId();
    Scaling scaling = Scaling.parse(description.scaling());
    for (int c = 0; c < CHANNELS; c++) {
      tables[c] = scaling.table(c);
    }
    int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    this.network = Network.load(folder, description, used);
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
  public List<String> classes() {
    return description.classNames();
  }

  @Override
  public float[] encode(List<RgbImage> batch) {
    return encode(batch, new float[0]);
  }

  @Override
  public float[] encode(List<RgbImage> batch, float[] probabilities) {
    boolean wanted = probabilities.length > 0;
    if (wanted && probabilities.length != batch.size() * classes().size()) {
      throw new IllegalArgumentException(
          "probabilities must be empty or "
              + batch.size()
              + " * "
              + classes().size()
              + " numbers; got: "
              + probabilities.length);
    }
    inUse.readLock().lock();
    try {
      EncoderInput.require(this, closed, batch);
      if (batch.isEmpty()) {
        return new float[0];
      }
      Network.Output output = batch.size() == 1 ? alone(batch.get(0), wanted) : run(batch, wanted);
      requireLength(output.vectors(), batch.size(), dimension());
      requireLength(output.probabilities(), batch.size(), wanted ? classes().size() : 0);
      System.arraycopy(output.probabilities(), 0, probabilities, 0, probabilities.length);
      return output.vectors();
    } finally {
      inUse.readLock().unlock();
    }
  }

  private void requireLength(float[] numbers, int pictures, int each) {
    if (numbers.length != pictures * each) {
      throw new EncoderException(
          "model '"
              + description.name()
              + "' gave "
              + numbers.length
              + " numbers for "
              + pictures
              + " pictures, not "
              + each
              + " each",
          null);
    }
  }

  /**
   * Numbers per picture as the model gives them, whatever the description says. Fails if what is
   * said to be probabilities of its classes is none.
   *
   * @return the length of one vector
   */
  int probe() {
    byte[] pixels = new byte[CHANNELS * inputSize() * inputSize()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    RgbImage image = new RgbImage(inputSize(), inputSize(), pixels);
    boolean classes = !classes().isEmpty();
    Network.Output single = run(List.of(image), classes);
    if (classes) {
      requireProbabilities(single.probabilities());
    }
    int one = single.vectors().length;
    int two = run(List.of(image, image), classes).vectors().length;
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

  private Network.Output alone(RgbImage image, boolean classes) {
    Network.Output twice = run(List.of(image, image), classes);
    return new Network.Output(half(twice.vectors()), half(twice.probabilities()));
  }

  private static float[] half(float[] numbers) {
    return Arrays.copyOf(numbers, numbers.length / 2);
  }

  private void requireProbabilities(float[] numbers) {
    String output = "output '" + description.classesOutput() + "'";
    if (numbers.length != classes().size()) {
      throw new EncoderException(
          output
              + " gives "
              + numbers.length
              + " numbers for a picture, but there are "
              + classes().size()
              + " names of classes; give the file of names that belongs to the model",
          null);
    }
    double sum = 0;
    float least = 0;
    for (float number : numbers) {
      sum += number;
      least = Math.min(least, number);
    }
    if (least < 0 || Math.abs(sum - 1) > 0.01) {
      throw new EncoderException(
          output
              + " gives no probabilities: for one picture they begin with "
              + least
              + " and sum to "
              + sum
              + "; choose the output after the softmax",
          null);
    }
  }

  private Network.Output run(List<RgbImage> batch, boolean classes) {
    ByteBuffer input = buffer(batch.size());
    fill(input.asFloatBuffer(), batch);
    try {
      Network.Output output = network.run(input, batch.size(), classes);
      requireFinite(output.vectors());
      requireFinite(output.probabilities());
      return output;
    } finally {
      if (batch.size() <= BATCH) {
        spare.offer(input);
      }
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
        network.close();
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }
}
