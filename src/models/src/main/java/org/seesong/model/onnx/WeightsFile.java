package org.seesong.model.onnx;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of a graph's large weights, tensor after tensor, each at the begin of a page of memory
 * so that the runtime can map it. Not safe for several threads.
 */
public final class WeightsFile implements Closeable {
  private static final int ALIGNMENT = 4096;

  private final String name;
  private final FileChannel channel;
  private long start;

  private WeightsFile(String name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /**
   * Where a tensor is.
   *
   * @param file name of the file, in the graph's folder
   * @param offset its first byte
   * @param bytes how many
   */
  public record Place(String file, long offset, long bytes) {}

  /**
   * Makes an empty file.
   *
   * @param folder the graph's folder
   * @param name the file's name
   * @return the file, to be closed by the caller
   * @throws IOException if there is one, or it cannot be made
   */
  public static WeightsFile create(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return new WeightsFile(
        name, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /**
   * Starts a tensor at the next page.
   *
   * @throws IOException if the disk fails
   */
  public void begin() throws IOException {
    start = (channel.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    channel.position(start);
  }

  /**
   * Appends to the tensor.
   *
   * @param bytes little endian numbers
   * @throws IOException if the disk is full or fails
   */
  public void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Ends the tensor.
   *
   * @return where it is
   * @throws IOException if the file was closed
   */
  public Place end() throws IOException {
    return new Place(name, start, channel.position() - start);
  }

  /**
   * Waits until all is on the disk.
   *
   * @throws IOException if the disk fails
   */
  public void sync() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
