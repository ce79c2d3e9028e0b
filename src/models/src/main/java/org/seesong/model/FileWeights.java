package org.seesong.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What all published files of weights have in common, once their tensors are found. */
abstract class FileWeights implements WeightSource {
  final TensorTable table;
  final FileChannel channel;

  private final Path file;
  private final VggNetwork network;
  private final String maker;
  private final Preprocessing preprocessing;

  FileWeights(
      Path file, VggNetwork network, TensorTable table, String maker, Preprocessing preprocessing)
      throws IOException {
    this.file = file;
    this.network = network;
    this.table = table;
    this.maker = maker;
    this.preprocessing = preprocessing;
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public final VggNetwork network() {
    return network;
  }

  @Override
  public final String name() {
    return WeightsException.nameOf(file);
  }

  @Override
  public final Preprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public final boolean trained() {
    return true;
  }

  @Override
  public final String note() throws IOException {
    return "weights of " + maker + " from " + Fingerprint.describe(file);
  }

  @Override
  public final FloatStream bias(VggLayer layer) {
    return table.bias(layer).region().stream(channel);
  }

  @Override
  public final void close() throws IOException {
    channel.close();
  }
}
