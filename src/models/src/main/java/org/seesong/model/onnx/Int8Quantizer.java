package org.seesong.model.onnx;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.seesong.encoder.ActivationRun;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.Precision;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.model.WeightsException;

/**
 * Static quantisation (Jacob et al., Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference, CVPR 2018): activations become unsigned bytes with ranges seen
 * on calibration pictures, weights signed bytes with a scale a channel, biases 32-bit integers.
 * Integer sums are exact, so the bits depend on neither batch nor processor.
 *
 * <p>Takes about the time of encoding the calibration pictures in float32, and the heap of one
 * picture's largest activation.
 */
public final class Int8Quantizer {
  /** Every fifth picture is kept apart, to compare both networks on. */
  private static final int CHECKED = 5;

  private final Path file;
  private final ImportRequest request;
  private final Calibration calibration;

  private Int8Quantizer(Path file, ImportRequest request, Calibration calibration) {
    this.file = file;
    this.request = request;
    this.calibration = calibration;
  }

  /**
   * Quantises a network.
   *
   * @param file a float32 network, in a folder that can be written to
   * @param request its input, output and size, and how pictures are fed
   * @param calibration the pictures
   * @param folder an empty folder, for {@code model.onnx} and {@code weights}
   * @return the request to import what was written; its note tells how near the vectors are
   * @throws WeightsException if the network cannot be quantised, with the reason
   * @throws IOException if files cannot be read or written, or too few pictures can be read
   * @throws InterruptedException if the thread is interrupted
   */
  public static ImportRequest quantise(
      Path file, ImportRequest request, Calibration calibration, Path folder)
      throws IOException, InterruptedException {
    Fidelity fidelity = new Int8Quantizer(file, request, calibration).run(folder);
    String how =
        String.format(
            Locale.ROOT,
            "int8, ranges by %s of %d pictures; cosine to float32 on %d others: mean %.4f, least"
                + " %.4f",
            calibration.method().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            fidelity.calibrated(),
            fidelity.compared(),
            fidelity.meanCosine(),
            fidelity.leastCosine());
    String note = request.note().isEmpty() ? how : request.note() + "; " + how;
    return request.withFacts(request.trained(), note).withPrecision(Precision.INT8);
  }

  private Fidelity run(Path folder) throws IOException, InterruptedException {
    OnnxModel model = OnnxModel.read(file);
    Int8Plan plan;
    try {
      plan = Int8Plan.of(model);
    } catch (IllegalArgumentException e) {
      throw new WeightsException(file, "cannot be quantised: " + e.getMessage(), e);
    }
    List<RgbImage> pictures = pictures();
    Map<String, Histogram> seen = new TreeMap<>();
    List<float[]> expected = new ArrayList<>();
    Set<String> tensors = new LinkedHashSet<>(plan.ranges());
    tensors.addAll(plan.channels().keySet());
    Map<String, ChannelMeans> means = new HashMap<>();
    plan.channels().forEach((name, channels) -> means.put(name, new ChannelMeans(channels)));
    Map<String, float[]> scales = new HashMap<>();
    Path observed = observed(tensors);
    try (ActivationRun run = ActivationRun.open(observed, request)) {
      scales.putAll(scales(run, plan.scaled(), pictures));
      for (int i = 0; i < pictures.size(); i++) {
        requireNotInterrupted();
        if (i % CHECKED == 0) {
          expected.add(vector(run, pictures.get(i)));
        } else {
          run.run(
              pictures.get(i),
              tensors,
              (name, numbers) -> {
                FloatBuffer scaled =
                    scales.containsKey(name)
                        ? ChannelScales.scaled(numbers, scales.get(name))
                        : numbers;
                if (means.containsKey(name)) {
                  means.get(name).add(scaled.duplicate());
                }
                if (plan.ranges().contains(name)) {
                  seen.computeIfAbsent(name, n -> new Histogram()).add(scaled);
                }
              });
        }
      }
    } catch (IllegalArgumentException e) {
      throw new WeightsException(file, "cannot be quantised: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(observed);
    }
    Map<String, ActivationRange> ranges = new HashMap<>();
    seen.forEach((name, histogram) -> ranges.put(name, histogram.range(calibration.method())));
    Path source = file.toAbsolutePath().getParent();
    Activations activations = new Activations(ranges, means, scales);
    Int8Writer.write(model, source, plan.steps(), activations, folder);
    try (ActivationRun run = ActivationRun.open(folder.resolve("model.onnx"), request)) {
      List<float[]> found = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i += CHECKED) {
        found.add(vector(run, pictures.get(i)));
      }
      return Fidelity.of(pictures.size() - found.size(), expected, found);
    }
  }

