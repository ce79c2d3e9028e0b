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

/**
 * Makes VGG-19 as the paper uses it, a TensorFlow SavedModel that gives the output of the second
 * fully-connected layer after ReLU, from published weights or from random ones.
 *
 * <p>Streams from file to file: the heap needs some 20 MB, whatever the model's size.
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
