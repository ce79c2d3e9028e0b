package org.seesong.jmh.winograd;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.seesong.app.EncodeCost;
import org.seesong.image.Engine;
import org.seesong.image.ImageEncoder;
import org.seesong.image.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.model.FloatStream;
import org.seesong.model.Preprocessing;
import org.seesong.model.Vgg19;
import org.seesong.model.VggLayer;
import org.seesong.model.VggNetwork;
import org.seesong.model.WeightSource;

/**
 * One layer of VGG-19 by minimal filtering against the same layer in both engines, one thread, in
 * turn. An engine's layer is a network with two convolutions less one with the first of them alone.
 * Arguments: a folder for the networks, then {@code SIDExCHANNELS} for each layer.
 */
public final class WinogradComparison {
  private static final int ROUNDS = 9;

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final ModelHome home;

  private WinogradComparison(Path folder) {
    home = new ModelHome(folder);
  }

  /**
   * Compares.
   *
   * @param arguments a folder, then layers such as {@code 28x512}
   * @throws Exception if an engine fails
   */
  public static void main(String[] arguments) throws Exception {
    WinogradComparison comparison =
        new WinogradComparison(Files.createDirectories(Path.of(arguments[0])));
    for (int i = 1; i < arguments.length; i++) {
      String[] layer = arguments[i].split("x");
      comparison.layer(Integer.parseInt(layer[0]), Integer.parseInt(layer[1]));
    }
  }

  private void layer(int side, int channels) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    float[] input = new float[side * side * channels];
    for (int i = 0; i < input.length; i++) {
      // After ReLU half of all numbers are 0.
      input[i] = Math.max(0, (float) random.nextDouble(-1, 1));
    }
    float[] weights = new float[9 * channels * channels];
    double limit = Math.sqrt(6.0 / 9 / channels);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-limit, limit);
    }
    float[] output = new float[input.length];
    List<Runnable> work = new ArrayList<>();
    for (Minimal minimal : List.of(Minimal.F2, Minimal.F4)) {
      WinogradLayer layer = new WinogradLayer(minimal, side, channels, channels, weights);
      layer.run(input, output);
      out.printf(
          Locale.ROOT,
          "%dx%d F(%d): %.1e of the norm from the exact result%n",
          side,
          channels,
          minimal.tile(),
          error(input, weights, output, side, channels));
      work.add(() -> layer.run(input, output));
    }
    List<ImageEncoder> open = new ArrayList<>();
    RgbImage picture = EncodeCost.noise(side, 1);
    for (Engine engine : Engine.values()) {
      for (int convolutions = 1; convolutions <= 2; convolutions++) {
        ImageEncoder encoder = engine(engine, side, channels, convolutions);
        open.add(encoder);
        work.add(() -> encoder.encode(List.of(picture)));
      }
    }
    double[] millis = measure(work);
    open.forEach(ImageEncoder::close);
    out.printf(
        Locale.ROOT,
        "%dx%d CPU-ms: F(2) %.1f, F(4) %.1f, ONNX Runtime %.1f, TensorFlow %.1f%n",
        side,
        channels,
        millis[0],
        millis[1],
        millis[3] - millis[2],
        millis[5] - millis[4]);
  }

  /** CPU-milliseconds of each, the median of some rounds in turn. */
  private static double[] measure(List<Runnable> work) {
    double[][] millis = new double[work.size()][ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      for (int w = 0; w < work.size(); w++) {
        int times = 10;
        long before = cpu().toNanos();
        for (int i = 0; i < times; i++) {
          work.get(w).run();
        }
        if (round >= 0) {
          millis[w][round] = (cpu().toNanos() - before) / 1e6 / times;
        }
      }
    }
    double[] medians = new double[work.size()];
    for (int w = 0; w < medians.length; w++) {
      Arrays.sort(millis[w]);
      medians[w] = millis[w][ROUNDS / 2];
    }
    return medians;
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private ImageEncoder engine(Engine engine, int side, int channels, int convolutions)
      throws Exception {
    VggNetwork network =
        new VggNetwork(side, List.of(new VggNetwork.Block(convolutions, channels)), List.of(16));
    String name = engine.id() + "-" + side + "-" + channels + "-" + convolutions;
    if (home.find(name).isEmpty()) {
      Vgg19.Target target = new Vgg19.Target(home, name, engine, false);
      Vgg19.install(new Random(network), target, done -> {});
    }
    return home.open(name, 1);
  }

  /** The distance from the exact result, over some of the outputs. */
  private static double error(
      float[] input, float[] weights, float[] output, int side, int channels) {
    double apart = 0;
    double length = 0;
    for (int o = 0; o < channels; o += 7) {
      for (int y = 0; y < side; y += 3) {
        for (int x = 0; x < side; x += 3) {
          double exact = 0;
          for (int place = 0; place < 9; place++) {
            int row = y + place / 3 - 1;
            int column = x + place % 3 - 1;
            if (row >= 0 && row < side && column >= 0 && column < side) {
              for (int i = 0; i < channels; i++) {
                exact +=
                    (double) input[(row * side + column) * channels + i]
                        * weights[(place * channels + i) * channels + o];
              }
            }
          }
          apart += Math.pow(output[(y * side + x) * channels + o] - exact, 2);
          length += exact * exact;
        }
      }
    }
    return Math.sqrt(apart / length);
  }

  /** Weights for a network of any shape. */
  private record Random(VggNetwork network) implements WeightSource {
    @Override
    public String name() {
      return "random";
    }

    @Override
    public Preprocessing preprocessing() {
      return Preprocessing.KERAS;
    }

    @Override
    public boolean trained() {
      return false;
    }

    @Override
    public String note() {
      return "random";
    }

    @Override
    public FloatStream kernel(VggLayer layer) {
      SplittableRandom random = new SplittableRandom(layer.name().hashCode());
      return (target, count) -> {
        for (int i = 0; i < count; i++) {
          target[i] = (float) random.nextDouble(-.02, .02);
        }
      };
    }

    @Override
    public FloatStream bias(VggLayer layer) {
      return (target, count) -> Arrays.fill(target, 0, count, 0f);
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
