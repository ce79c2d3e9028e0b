package org.seesong.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.Precision;
import org.seesong.model.onnx.Calibration;
import org.seesong.model.onnx.Int8Quantizer;

/**
 * Makes VGG-19 as the paper uses it, a model for ONNX Runtime or TensorFlow that gives the output
 * of the second fully-connected layer after ReLU, from published weights or from random ones.
 * {@link #install} makes it known to {@link ModelHome}.
 *
 * <p>Streams from file to file: a heap of 64 MB is enough for VGG-19.
 */
public final class Vgg19 {
  private Vgg19() {}

  /**
   * Keras' weights, as in {@code vgg19_weights_tf_dim_ordering_tf_kernels.h5}.
   *
   * @param file an HDF5 file
   * @param classes outputs of the third fully-connected layer, 1,000 for ImageNet's; 0 to leave it
   *     out
   * @return its weights; close it
   * @throws WeightsException if it is of another kind, damaged, or of another network
   * @throws IOException if it cannot be read
   */
  public static WeightSource keras(Path file, int classes) throws IOException {
    return KerasWeights.open(file, VggNetwork.VGG19.withClasses(classes));
  }

  /**
   * PyTorch's weights as torchvision or timm name them.
   *
   * @param file a safetensors file
   * @param classes as for {@link #keras}
   * @return its weights; close it
   * @throws WeightsException if it is of another kind, damaged, or of another network
   * @throws IOException if it cannot be read
   */
  public static WeightSource safetensors(Path file, int classes) throws IOException {
    return SafetensorsWeights.open(file, VggNetwork.VGG19.withClasses(classes));
  }

  /**
   * An untrained network of the same shape.
   *
   * @param seed the same gives the same bits
   * @return random weights
   */
  public static WeightSource random(long seed) {
    return new RandomWeights(VggNetwork.VGG19, seed);
  }

  /**
   * Where an installed model goes.
   *
   * @param home where the models are
   * @param name what to call it
   * @param engine what is to run it; the vectors are the same
   * @param classNames what the network's classes are called, as many as it has
   * @param replace whether a model of this name is replaced
   * @param calibration pictures by which the network is quantised to {@link Precision#INT8}; empty
   *     for {@link Precision#FLOAT32}
   */
  public record Target(
      ModelHome home,
      String name,
      Engine engine,
      List<String> classNames,
      boolean replace,
      Optional<Calibration> calibration) {
    /** Checks. */
    public Target {
      Objects.requireNonNull(home, "home");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(engine, "engine");
      classNames = List.copyOf(classNames);
      if (calibration.isPresent() && engine != Engine.ONNX) {
        throw new IllegalArgumentException(
            "int8 runs in ONNX Runtime only; the engine must be onnx, but is " + engine.id());
      }
    }

    /**
     * A new model for the engine that costs least.
     *
     * @param home where the models are
     * @param name what to call it
     * @return the target, for {@link Engine#ONNX}, without classes and not replacing
     */
    public static Target of(ModelHome home, String name) {
      return new Target(home, name, Engine.ONNX, List.of(), false, Optional.empty());
    }
  }

