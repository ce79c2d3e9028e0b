package org.seesong.model.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.seesong.encoder.ChannelOrder;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.PixelLayout;
import org.seesong.model.WeightsException;

/**
 * A network somebody exported to ONNX: what it says of itself, checked against what an encoder
 * needs before anything runs. Immutable.
 */
public final class OnnxFile {
  /** What facts about feeding pictures begin with in a file's metadata. */
  private static final String PREFIX = "seesong.";

  private static final int CHANNELS = 3;

  private final Path file;
  private final OnnxModel model;

  private OnnxFile(Path file, OnnxModel model) {
    this.file = file;
    this.model = model;
  }

  /**
   * Reads a file's description of itself.
   *
   * @param file an ONNX file; files it names lie in its folder or below
   * @return the network
   * @throws WeightsException if it is no ONNX file or is damaged, with the reason
   * @throws IOException if it cannot be read
   */
  public static OnnxFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new WeightsException(
          file, Files.exists(file) ? "is no file; give an .onnx file" : "no such file");
    }
    return new OnnxFile(file, OnnxModel.read(file));
  }

  /**
   * A fact that the maker of the file put into its metadata, so that nobody needs to tell it.
   *
   * @param key {@code scaling}, {@code channels}, {@code output}, {@code note}
   * @return the metadata's entry {@code seesong.KEY}
   */
  public Optional<String> fact(String key) {
    return Optional.ofNullable(model.metadata().get(PREFIX + key));
  }

  /**
   * A request of nothing but the file's own facts, for files made to be imported as they are.
   *
   * @param name what to call the model
   * @return the request
   * @throws WeightsException if the file does not say its scaling, or says something senseless
   */
  public ImportRequest request(String name) throws IOException {
    try {
      String scaling =
          fact("scaling")
              .orElseThrow(
                  () -> new IllegalArgumentException("it does not say " + PREFIX + "scaling"));
      ChannelOrder order = ChannelOrder.valueOf(fact("channels").orElse(ChannelOrder.RGB.name()));
      return ImportRequest.of(name, scaling)
          .withTensors("", "", fact("output").orElse(""))
          .withPicture(0, order)
          .withFacts(true, fact("note").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new WeightsException(
          file,
          "does not tell how pictures are fed: " + e.getMessage() + "; import it by --onnx",
          e);
    }
  }

  /**
   * Completes a request by what the file says.
   *
   * @param request input, output and size may be empty
   * @param layout order of the input's axes; empty to take it from the input's shape
   * @return the request with input, output, size and layout
   * @throws WeightsException if the network is none that takes pictures and gives vectors, or the
   *     request does not fit it; says what there is
   */
  public ImportRequest complete(ImportRequest request, Optional<PixelLayout> layout)
      throws IOException {
    if (model.inputs().size() != 1) {
      throw new WeightsException(
          file,
          "must have one input, the pictures, but has: " + OnnxModel.describe(model.inputs()));
    }
    OnnxValue input = choose("input", request.inputName(), model.inputs());
    OnnxValue output = choose("output", request.outputName(), model.outputs());
    requireVector(output);
    if (!request.classesOutput().isEmpty()) {
      requireVector(choose("output", request.classesOutput(), model.outputs()));
    }
    PixelLayout found = layout(input, layout);
    return request
        .withTensors("", input.name(), output.name())
        .withPicture(size(input, found, request.size()), request.channelOrder())
        .withLayout(found);
  }

  private OnnxValue choose(String kind, String wanted, List<OnnxValue> values)
      throws WeightsException {
    String there = "; there is: " + OnnxModel.describe(values);
    if (wanted.isEmpty() && values.size() != 1) {
      throw new WeightsException(file, "has several " + kind + "s; choose one" + there);
    }
    OnnxValue value =
        values.stream()
            .filter(one -> wanted.isEmpty() || one.name().equals(wanted))
            .findFirst()
            .orElse(null);
    if (value == null) {
      throw new WeightsException(file, "has no " + kind + " '" + wanted + "'" + there);
    }
    if (!value.isFloat()) {
      throw new WeightsException(file, kind + " must be float32, but is: " + value);
    }
    return value;
  }

  private void requireVector(OnnxValue output) throws WeightsException {
    List<Long> sizes = output.sizes();
    boolean flat =
        sizes.size() >= 2 && sizes.stream().skip(2).allMatch(size -> size == 1 || size == -1);
    if (output.shaped() && !flat) {
      throw new WeightsException(
          file,
          "output must be a vector a picture, [N, dimension], but is: "
              + output
              + "; export the network with the pooled vector, or the class token, as an output");
    }
  }

  private PixelLayout layout(OnnxValue input, Optional<PixelLayout> told) throws WeightsException {
    List<Long> sizes = input.sizes();
    if (input.shaped() && sizes.size() != 4) {
      throw new WeightsException(
          file, "input must be pictures, [N, 3, size, size], but is: " + input);
    }
    if (input.shaped() && sizes.get(0) >= 0) {
      throw new WeightsException(
          file,
          "takes "
              + sizes.get(0)
              + " pictures a call and no other number: "
              + input
              + "; export it with a first axis that may vary (dynamic_axes={'"
              + input.name()
              + "': {0: 'n'}, ...} of torch.onnx.export)");
    }
    boolean first = input.shaped() && sizes.get(1) == CHANNELS;
    boolean last = input.shaped() && sizes.get(3) == CHANNELS;
    if (told.isPresent() && input.shaped()) {
      long channels = sizes.get(told.get() == PixelLayout.NCHW ? 1 : 3);
      if (!fits(channels, CHANNELS)) {
        throw new WeightsException(
            file, "has " + channels + " channels, not 3, by " + told.get() + ": " + input);
      }
    }
    if (told.isEmpty() && first == last) {
      throw new WeightsException(
          file, "does not say where its 3 channels are: " + input + "; say --layout nchw or nhwc");
    }
    return told.orElse(first ? PixelLayout.NCHW : PixelLayout.NHWC);
  }

  private static boolean fits(long stated, long wanted) {
    return stated == wanted || stated < 0;
  }

  private int size(OnnxValue input, PixelLayout layout, int wanted) throws WeightsException {
    int axis = layout == PixelLayout.NCHW ? 2 : 1;
    long height = input.shaped() ? input.sizes().get(axis) : -1;
    long width = input.shaped() ? input.sizes().get(axis + 1) : -1;
    long size = wanted > 0 ? wanted : Math.max(height, width);
    if (size < 1) {
      throw new WeightsException(
          file, "does not say how large its pictures are: " + input + "; say --size N");
    }
    if (!fits(height, size) || !fits(width, size) || size > Integer.MAX_VALUE) {
      throw new WeightsException(
          file, "takes pictures of another size than " + size + " x " + size + ": " + input);
    }
    return (int) size;
  }

  /**
   * Copies the network to an empty folder, as {@code model.onnx} and what files it names.
   *
   * @param folder where to
   * @throws WeightsException if a file it names is missing
   * @throws IOException if the disk is full or fails
   */
  public void copyTo(Path folder) throws IOException {
    Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
    for (String other : model.otherFiles()) {
      Path from = parent.resolve(other);
      if (!Files.isRegularFile(from)) {
        throw new WeightsException(
            file, "has weights in '" + other + "', which is not beside it; put it there");
      }
      Path to = folder.resolve(other);
      if (to.equals(folder.resolve("model.onnx"))) {
        throw new WeightsException(file, "has weights in 'model.onnx'; export it under that name");
      }
      Files.createDirectories(Objects.requireNonNull(to.getParent()));
      copy(from, to);
    }
    copy(file, folder.resolve("model.onnx"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to);
    try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
