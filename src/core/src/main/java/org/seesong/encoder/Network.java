package org.seesong.encoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A network that an engine has loaded. Safe for any number of threads; its owner closes it only
 * when nothing runs.
 */
interface Network extends AutoCloseable {
  /**
   * Runs some pictures through it.
   *
   * @param input float32 pictures as the network wants them, read before this returns
   * @param pictures how many, at least 1
   * @param classes whether class probabilities are wanted too; the model then has an output of them
   * @return whatever numbers the network gives
   * @throws EncoderException if the engine fails
   */
  Output run(ByteBuffer input, int pictures, boolean classes);

  /**
   * What one run gave.
   *
   * @param vectors numbers of the model's output, picture after picture
   * @param probabilities numbers of its output of classes; empty if they were not wanted
   */
  record Output(float[] vectors, float[] probabilities) {
    /** The outputs of calls with one picture after another, as if of one call. */
    static Output of(List<Output> calls) {
      return new Output(
          joined(calls.stream().map(Output::vectors).toList()),
          joined(calls.stream().map(Output::probabilities).toList()));
    }

    private static float[] joined(List<float[]> parts) {
      FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
      parts.forEach(all::put);
      return all.array();
    }
  }

  @Override
  void close();

  /**
   * Loads a network.
   *
   * @param folder with the engine's files
   * @param model what engine, and what its input and output are called
   * @param threads how many it computes with, at least 1
   * @throws EncoderException if the engine does not start or load it
   */
  static Network load(Path folder, ModelDescription model, int threads) throws IOException {
    return switch (model.engine()) {
      case ONNX -> OnnxNetwork.load(folder, model, threads);
      case TENSORFLOW -> TensorFlowNetwork.load(folder, model, threads);
    };
  }
}
