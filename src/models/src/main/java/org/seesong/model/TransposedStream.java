package org.seesong.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Turns a kernel of PyTorch's layout (out, in, height, width) into TensorFlow's (height, width, in,
 * out) while it is read.
 *
 * <p>A fully-connected kernel (out, in) is the same with height = width = 1, and so is the first
 * one, whose inputs PyTorch flattens (in, height, width) and TensorFlow (height, width, in).
 *
 * <p>The file is mapped, not read, since the result's order jumps through it: fc1 of VGG-19 is 411
 * MB, and all that lies on the heap is a block of at most {@value #BLOCK} numbers. Within a block
 * the inner loops run over {@value #TILE} outputs, so that the writes of one input fall into one
 * cache line, and over the inputs, so that the reads walk each output's row.
 */
final class TransposedStream implements FloatStream {
  private static final int BLOCK = 1 << 21;
  private static final int TILE = 16;

  private final ByteBuffer source;
  private final FloatFormat format;
  private final int outs;
  private final int ins;
  private final int places;
  private final float[] block;
  private final int rowsInBlock;
  private int firstRow;
  private int next;
  private int available;

  /**
   * Maps the kernel.
   *
   * @param region where it is
   * @param outs output channels
   * @param ins input channels
   * @param places height * width
   */
  TransposedStream(FileChannel channel, Region region, int outs, int ins, int places)
      throws IOException {
    source =
        channel
            .map(FileChannel.MapMode.READ_ONLY, region.offset(), region.end() - region.offset())
            .order(region.order());
    format = region.format();
    this.outs = outs;
    this.ins = ins;
    this.places = places;
    rowsInBlock = Math.max(1, (int) Math.min((long) ins * places, BLOCK / outs));
    block = new float[Math.multiplyExact(rowsInBlock, outs)];
  }

  @Override
  public void read(float[] target, int count) throws IOException {
    for (int done = 0; done < count; ) {
      if (next == available) {
        refill();
      }
      int some = Math.min(count - done, available - next);
      System.arraycopy(block, next, target, done, some);
      next += some;
      done += some;
    }
  }

  /** The next rows of the result; a row is all outputs of one place and input. */
  private void refill() throws IOException {
    int rows = Math.min(rowsInBlock, ins * places - firstRow);
    try {
      for (int out = 0; out < outs; out += TILE) {
        fill(out, Math.min(out + TILE, outs), rows);
      }
    } catch (InternalError e) {
      // What the JVM throws when a mapped file is cut short by somebody else.
      throw new IOException("the file was changed while it was read", e);
    }
    firstRow += rows;
    available = rows * outs;
    next = 0;
  }

  private void fill(int fromOut, int toOut, int rows) {
    for (int row = 0; row < rows; row++) {
      int place = (firstRow + row) / ins;
      int in = (firstRow + row) % ins;
      int from = in * places + place;
      for (int out = fromOut; out < toOut; out++) {
        block[row * outs + out] = format.get(source, out * ins * places + from);
      }
    }
  }
}
