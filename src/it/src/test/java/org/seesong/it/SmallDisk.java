package org.seesong.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes in memory, which can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one; the calling test is skipped where that is not allowed. */
  static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    boolean mounted;
    try {
      mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", folder);
    } catch (IOException e) {
      mounted = false; // no such command here
    }
    Assumptions.assumeTrue(mounted, "skipped: no small file system can be mounted here");
    return new SmallDisk(folder);
  }

  private static boolean run(Object... command) throws IOException, InterruptedException {
    String[] words = new String[command.length];
    for (int i = 0; i < command.length; i++) {
      words[i] = command[i].toString();
    }
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }

  Path folder() {
    return folder;
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** Takes all the space there is. */
  void fill() {
    try (FileChannel channel =
        FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer block = ByteBuffer.allocate(1 << 16);
      while (channel.write(block.clear()) > 0) {
        // until there is no space left
      }
    } catch (IOException e) {
      // The disk is full, as it should be.
    }
  }

  /** Gives the space back. */
  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  void makeReadOnly() throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount,ro", folder)) {
      throw new IOException("cannot make read-only: " + folder);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (!run("umount", folder)) {
        throw new IOException("cannot unmount " + folder);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
