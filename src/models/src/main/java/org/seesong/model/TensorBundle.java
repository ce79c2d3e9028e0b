package org.seesong.model;

import com.google.protobuf.MessageLite;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/**
 * Writes variables as TensorFlow restores them: all numbers one after the other in {@code
 * variables.data-00000-of-00001}, and in {@code variables.index} a sorted table from a variable's
 * name to its shape, place and checksum.
 *
 * <p>Streams: holds one chunk of {@value #CHUNK} numbers, whatever the size of the tensors.
 */
final class TensorBundle implements Closeable {
  static final String INDEX = "variables.index";
  static final String DATA = "variables.data-00000-of-00001";

  private static final int CHUNK = 1 << 20;

  private final Path folder;
  private final FileChannel data;
  private final Map<String, MessageLite> entries = new TreeMap<>();
  private final float[] floats = new float[CHUNK];
  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final LongConsumer progress;
  private long written;

  /**
   * Starts the data file.
   *
   * @param progress called after each chunk with the bytes written so far
   */
  TensorBundle(Path folder, LongConsumer progress) throws IOException {
    this.folder = folder;
    this.progress = progress;
    data =
        FileChannel.open(
            folder.resolve(DATA), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    entries.put(
        "",
        BundleHeaderProto.newBuilder()
            .setNumShards(1)
            .setVersion(VersionDef.newBuilder().setProducer(1))
            .build());
  }

  /**
   * Appends a variable.
   *
   * @throws IOException if the numbers cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   */
  void add(String name, List<Integer> shape, FloatStream numbers)
      throws IOException, InterruptedException {
    long count = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    long offset = written;
    CRC32C checksum = new CRC32C();
    for (long done = 0; done < count; ) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while writing " + name);
      }
      int some = (int) Math.min(CHUNK, count - done);
      numbers.read(floats, some);
      write(some, checksum);
      done += some;
      progress.accept(written);
    }
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    shape.forEach(size -> dimensions.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    entries.put(
        name,
        BundleEntryProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setShape(dimensions)
            .setOffset(offset)
            .setSize(written - offset)
            .setCrc32C(SortedTable.masked(checksum))
            .build());
  }

  /** Syncs the data and writes the index. */
  void finish() throws IOException {
    data.force(true);
    SortedTable.write(folder.resolve(INDEX), entries);
  }

  @Override
  public void close() throws IOException {
    data.close();
  }

  private void write(int count, CRC32C checksum) throws IOException {
    bytes.clear();
    bytes.asFloatBuffer().put(floats, 0, count);
    bytes.limit(count * Float.BYTES);
    checksum.update(bytes);
    bytes.rewind();
    while (bytes.hasRemaining()) {
      written += data.write(bytes);
    }
  }
}
