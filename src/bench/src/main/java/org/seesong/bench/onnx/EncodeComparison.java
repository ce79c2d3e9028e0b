package org.seesong.bench.onnx;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seesong.bench.encode.EncodeCost;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.model.Vgg19;
import org.seesong.model.VggNetwork;
import org.seesong.model.WeightSource;

/**
 * VGG-19 with the same random weights in both engines, which take turns, so that whatever else the
 * machine does meets both. Prints a line of JSON for each engine and batch size, after checking
 * that both give the same vectors. Options: {@code --threads N}, {@code --batch 1,8}, {@code
 * --rounds N}, {@code --engines tensorflow,onnx}, {@code --work DIR}.
 *
 * <p>Memory is the process's, both engines together, unless one engine is named.
 */
public final class EncodeComparison {
  private static final long SEED = 1;

  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<String, ImageEncoder> encoders = new LinkedHashMap<>();
  private final Map<String, Double> firstVector = new LinkedHashMap<>();
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private EncodeComparison(String[] arguments) {
    options.put("--threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
    options.put("--batch", "1,8");
    options.put("--rounds", "5");
    options.put("--engines", "tensorflow,onnx");
    options.put("--work", Path.of(System.getProperty("java.io.tmpdir"), "seesong-onnx").toString());
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      if (options.put(arguments[i], arguments[i + 1]) == null) {
        throw new IllegalArgumentException(
            "unknown option " + arguments[i] + "; there are: " + options.keySet());
      }
    }
  }

  /**
   * Runs the comparison.
   *
   * @param arguments options with their values
   * @throws Exception if an engine fails or the engines disagree
   */
  public static void main(String[] arguments) throws Exception {
    new EncodeComparison(arguments).run();
  }

  private void run() throws Exception {
    int threads = Integer.parseInt(options.get("--threads"));
    Path work = Files.createDirectories(Path.of(options.get("--work")));
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      pictures.add(EncodeCost.noise(VggNetwork.VGG19.side(), i));
    }
    ModelHome home = new ModelHome(work);
    for (String name : options.get("--engines").split(",")) {
      install(home, Engine.valueOf(name.toUpperCase(Locale.ROOT)));
      long start = System.nanoTime();
      ImageEncoder encoder = home.open(name, threads);
      encoder.encode(pictures.subList(0, 1));
      firstVector.put(name, (System.nanoTime() - start) / 1e6);
      encoders.put(name, encoder);
    }
    agree(pictures);
    for (String batch : options.get("--batch").split(",")) {
      measure(Integer.parseInt(batch), pictures, threads);
    }
    encoders.values().forEach(ImageEncoder::close);
  }

  private static void install(ModelHome home, Engine engine) throws Exception {
    if (home.find(engine.id()).isEmpty()) {
      try (WeightSource weights = Vgg19.random(SEED)) {
        Vgg19.install(
            weights,
            new Vgg19.Target(home, engine.id(), engine, List.of(), false, Optional.empty()),
            done -> {});
      }
    }
  }

  /** The engines must compute the same thing before their speed is of interest. */
  private void agree(List<RgbImage> pictures) {
    float[] first = null;
    for (ImageEncoder encoder : encoders.values()) {
      float[] vectors = encoder.encode(pictures.subList(0, 2));
      first = first == null ? vectors : first;
      double apart = 0;
      double length = 0;
      for (int i = 0; i < vectors.length; i++) {
        apart += Math.pow((double) vectors[i] - first[i], 2);
        length += Math.pow(first[i], 2);
      }
      double share = Math.sqrt(apart / length);
      if (!(share < 1e-5)) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "the engines' vectors are %.1e of a norm apart", share));
      }
    }
  }

  private void measure(int batch, List<RgbImage> pictures, int threads) throws Exception {
    EncodeCost.forgetPeak();
    Map<String, EncodeCost.Meter> meters = new LinkedHashMap<>();
    encoders.forEach((name, e) -> meters.put(name, new EncodeCost.Meter(e, pictures, batch)));
    meters.values().forEach(EncodeCost.Meter::round);
    meters.values().forEach(EncodeCost.Meter::reset);
    for (int round = 0; round < Integer.parseInt(options.get("--rounds")); round++) {
      meters.values().forEach(EncodeCost.Meter::round);
    }
    ObjectMapper json = new ObjectMapper();
    for (Map.Entry<String, EncodeCost.Meter> entry : meters.entrySet()) {
      String engine = entry.getKey();
      EncodeCost cost =
          entry.getValue().cost(engine, "vgg19-random", threads, firstVector.get(engine));
      out.println(json.writeValueAsString(cost.toMap()));
    }
  }
}
