package org.seesong.encoder;

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
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.seesong.io.Digests;

/**
 * A BERT-like sentence encoder in ONNX Runtime. Texts run one by one: the network's activations are
 * quantised over a whole batch, so that a text's vector would depend on those beside it.
 */
final class BertTextEncoder implements TextEncoder {
  /** Word pieces of a text, with the two marks around it; lines of lyrics have fewer. */
  static final int MAX_TOKENS = 128;

  private final TextModel model;
  private final WordPieceTokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String id;
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  private BertTextEncoder(
      TextModel model,
      WordPieceTokenizer tokenizer,
      OrtEnvironment environment,
      OrtSession session,
      String id) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.environment = environment;
    this.session = session;
    this.id = id;
  }

  static BertTextEncoder load(TextModel model, WordPieceTokenizer tokenizer, byte[] file) {
    byte[] network = model.takesFirstToken() ? FirstTokenNetwork.of(file) : file;
    OrtEnvironment environment = OnnxNetwork.start();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OnnxNetwork.withExactBytes(options);
      return new BertTextEncoder(
          model,
          tokenizer,
          environment,
          environment.createSession(network, options),
          model.id() + "-" + Digests.sha256(network).substring(0, 12));
    } catch (OrtException e) {
      throw new EncoderException(
          "ONNX Runtime does not load text model '" + model.id() + "': " + e.getMessage(), e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return model.dimension();
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
        vectors[i] = run(tokenizer.encode(model.prefix(role) + texts.get(i), MAX_TOKENS));
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
      inputs.put("attention_mask", tensor(ones));
      if (session.getInputNames().contains("token_type_ids")) {
        inputs.put("token_type_ids", tensor(new long[tokens.length]));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxValue output = result.get(0);
        return pool(((OnnxTensor) output).getFloatBuffer(), tokens.length);
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

  private float[] pool(FloatBuffer states, int tokens) {
    float[] vector = new float[dimension()];
    int used = model.takesFirstToken() ? 1 : tokens;
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
