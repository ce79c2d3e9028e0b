package org.seesong.encoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * than batches of two and more. So one picture alone goes in twice, unless the model is made to
 * give the same bits: a picture's vector has the same bits as a query, added later or in a build,
 * whatever is encoded with it.
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

  /**
   * Networks of bytes give the same bits in any batch, and gain little by large ones: VGG-19 takes
   * 118 CPU-ms alone, 99 a picture in batches of 4, 96 in 8; and 281 MB alone, 291 in batches of 3,
   * 312 in 4.
   */
  private static final int INT8_BATCH = 3;

  private final ModelDescription description;
  private final String id;
  private final Network network;
  private final PixelFeed feed;

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
    this.feed =
        new PixelFeed(description.scaling(), description.channelOrder(), description.layout());
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
    return description.precision() == Precision.INT8 ? INT8_BATCH : BATCH;
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
      Network.Output output = alone(batch) ? twice(batch.get(0), wanted) : run(batch, wanted);
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
   * What a trial of a model showed.
   *
   * @param dimension numbers in a vector
   * @param batchInvariant whether batches of one to eight gave the same bits
   */
  record Trial(int dimension, boolean batchInvariant) {}

  /**
   * Runs some pictures of noise, whatever the description says of the dimension. Fails if there is
   * not one vector a picture, or if what is said to be probabilities of its classes is none.
   *
   * <p>TensorFlow's bits depend on the environment, which may be another tomorrow: it is never said
   * to be the same for batches of one.
   */
  Trial tryOut() {
    boolean classes = !classes().isEmpty();
    List<RgbImage> pictures = new ArrayList<>();
    for (int seed = 1; seed <= BATCH; seed++) {
      byte[] pixels = new byte[PixelFeed.CHANNELS * inputSize() * inputSize()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) ((i * 31 + (i >> 8) * seed) * seed);
      }
      pictures.add(new RgbImage(inputSize(), inputSize(), pixels));
    }
    Network.Output single = run(pictures.subList(0, 1), classes);
    if (classes) {
      requireProbabilities(single.probabilities());
    }
    int one = single.vectors().length;
    float[] two = run(pictures.subList(0, 2), classes).vectors();
    if (two.length != 2 * one) {
      throw new EncoderException(
          "output '"
              + description.outputName()
              + "' is no vector per picture: "
              + one
              + " numbers for one picture, "
              + two.length
              + " for two",
          null);
    }
    boolean same = description.engine() == Engine.ONNX;
    if (same) {
      float[] all = run(pictures, classes).vectors();
      same =
          Arrays.equals(single.vectors(), Arrays.copyOf(all, one))
              && Arrays.equals(two, Arrays.copyOf(all, 2 * one));
    }
    return new Trial(one, same);
  }

  /** Whether a batch would give other bits than it would among others. */
  private boolean alone(List<RgbImage> batch) {
    return batch.size() == 1 && !description.batchInvariant();
  }

  private Network.Output twice(RgbImage image, boolean classes) {
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
    feed.fill(input.asFloatBuffer(), batch);
    try {
      Network.Output output = network.run(input, batch.size(), classes);
      requireFinite(output.vectors());
      requireFinite(output.probabilities());
      return output;
    } finally {
      if (batch.size() <= preferredBatch()) {
        spare.offer(input);
      }
    }
  }

  /** Room for some pictures, of which the usual numbers share one size of buffer. */
  private ByteBuffer buffer(int pictures) {
    int bytes =
        Math.multiplyExact(Float.BYTES * PixelFeed.CHANNELS * inputSize() * inputSize(), pictures);
    ByteBuffer used = pictures <= preferredBatch() ? spare.poll() : null;
    ByteBuffer buffer =
        used != null
            ? used
            : ByteBuffer.allocateDirect(bytes / pictures * Math.max(pictures, preferredBatch()));
    return buffer.order(ByteOrder.nativeOrder()).position(0).limit(bytes);
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
