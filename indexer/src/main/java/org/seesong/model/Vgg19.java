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
import java.util.function.LongConsumer;
import org.seesong.image.ImportRequest;
import org.seesong.image.ModelDescription;
import org.seesong.image.ModelHome;

/**
 * Makes VGG-19 as the paper uses it, a TensorFlow SavedModel that gives the output of the second
 * fully-connected layer after ReLU, from published weights or from random ones. {@link #install}
 * makes it known to {@link ModelHome}.
 *
 * <p>Streams from file to file: a heap of 64 MB is enough for VGG-19.
 */
public final class Vgg19 {
  private Vgg19() {}

  /**
   * Keras' weights, as in {@code vgg19_weights_tf_dim_ordering_tf_kernels.h5}.
   *
   * @param file an HDF5 file
   * @return its weights; close it
   * @throws WeightsException if it is of another kind, damaged, or of another network
   * @throws IOException if it cannot be read
   */
  public static WeightSource keras(Path file) throws IOException {
    return KerasWeights.open(file, VggNetwork.VGG19);
  }

  /**
   * PyTorch's weights as torchvision or timm name them.
   *
   * @param file a safetensors file
   * @return its weights; close it
   * @throws WeightsException if it is of another kind, damaged, or of another network
   * @throws IOException if it cannot be read
   */
  public static WeightSource safetensors(Path file) throws IOException {
    return SafetensorsWeights.open(file, VggNetwork.VGG19);
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
   * Writes a SavedModel. Its signature {@code serving_default} takes {@code image}, float32
   * pictures of (n, side, side, 3) after {@link WeightSource#preprocessing()}, and gives {@code
   * fc2}, float32 (n, dimension). The same weights give the same bytes.
   *
   * @param source the weights; stays open
   * @param folder the folder to make; appears whole or, if anything fails, not at all
   * @param progress told now and then how many bytes of {@link VggNetwork#weightBytes()} are done
   * @return the folder
   * @throws FileAlreadyExistsException if there is such a folder
   * @throws WeightsException if a number cannot be read or is not finite
   * @throws IOException if the disk is full or fails
   * @throws InterruptedException if the thread is interrupted
   */
  public static Path write(WeightSource source, Path folder, LongConsumer progress)
      throws IOException, InterruptedException {
    Objects.requireNonNull(progress, "progress");
    try (NewFolder made = NewFolder.create(folder)) {
      requireSpace(made.path(), source.network().weightBytes());
      writeGraph(source.network(), made.path().resolve("saved_model.pb"));
      writeVariables(source, Files.createDirectory(made.path().resolve("variables")), progress);
      made.finish();
      return folder;
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
   * Writes a SavedModel and imports it, so that {@link ModelHome#open} knows it by its name. Takes
   * twice the model's size on the home's disk while it runs.
   *
   * @param source the weights; stays open
   * @param home where the models are
   * @param name what to call it
   * @param replace whether a model of this name is replaced
   * @param progress as for {@link #write}
   * @return the description that was stored
   * @throws FileAlreadyExistsException if there is such a model and it is not to be replaced
   * @throws WeightsException if a number cannot be read or is not finite
   * @throws IOException if the disk is full or fails
   * @throws InterruptedException if the thread is interrupted
   */
  public static ModelDescription install(
      WeightSource source, ModelHome home, String name, boolean replace, LongConsumer progress)
      throws IOException, InterruptedException {
    ImportRequest request = request(source, name);
    if (!replace && Files.exists(home.folder().resolve(name))) {
      throw new FileAlreadyExistsException(
          "model '" + name + "'", null, "exists already; choose another name or replace it");
    }
    // Never finished, so that all in it goes; begins with a dot, so the home takes it for no model.
    try (NewFolder work = NewFolder.create(home.folder().resolve("." + name + ".import"))) {
      Path savedModel = write(source, work.path().resolve("saved_model"), progress);
      return home.importSavedModel(savedModel, replace ? request.replacing() : request);
    }
  }

  /**
   * What to say to {@link ModelHome#importSavedModel} of a written model: how pictures are fed,
   * whether the weights were learned and where they are from.
   *
   * @param source the weights; a file is read once for its SHA-256
   * @param name what to call the model
   * @return the request, not replacing
   * @throws IOException if the file cannot be read
   */
  public static ImportRequest request(WeightSource source, String name) throws IOException {
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

  private static void writeVariables(WeightSource source, Path folder, LongConsumer progress)
      throws IOException, InterruptedException {
    try (TensorBundle bundle = new TensorBundle(folder, progress)) {
      for (VggLayer layer : source.network().layers()) {
        List<Integer> shape = layer.kernelShape();
        bundle.add(
            VggGraph.kernelName(layer),
            shape,
            guarded(source, layer, "kernel", shape, source.kernel(layer)));
        shape = layer.biasShape();
        bundle.add(
            VggGraph.biasName(layer),
            shape,
            guarded(source, layer, "bias", shape, source.bias(layer)));
      }
      bundle.finish();
    }
  }

  private static FloatStream guarded(
      WeightSource source, VggLayer layer, String part, List<Integer> shape, FloatStream numbers) {
    return new FiniteStream(source.name(), "layer " + layer.name() + ": " + part, shape, numbers);
  }
}
