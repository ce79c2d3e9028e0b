package org.seesong.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.seesong.io.Digests;

/**
 * Weights on their way from a file to a model: refuses numbers that are none and takes the digest
 * that names them, which depends neither on the file they come from nor on the one they go to, nor
 * on the layer of classes, which vectors do not depend on. A writer of a model reads each layer's
 * kernel, then its bias, layer after layer.
 */
final class CheckedWeights {
  private static final int CHUNK = 1 << 16;

  private final WeightSource source;
  private final MessageDigest digest = Digests.sha256();
  private final ByteBuffer bytes =
      ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  CheckedWeights(WeightSource source) {
    this.source = source;
  }

  VggNetwork network() {
    return source.network();
  }

  FloatStream kernel(VggLayer layer) throws IOException {
    return checked(layer, "kernel", layer.kernelShape(), source.kernel(layer));
  }

  FloatStream bias(VggLayer layer) throws IOException {
    return checked(layer, "bias", layer.biasShape(), source.bias(layer));
  }

  /** SHA-256 over names, shapes and numbers, once all are read. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private FloatStream checked(
      VggLayer layer, String part, List<Integer> shape, FloatStream numbers) {
    String of = "layer " + layer.name() + ": " + part;
    FloatStream finite = new FiniteStream(source.name(), of, shape, numbers);
    if (layer.isClasses()) {
      return finite;
    }
    digest.update((of + " " + shape + "\n").getBytes(StandardCharsets.UTF_8));
    return (target, count) -> {
      finite.read(target, count);
      for (int at = 0; at < count; at += CHUNK) {
        int some = Math.min(CHUNK, count - at);
        bytes.clear().asFloatBuffer().put(target, at, some);
        digest.update(bytes.limit(some * Float.BYTES));
      }
    };
  }
}
