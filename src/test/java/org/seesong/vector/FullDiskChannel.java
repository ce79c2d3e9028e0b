package org.seesong.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that takes so many more bytes and then, in the middle of a write, no more. */
final class FullDiskChannel extends FileChannel {
  private final FileChannel channel;
  private final long limit;

  FullDiskChannel(FileChannel channel, long room) {
    this.channel = channel;
    try {
      this.limit = channel.size() + room;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    int fits = (int) Math.min(bytes.remaining(), Math.max(0, limit - position));
    if (fits == 0) {
      throw new IOException("No space left on device");
    }
    ByteBuffer part = bytes.slice(bytes.position(), fits);
    bytes.position(bytes.position() + fits);
    return channel.write(part, position);
  }

  @Override
  public int read(ByteBuffer bytes, long position) throws IOException {
    return channel.read(bytes, position);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    return channel.truncate(size);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    channel.force(metaData);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    channel.close();
  }

  @Override
  public int read(ByteBuffer bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] buffers, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long newPosition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
