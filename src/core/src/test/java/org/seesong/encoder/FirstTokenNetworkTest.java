package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstTokenNetworkTest {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = FirstTokenNetworkTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** What a network gives for one text: tokens x numbers. */
  private static float[][] run(byte[] network, long... tokens) throws OrtException {
    long[] ones = new long[tokens.length];
    Arrays.fill(ones, 1);
    try (OrtSession session = ENVIRONMENT.createSession(network);
        OnnxTensor ids = tensor(tokens);
        OnnxTensor mask = tensor(ones);
        OnnxTensor types = tensor(new long[tokens.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return ((float[][][]) result.get(0).getValue())[0];
    }
  }

  private static OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        ENVIRONMENT, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bge-small-zh-v1.5-q.onnx", "/e5-small-v2-q.onnx"})
  void theFirstTokensVectorStays(String name) throws Exception {
    byte[] whole = resource(name);
    byte[] cut = FirstTokenNetwork.of(whole);
    assertThat(cut).isNotEqualTo(whole);
    for (long[] tokens :
        new long[][] {{101, 102}, {101, 7433, 102}, {101, 5, 999, 2000, 42, 102}}) {
      float[][] all = run(whole, tokens);
      float[][] first = run(cut, tokens);
      assertThat(all).hasNumberOfRows(tokens.length);
      assertThat(first).hasNumberOfRows(1);
      // Bytes of one row have a finer scale than those of all rows.
      double same = cosine(all[0], first[0]);
      assertThat(same).isGreaterThan(.999).isGreaterThan(cosine(all[1], first[0]));
    }
  }

  @Test
  void anotherNetworkStaysWhole() {
    // A graph with one operation, "Softmax" of "x".
    byte[] other = {
      0x3a, 0x14, 0x0a, 0x12, 0x0a, 1, 'x', 0x12, 1, 'y', 0x22, 7, 'S', 'o', 'f', 't', 'm', 'a',
      'x', 0x1a, 1, 'n'
    };
    assertThat(FirstTokenNetwork.of(other)).isSameAs(other);
  }

  @Test
  void whatIsNoNetworkIsRefused() {
    // The last one has a graph that is longer than the file.
    for (String text : new String[] {"", "no network at all", ":\u0014\n", ":"}) {
      assertThatThrownBy(() -> FirstTokenNetwork.of(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(EncoderException.class)
          .hasMessage("the text model's network is no ONNX file");
    }
  }
}
