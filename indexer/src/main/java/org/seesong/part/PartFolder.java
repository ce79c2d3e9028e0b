package org.seesong.part;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.util.IOUtils;
import org.seesong.io.FramedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one stage's parts: {@code PART-ATTEMPT.part}, each a {@link FramedFile}, in a folder
 * that is named for all that the parts depend on. So a file that is there and whole is a part that
 * is done, whichever engine made it, in this build or in one that was killed; of several attempts
 * one counts, and since parts are pure functions it does not matter which.
 *
 * <p>For one thread; {@link #attempt(String, int)} for any.
 */
public final class PartFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PartFolder.class);

  /** What names of parts end in. */
  public static final String SUFFIX = ".part";

  private static final Pattern NAME = Pattern.compile("([0-9]{1,10})-[0-9a-f-]{36}\\.part");

  /** Tasks that an engine gets together, which bounds the memory that they take. */
  private static final int AT_ONCE = 1024;

  private final Path folder;
  private final String codec;
  private final int version;

  /** Reads the content of a part's file. */
  public interface Content<R> {
    /**
     * Reads all of it.
     *
     * @param bytes length of the content
     */
    R read(DataInput in, long bytes) throws IOException;
  }

  /** Takes the content of a part. */
  public interface Sink<R> {
    /** Takes it; called once for each part. */
    void take(int part, R content) throws IOException;
  }

  /**
   * Makes the folder if there is none.
   *
   * @param folder of one stage and of what its parts depend on
   * @param codec names the sort of file, see {@link FramedFile}
   * @param version of its layout
   */
  public PartFolder(Path folder, String codec, int version) throws IOException {
    this.folder = folder.toAbsolutePath();
    this.codec = codec;
    this.version = version;
    Files.createDirectories(folder);
  }

  /** A new file for an attempt at a part; another one each time. */
  public static Path attempt(String folder, int part) {
    return Path.of(folder, String.format(Locale.ROOT, "%06d-%s.part", part, UUID.randomUUID()));
  }

  /** Where attempts go. */
  public String path() {
    return folder.toString();
  }

  /**
   * Takes over what is there and has the rest computed.
   *
   * @param plan the parts; files of parts beyond it are left out
   * @param task the work of a part
   */
  public <R> void compute(
      PartRunner runner,
      String title,
      PartPlan plan,
      IntFunction<? extends PartTask> task,
      Content<R> content,
      Sink<R> sink)
      throws IOException, InterruptedException {
    BitSet done = new BitSet(plan.parts());
    forEachFound(
        content,
        (part, found) -> {
          if (part < plan.parts() && !done.get(part)) {
            sink.take(part, found);
            done.set(part);
          }
        });
    for (int part = done.nextClearBit(0); part < plan.parts(); ) {
      List<PartTask> tasks = new ArrayList<>();
      for (; part < plan.parts() && tasks.size() < AT_ONCE; part = done.nextClearBit(part + 1)) {
        tasks.add(task.apply(part));
      }
      runner.run(
          title,
          tasks,
          (number, file) -> {
            if (!done.get(number)) {
              sink.take(number, read(file, content));
              done.set(number);
            }
          });
    }
    if (done.cardinality() < plan.parts()) {
      throw new IOException(
          plan.parts() - done.cardinality() + " parts of " + title + " were not handed over");
    }
  }

  /** Hands over the content of all whole files; damaged ones are removed, with a warning. */
  public <R> void forEachFound(Content<R> content, Sink<R> sink) throws IOException {
    for (Path file : files()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (!name.matches()) {
        continue;
      }
      R found;
      try {
        found = read(file, content);
      } catch (IOException damaged) {
        LOG.warn("{} is damaged; its part is computed again", file);
        Files.deleteIfExists(file);
        continue;
      }
      sink.take(Integer.parseInt(name.group(1)), found);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
      files.forEach(all::add);
    }
    all.sort(null);
    return all;
  }

  private <R> R read(Path file, Content<R> content) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "a part was written to "
              + file
              + ", but it is not on this machine; the folder of the index must be one that all"
              + " machines see under the same name");
    }
    return new FramedFile(file, codec, version).read(content::read);
  }

  /**
   * Removes the folder with all its files. Where an attempt that nobody waits for any more still
   * writes, some stays until a later build removes it.
   */
  public void remove() {
    remove(folder);
  }

  /** Removes a folder of such folders, likewise. */
  public static void remove(Path folder) {
    try {
      IOUtils.rm(folder);
    } catch (IOException busy) {
      LOG.debug("{} is left for a later build: {}", folder, busy.getMessage());
    }
  }
}
