package org.seesong.encoder;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.seesong.image.ImageDecoder;
import org.seesong.io.Digests;

/**
 * What must be known to feed pictures to a network and to name the vector space it makes. Stored as
 * {@code model.json} beside the model.
 *
 * @param formatVersion layout of {@code model.json}, {@value #FORMAT_VERSION}
 * @param name what users call it: a-z, 0-9, dot, underscore, hyphen
 * @param engine what runs it
 * @param weights SHA-256 of the weights themselves, whatever file holds them; empty where only the
 *     files are known
 * @param signature which of a SavedModel's signatures is run
 * @param inputName the input, pictures as float32 in the order of {@code layout}
 * @param outputName the output, vectors as float32 with {@code dimension} numbers each
 * @param size side of the square pictures
 * @param scaling what is done to a pixel's value p first, such as {@code (p-128)/128}
 * @param channelOrder order of a pixel's channels
 * @param layout order of the input's axes
 * @param dimension numbers in a vector
 * @param classesOutput the output of class probabilities, float32 with a number for each of {@code
 *     classNames}; empty if the model has none
 * @param classNames what the classes are called, in the output's order, such as {@code goldfish,
 *     Carassius auratus}; empty if the model has no classes
 * @param trained false for weights that mean nothing (made for tests)
 * @param precision the numbers the network computes with
 * @param batchInvariant whether a picture's vector has the same bits alone as among others; if not,
 *     one picture alone is fed twice
 * @param note free text, no part of the id
 * @param files the model's files, sorted by path
 */
public record ModelDescription(
    int formatVersion,
    String name,
    Engine engine,
    String weights,
    String signature,
    String inputName,
    String outputName,
    int size,
    String scaling,
    ChannelOrder channelOrder,
    PixelLayout layout,
    int dimension,
    String classesOutput,
    List<String> classNames,
    boolean trained,
    Precision precision,
    boolean batchInvariant,
    String note,
    List<ModelFile> files) {
  /** The layout this version writes and reads. */
  public static final int FORMAT_VERSION = 5;

  private static final int MAX_SIZE = 4096;

  private static final Pattern UNTRAINED_ID = Pattern.compile(".*-untrained-[0-9a-f]{12}(-unit)?");

  public ModelDescription {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "it has format version "
              + formatVersion
              + ", but this version of Seesong reads "
              + FORMAT_VERSION);
    }
    ModelNames.require(name);
    Objects.requireNonNull(engine, "engine");
    requireDigest(weights);
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(inputName, "inputName");
    Objects.requireNonNull(outputName, "outputName");
    Objects.requireNonNull(channelOrder, "channelOrder");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(note, "note");
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException("size must be within 1 to 4096; got: " + size);
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be at least 1; got: " + dimension);
    }
    if (trained && name.endsWith("-untrained")) {
      throw new IllegalArgumentException(
          "a name ends with '-untrained' where the weights are; got: '" + name + "'");
    }
    Scaling.parse(scaling);
    classNames = ClassNames.checked(classesOutput, classNames);
    files = files.stream().sorted(Comparator.comparing(ModelFile::path)).toList();
  }

  /** Fails for what is neither empty nor a SHA-256. */
  static void requireDigest(String weights) {
    if (!weights.matches("([0-9a-f]{64})?")) {
      throw new IllegalArgumentException(
          "weights must be empty or have 64 hexadecimal digits; got: '" + weights + "'");
    }
  }

  /**
   * One digest for all files of the model.
   *
   * @return SHA-256 over their paths and digests, 64 hexadecimal digits
   */
  public String sha256() {
    StringBuilder lines = new StringBuilder();
    for (ModelFile file : files) {
      lines.append(file.sha256()).append("  ").append(file.path()).append('\n');
    }
    return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Names the vector space: the name, and twelve digits that change with the weights (where these
   * are not known, with the model's files), with anything here that changes vectors, or with {@link
   * ImageDecoder#VERSION}. The engine has no part in it, since its vectors are the same up to
   * rounding. The name of a space that means nothing says so: {@code
   * vgg19-random-untrained-0123456789ab}.
   *
   * @return the encoder's id
   */
  public String encoderId() {
    String text =
        String.join(
            "\n",
            weights.isEmpty()
                ? String.join("\n", sha256(), signature, inputName, outputName)
                : "weights " + weights,
            Integer.toString(size),
            scaling,
            // Models of the first layout keep the ids they had before there was another.
            channelOrder.name() + (layout == PixelLayout.NHWC ? "" : " " + layout),
            Integer.toString(dimension),
            "decoding " + ImageDecoder.VERSION);
    return name
        + (trained ? "-" : "-untrained-")
        + Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  /**
   * Whether vectors are of an untrained network, whose distances mean nothing: good for tests of
   * load and speed only.
   *
   * @param encoderId what an encoder, an index or an answer says
   * @return true for {@link #encoderId()} of a model that is not trained
   */
  public static boolean saysUntrained(String encoderId) {
    return UNTRAINED_ID.matcher(encoderId).matches();
  }
}
