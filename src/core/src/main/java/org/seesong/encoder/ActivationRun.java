package org.seesong.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.seesong.image.RgbImage;

/**
 * Runs an ONNX graph picture by picture and shows any of its outputs, such as activations inside
 * the network that quantisation must know the ranges of. Not safe for several threads.
 */
public final class ActivationRun implements AutoCloseable {
  private final Path graph;
  private final ImportRequest request;
  private final PixelFeed feed;
  private final ByteBuffer input;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private ActivationRun(
      Path graph, ImportRequest request, OrtEnvironment environment, OrtSession session) {
    this.graph = graph;
    this.request = request;
    this.feed = new PixelFeed(request.scaling(), request.channelOrder(), request.layout());
    this.input =
        ByteBuffer.allocateDirect(
                PixelFeed.CHANNELS * request.size() * request.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads a graph.
   *
   * @param graph an ONNX file
   * @param request its input, and how pictures are fed to it
   * @return the run, to be closed by the caller
   * @throws EncoderException if ONNX Runtime does not start or load it
   */
  public static ActivationRun open(Path graph, ImportRequest request) {
    OrtEnvironment environment = OnnxNetwork.start();
    int threads = Runtime.getRuntime().availableProcessors();
    try (OrtSession.SessionOptions options = OnnxNetwork.options(threads, request.precision())) {
      environment.setTelemetry(false);
      return new ActivationRun(
          graph, request, environment, environment.createSession(graph.toString(), options));
    } catch (OrtException e) {
      throw new EncoderException("ONNX Runtime does not load " + graph + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a graph again with constants computed, batch normalisation made part of convolutions,
   * and what does nothing left out (ONNX Runtime's basic optimisations).
   *
   * @param graph an ONNX file
   * @param target the file to write, in the same folder, since it names the same files of weights
   * @throws EncoderException if ONNX Runtime does not start, load or write it
   */
  public static void simplify(Path graph, Path target) {
    OrtEnvironment environment = OnnxNetwork.start();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
      options.setOptimizedModelFilePath(target.toString());
      environment.createSession(graph.toString(), options).close();
    } catch (OrtException e) {
      throw new EncoderException("ONNX Runtime does not load " + graph + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs one picture.
   *
   * @param picture of the network's size
   * @param outputs float32 outputs of the graph
   * @param visitor given each output's name and numbers, which are gone when it returns
   * @throws EncoderException if the engine fails
   */
  public void run(RgbImage picture, Set<String> outputs, BiConsumer<String, FloatBuffer> visitor) {
    feed.fill(input.clear().order(ByteOrder.nativeOrder()).asFloatBuffer(), List.of(picture));
    long[] shape = request.layout().shape(1, request.size());
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input.asFloatBuffer(), shape);
        OrtSession.Result result = session.run(Map.of(request.inputName(), tensor), outputs)) {
      for (String output : outputs) {
        OnnxTensor numbers = (OnnxTensor) result.get(output).orElseThrow();
        visitor.accept(
            output, numbers.getByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer());
      }
    } catch (OrtException e) {
      throw new EncoderException(graph + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EncoderException("ONNX Runtime does not close: " + e.getMessage(), e);
    }
  }
}
