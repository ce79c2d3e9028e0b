package org.seesong.encoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A BERT-like sentence encoder in ONNX Runtime. Texts run one by one: the network's activations are
 * quantised over a whole batch, so that a text's vector would depend on those beside it.
 */
final class BertTextEncoder implements TextEncoder {
  /** Word pieces of a text, with the two marks around it; lines of lyrics have fewer. */
  static final int MAX_TOKENS = 128;

  private static final Set<String> INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

  private final TextFeed feed;
  private final WordPieceTokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String id;
  private final int dimension;
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  private BertTextEncoder(
      TextFeed feed,
      WordPieceTokenizer tokenizer,
      OrtEnvironment environment,
      OrtSession session,
      String id) {
    this.feed = feed;
    this.tokenizer = tokenizer;
    this.environment = environment;
    this.session = session;
    this.id = id;
    requireInputs();
    this.dimension = run(tokenizer.encode("", MAX_TOKENS)).length;
  }

  /**
   * Loads a network.
   *
   * @param id of the encoder
   * @param network an ONNX file as {@link TextImport} describes it, or one that gives the first
   *     token only
   * @throws EncoderException if ONNX Runtime does not start or load it, or it is something else
   */
  static BertTextEncoder load(
      String id, TextFeed feed, WordPieceTokenizer tokenizer, byte[] network) {
    OrtEnvironment environment = OnnxNetwork.start();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OnnxNetwork.withExactBytes(options);
      OrtSession session = environment.createSession(network, options);
      try {
        return new BertTextEncoder(feed, tokenizer, environment, session, id);
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new EncoderException(
          "ONNX Runtime does not load text model '" + id + "': " + e.getMessage(), e);
    }
  }

  private void requireInputs() {
    if (!INPUTS.containsAll(session.getInputNames())
        || !session.getInputNames().contains("input_ids")) {
      throw new EncoderException(
          "text model '"
              + id
              + "' takes "
              + new TreeSet<>(session.getInputNames())
              + "; a text model takes input_ids, and perhaps attention_mask and token_type_ids",
          null);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float[][] encode(List<String> texts, Role role) {
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("text encoder " + id + " is closed");
      }
      float[][] vectors = new float[texts.size()][];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = run(tokenizer.encode(feed.prefix(role) + texts.get(i), MAX_TOKENS));
      }
      return vectors;
    } finally {
      inUse.readLock().unlock();
    }
  }

  private float[] run(long[] tokens) {
    long[] ones = new long[tokens.length];
    Arrays.fill(ones, 1);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put("input_ids", tensor(tokens));
      if (session.getInputNames().contains("attention_mask")) {
        inputs.put("attention_mask", tensor(ones));
      }
      if (session.getInputNames().contains("token_type_ids")) {
        inputs.put("token_type_ids", tensor(new long[tokens.length]));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return vector(result.get(0), tokens.length);
      }
    } catch (OrtException e) {
      throw new EncoderException("text model '" + id + "' failed: " + e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private float[] vector(OnnxValue output, int tokens) {
    int used = feed.firstToken() ? 1 : tokens;
    if (output instanceof OnnxTensor tensor
        && tensor.getInfo().type == OnnxJavaType.FLOAT
        && tensor.getInfo().getShape().length == 3
        && tensor.getInfo().getShape()[1] >= used) {
      return pool(tensor.getFloatBuffer(), used, (int) tensor.getInfo().getShape()[2]);
    }
    throw new EncoderException(
        "text model '"
            + id
            + "' gives "
            + output.getInfo()
            + "; a text model's first output is FLOAT, texts x tokens x dimension",
        null);
  }

  private float[] pool(FloatBuffer states, int used, int numbers) {
    float[] vector = new float[numbers];
    for (int token = 0; token < used; token++) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] += states.get();
      }
    }
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new EncoderException("text model '" + id + "' gave a vector without direction", null);
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return vector;
  }

  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new EncoderException("ONNX Runtime does not close: " + e.getMessage(), e);
    } finally {
      inUse.writeLock().unlock();
    }
  }
}