  /**
   * Writes a model. It takes {@code image}, float32 pictures of (n, side, side, 3) after {@link
   * WeightSource#preprocessing()}, and gives {@code fc2}, float32 (n, dimension); a SavedModel's
   * signature is {@code serving_default}. The same weights give the same bytes.
   *
   * @param source the weights; stays open
   * @param engine what is to run it
   * @param folder the folder to make; appears whole or, if anything fails, not at all
   * @param progress told now and then how many bytes of {@link VggNetwork#weightBytes()} are done
   * @return SHA-256 of the weights, whatever file they came in
   * @throws FileAlreadyExistsException if there is such a folder
   * @throws WeightsException if a number cannot be read or is not finite
   * @throws IOException if the disk is full or fails
   * @throws InterruptedException if the thread is interrupted
   */
  public static String write(WeightSource source, Engine engine, Path folder, LongConsumer progress)
      throws IOException, InterruptedException {
    Objects.requireNonNull(progress, "progress");
    CheckedWeights weights = new CheckedWeights(source);
    try (NewFolder made = NewFolder.create(folder)) {
      requireSpace(made.path(), source.network().weightBytes());
      switch (engine) {
        case ONNX -> OnnxVgg.write(weights, made.path(), progress);
        case TENSORFLOW -> {
          writeGraph(source.network(), made.path().resolve("saved_model.pb"));
          writeVariables(
              weights, Files.createDirectory(made.path().resolve("variables")), progress);
        }
      }
      made.finish();
      return weights.digest();
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
    } catch (WeightsException | FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot write the model " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a model and imports it, so that {@link ModelHome#open} knows it by its name. Takes twice
   * the model's size on the home's disk while it runs, and quantising as much as the float32
   * network.
   *
   * @param source the weights; stays open
   * @param target where it goes
   * @param progress as for {@link #write}
   * @return the description that was stored
   * @throws FileAlreadyExistsException if there is such a model and it is not to be replaced
   * @throws WeightsException if a number cannot be read or is not finite
   * @throws IOException if the disk is full or fails, or too few pictures for calibration can be
   *     read
   * @throws InterruptedException if the thread is interrupted
   */
  public static ModelDescription install(WeightSource source, Target target, LongConsumer progress)
      throws IOException, InterruptedException {
    ModelHome home = target.home();
    ImportRequest request = request(source, target.name());
    if (!target.classNames().isEmpty()) {
      request = request.withClasses(VggNetwork.CLASSES, target.classNames());
    }
    if (!target.replace() && Files.exists(home.folder().resolve(target.name()))) {
      throw new FileAlreadyExistsException(
          "model '" + target.name() + "'",
          null,
          "exists already; choose another name or replace it");
    }
    // Never finished, so that all in it goes; begins with a dot, so the home takes it for no model.
    Path hidden = home.folder().resolve("." + target.name() + ".import");
    try (NewFolder work = NewFolder.create(hidden)) {
      Path model = work.path().resolve("model");
      if (target.calibration().isPresent()) {
        request = quantised(source, request, target.calibration().get(), work.path(), progress);
      } else {
        request = request.withWeights(write(source, target.engine(), model, progress));
      }
      request = target.replace() ? request.replacing() : request;
      return target.engine() == Engine.ONNX
          ? home.importOnnx(model, request)
          : home.importSavedModel(model, request.trusting());
    }
  }

  /** Writes the float32 network, and of it the one of bytes. */
  private static ImportRequest quantised(
      WeightSource source,
      ImportRequest request,
      Calibration calibration,
      Path work,
      LongConsumer progress)
      throws IOException, InterruptedException {
    Path floats = Files.createDirectory(work.resolve("float32"));
    requireSpace(floats, source.network().weightBytes() * 5 / 4);
    CheckedWeights weights = new CheckedWeights(source);
    OnnxVgg.writeChain(weights, floats, progress);
    return Int8Quantizer.quantise(
        floats.resolve(OnnxVgg.MODEL),
        request,
        calibration,
        Files.createDirectory(work.resolve("model")));
  }

  /** How pictures are fed, whether the weights were learned and where they are from. */
  private static ImportRequest request(WeightSource source, String name) throws IOException {
    Preprocessing preprocessing = source.preprocessing();
    return ImportRequest.of(name, preprocessing.scaling())
        .withTensors(VggGraph.SIGNATURE, VggGraph.INPUT, VggGraph.outputName(source.network()))
        .withPicture(source.network().side(), preprocessing.channels())
        .withFacts(source.trained(), source.note());
  }

  /** A full disk is better said before a minute's work than after. */
  private static void requireSpace(Path made, long bytes) throws IOException {
    long free = Files.getFileStore(made).getUsableSpace();
    if (free < bytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "it takes %d MB, but only %d MB are free there",
              bytes / 1_000_000 + 1,
              free / 1_000_000));
    }
  }

  private static void writeGraph(VggNetwork network, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(VggGraph.describe(network).toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void writeVariables(CheckedWeights weights, Path folder, LongConsumer progress)
      throws IOException, InterruptedException {
    try (TensorBundle bundle = new TensorBundle(folder, progress)) {
      for (VggLayer layer : weights.network().layers()) {
        bundle.add(VggGraph.kernelName(layer), layer.kernelShape(), weights.kernel(layer));
        bundle.add(VggGraph.biasName(layer), layer.biasShape(), weights.bias(layer));
      }
      bundle.finish();
    }
  }
}
