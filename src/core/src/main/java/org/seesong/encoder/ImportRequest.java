package org.seesong.encoder;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What is said about a model to import. Start with {@link #of}.
 *
 * @param name what to call it
 * @param scaling what is done to a pixel's value p first, such as {@code (p-128)/128}
 * @param signature which signature of a SavedModel to run
 * @param inputName the input; empty for the only one
 * @param outputName the output; empty for the only one
 * @param size side of the square pictures; 0 to take it from the model
 * @param channelOrder order of a pixel's channels
 * @param layout order of the input's axes
 * @param trained false for weights that mean nothing
 * @param precision the numbers the network computes with
 * @param note free text
 * @param weights SHA-256 of the weights themselves, so that the same weights make the same vector
 *     space whatever file and engine they come in; empty if not known
 * @param classesOutput the output of class probabilities; empty if there are no {@code classNames}
 * @param classNames what the classes are called, in the output's order; empty to leave them out
 * @param trusted whether it may be run though it is a program, as SavedModels are
 * @param replace whether a model of this name is replaced
 */
public record ImportRequest(
    String name,
    String scaling,
    String signature,
    String inputName,
    String outputName,
    int size,
    ChannelOrder channelOrder,
    PixelLayout layout,
    boolean trained,
    Precision precision,
    String note,
    String weights,
    String classesOutput,
    List<String> classNames,
    boolean trusted,
    boolean replace) {
  public ImportRequest {
    ModelNames.require(name);
    Scaling.parse(scaling);
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(inputName, "inputName");
    Objects.requireNonNull(outputName, "outputName");
    Objects.requireNonNull(channelOrder, "channelOrder");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(note, "note");
    ModelDescription.requireDigest(weights);
    classNames = ClassNames.checked(classesOutput, classNames);
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative; got: " + size);
    }
  }

  /**
   * A request with defaults: signature {@code serving_default}, its only input and output, the size
   * it states, RGB, trained, no note, not trusted, not replacing.
   *
   * @param name what to call the model
   * @param scaling what is done to a pixel's value p first
   * @return the request
   */
  public static ImportRequest of(String name, String scaling) {
    return new ImportRequest(
        name,
        scaling,
        "serving_default",
        "",
        "",
        0,
        ChannelOrder.RGB,
        PixelLayout.NHWC,
        true,
        Precision.FLOAT32,
        "",
        "",
        "",
        List.of(),
        false,
        false);
  }

  /**
   * Names what to run.
   *
   * @param newSignature the signature
   * @param newInput its input; empty for its only one
   * @param newOutput its output; empty for its only one
   * @return a changed copy
   */
  public ImportRequest withTensors(String newSignature, String newInput, String newOutput) {
    return changed(
        draft -> {
          draft.signature = newSignature;
          draft.inputName = newInput;
          draft.outputName = newOutput;
        });
  }

  /**
   * Says how pictures are fed.
   *
   * @param newSize side of the square pictures; 0 to take it from the signature
   * @param newOrder order of a pixel's channels
   * @return a changed copy
   */
  public ImportRequest withPicture(int newSize, ChannelOrder newOrder) {
    return changed(
        draft -> {
          draft.size = newSize;
          draft.channelOrder = newOrder;
        });
  }

  /**
   * Adds facts for people.
   *
   * @param newTrained false for weights that mean nothing
   * @param newNote free text
   * @return a changed copy
   */
  public ImportRequest withFacts(boolean newTrained, String newNote) {
    return changed(
        draft -> {
          draft.trained = newTrained;
          draft.note = newNote;
        });
  }

  /**
   * Says in which order the input's axes are.
   *
   * @param newLayout the layout
   * @return a changed copy
   */
  public ImportRequest withLayout(PixelLayout newLayout) {
    return changed(draft -> draft.layout = newLayout);
  }

  /**
   * Says what the network computes with.
   *
   * @param newPrecision the numbers
   * @return a changed copy
   */
  public ImportRequest withPrecision(Precision newPrecision) {
    return changed(draft -> draft.precision = newPrecision);
  }

  /**
   * Says which weights they are.
   *
   * @param newWeights SHA-256 of the weights in an order that does not depend on the file's layout
   * @return a changed copy
   */
  public ImportRequest withWeights(String newWeights) {
    return changed(draft -> draft.weights = newWeights);
  }

  /**
   * Says what the network's own classes are called.
   *
   * @param newOutput the output of their probabilities
   * @param newNames a name for each number of it
   * @return a changed copy
   */
  public ImportRequest withClasses(String newOutput, List<String> newNames) {
    return changed(
        draft -> {
          draft.classesOutput = newOutput;
          draft.classNames = newNames;
        });
  }

  /**
   * Says that the model comes from somebody who may run programs here.
   *
   * @return a changed copy
   */
  public ImportRequest trusting() {
    return changed(draft -> draft.trusted = true);
  }

  /**
   * Allows to replace a model of this name.
   *
   * @return a changed copy
   */
  public ImportRequest replacing() {
    return changed(draft -> draft.replace = true);
  }

  private ImportRequest changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** A request to be changed, so that a change names only what it changes. */
  private static final class Draft {
    private final String name;
    private final String scaling;
    private String signature;
    private String inputName;
    private String outputName;
    private int size;
    private ChannelOrder channelOrder;
    private PixelLayout layout;
    private boolean trained;
    private Precision precision;
    private String note;
    private String weights;
    private String classesOutput;
    private List<String> classNames;
    private boolean trusted;
    private boolean replace;

    Draft(ImportRequest request) {
      this.name = request.name;
      this.scaling = request.scaling;
      this.signature = request.signature;
      this.inputName = request.inputName;
      this.outputName = request.outputName;
      this.size = request.size;
      this.channelOrder = request.channelOrder;
      this.layout = request.layout;
      this.trained = request.trained;
      this.precision = request.precision;
      this.note = request.note;
      this.weights = request.weights;
      this.classesOutput = request.classesOutput;
      this.classNames = request.classNames;
      this.trusted = request.trusted;
      this.replace = request.replace;
    }

    ImportRequest finished() {
      return new ImportRequest(
          name,
          scaling,
          signature,
          inputName,
          outputName,
          size,
          channelOrder,
          layout,
          trained,
          precision,
          note,
          weights,
          classesOutput,
          classNames,
          trusted,
          replace);
    }
  }
}
