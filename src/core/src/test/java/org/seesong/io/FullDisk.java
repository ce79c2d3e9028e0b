package org.seesong.io;

import java.io.IOException;

/** A file on a disk that takes so many more bytes and then, in the middle of a write, no more. */
final class FullDisk extends FileBytes {
  private final long limit;

  FullDisk(FileBytes file, long room) {
    super(file);
    try {
      this.limit = file.size() + room;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  synchronized void write(long position, byte[] bytes, int length) throws IOException {
    super.write(position, bytes, (int) Math.min(length, Math.max(0, limit - position)));
    if (position + length > limit) {
      throw new IOException("No space left on device");
    }
  }
}