  private static Map<String, float[]> scales(
      ActivationRun run, Map<String, Integer> channels, List<RgbImage> pictures)
      throws InterruptedException {
    Map<String, ChannelScales> seen = new HashMap<>();
    channels.forEach((name, number) -> seen.put(name, new ChannelScales(number)));
    for (int i = 0; i < pictures.size() && !seen.isEmpty(); i++) {
      requireNotInterrupted();
      if (i % CHECKED != 0) {
        run.run(pictures.get(i), seen.keySet(), (name, numbers) -> seen.get(name).add(numbers));
      }
    }
    Map<String, float[]> scales = new HashMap<>();
    seen.forEach((name, one) -> scales.put(name, one.scales()));
    return scales;
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while calibrating");
    }
  }

  /** The network with activations among its outputs, in a file beside it. */
  private Path observed(Set<String> tensors) throws IOException {
    Path observed = Files.createTempFile(file.toAbsolutePath().getParent(), "observed", ".onnx");
    Files.write(observed, Files.readAllBytes(file));
    Files.write(observed, OnnxGraph.moreOutputs(tensors), StandardOpenOption.APPEND);
    return observed;
  }

  private float[] vector(ActivationRun run, RgbImage picture) {
    float[][] vector = new float[1][];
    run.run(picture, Set.of(request.outputName()), (name, numbers) -> vector[0] = floats(numbers));
    return vector[0];
  }

  private static float[] floats(FloatBuffer numbers) {
    float[] floats = new float[numbers.remaining()];
    numbers.get(floats);
    return floats;
  }

  private List<RgbImage> pictures() throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    List<RgbImage> pictures = new ArrayList<>();
    ImageException last = null;
    for (Path picture : calibration.pictures()) {
      try {
        ImageSize size = ImageSize.square(request.size());
        pictures.add(decoder.decode(picture, size).resizedTo(request.size(), request.size()));
      } catch (ImageException e) {
        last = e;
      }
    }
    if (pictures.size() < Calibration.LEAST) {
      throw new IOException(
          "only "
              + pictures.size()
              + " of "
              + calibration.pictures().size()
              + " pictures for calibration can be read, and it needs "
              + Calibration.LEAST
              + (last == null ? "" : "; the last problem: " + last.getMessage()),
          last);
    }
    return pictures;
  }

  /**
   * How near a quantised network's vectors are to the float32 ones, on pictures that the ranges do
   * not come from.
   *
   * @param calibrated pictures that the ranges come from
   * @param compared pictures that were compared
   * @param meanCosine mean of the cosines
   * @param leastCosine the least of them
   */
  record Fidelity(int calibrated, int compared, double meanCosine, double leastCosine) {
    static Fidelity of(int calibrated, List<float[]> expected, List<float[]> found) {
      double[] cosines = new double[expected.size()];
      Arrays.setAll(cosines, i -> cosine(expected.get(i), found.get(i)));
      return new Fidelity(
          calibrated,
          cosines.length,
          Arrays.stream(cosines).average().orElse(0),
          Arrays.stream(cosines).min().orElse(0));
    }

    private static double cosine(float[] a, float[] b) {
      double dot = 0;
      double squareA = 0;
      double squareB = 0;
      for (int i = 0; i < a.length; i++) {
        dot += (double) a[i] * b[i];
        squareA += (double) a[i] * a[i];
        squareB += (double) b[i] * b[i];
      }
      // Two vectors of nothing but zeros are the same.
      return squareA * squareB > 0
          ? dot / Math.sqrt(squareA * squareB)
          : squareA == squareB ? 1 : 0;
    }
  }
}
