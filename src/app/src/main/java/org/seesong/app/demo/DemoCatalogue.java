package org.seesong.app.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * The demo catalogue on disk: songs, pictures with their keywords, and pictures to ask with that
 * are not among the catalogued ones.
 */
public final class DemoCatalogue {
  /** How many catalogued pictures each scene has. */
  static final int VARIATIONS = 12;

  private static final long QUERY_SEED = 101;
  private static final float JPEG_QUALITY = 0.9f;

  private final Path folder;

  private DemoCatalogue(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the catalogue into a folder. Files that an earlier call wrote and nobody has changed the
   * size of are left alone, so a second call costs little.
   *
   * @param folder where to write; made if it does not exist
   * @return the catalogue as written
   * @throws IOException if a file cannot be written
   */
  public static DemoCatalogue writeTo(Path folder) throws IOException {
    return writeTo(folder, (done, total) -> {});
  }

  /**
   * Like {@link #writeTo(Path)}, telling how far it is.
   *
   * @param folder where to write; made if it does not exist
   * @param progress told how many pictures are there and of how many, from any thread
   * @return the catalogue as written
   * @throws IOException if a file cannot be written
   */
  public static DemoCatalogue writeTo(Path folder, Progress progress) throws IOException {
    DemoCatalogue demo = new DemoCatalogue(folder);
    Files.createDirectories(folder.resolve("queries"));
    for (Scene scene : Scene.values()) {
      Files.createDirectories(demo.pictureRoot().resolve(scene.english()));
    }
    demo.writeIfChanged(demo.songs(), songLines());
    demo.writeIfChanged(demo.pictures(), demo.pictureTable().getBytes(StandardCharsets.UTF_8));
    demo.drawMissing(progress);
    return demo;
  }

  /**
   * The songs, one JSON object a line.
   *
   * @return the path of {@code songs.jsonl}
   */
  public Path songs() {
    return folder.resolve("songs.jsonl");
  }

  /**
   * The table of the catalogued pictures with the columns {@code path,id,keywords}; the paths are
   * relative to {@link #pictureRoot()}.
   *
   * @return the path of {@code pictures.csv}
   */
  public Path pictures() {
    return folder.resolve("pictures.csv");
  }

  /**
   * The folder the catalogued pictures lie below, one folder for each scene.
   *
   * @return the path of {@code pictures}
   */
  public Path pictureRoot() {
    return folder.resolve("pictures");
  }

  /**
   * Pictures to ask with, one for each scene; none of them is catalogued.
   *
   * @return the paths, sorted
   */
  public List<Path> queries() {
    return Arrays.stream(Scene.values()).map(this::query).sorted().toList();
  }

  private Path query(Scene scene) {
    return folder.resolve("queries").resolve(scene.english() + ".jpg");
  }

  private static String name(Scene scene, int number) {
    return String.format(Locale.ROOT, "%s-%02d", scene.english(), number);
  }

  private Path picture(Scene scene, int number) {
    return pictureRoot().resolve(scene.english()).resolve(name(scene, number) + ".jpg");
  }

  private static byte[] songLines() throws IOException {
    try (InputStream in = DemoCatalogue.class.getResourceAsStream("songs.jsonl")) {
      if (in == null) {
        throw new IOException("The songs of the demo catalogue are missing from this build.");
      }
      return in.readAllBytes();
    }
  }

  private String pictureTable() {
    StringBuilder table = new StringBuilder("path,id,keywords\n");
    for (Scene scene : Scene.values()) {
      for (int number = 1; number <= VARIATIONS; number++) {
        String id = name(scene, number);
        table.append(scene.english()).append('/').append(id).append(".jpg,").append(id).append(',');
        table.append(scene.chinese()).append('|').append(scene.english()).append('\n');
      }
    }
    return table.toString();
  }

  /** Is told how far drawing is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some pictures are drawn.
     *
     * @param done how many
     * @param total of how many
     */
    void at(long done, long total);
  }

  /** One picture to be drawn. */
  private record Job(Scene scene, long seed, Path file) {}

  private void drawMissing(Progress progress) throws IOException {
    AtomicInteger done = new AtomicInteger();
    List<Job> jobs = new ArrayList<>();
    for (Scene scene : Scene.values()) {
      for (int number = 1; number <= VARIATIONS; number++) {
        jobs.add(new Job(scene, number, picture(scene, number)));
      }
      jobs.add(new Job(scene, QUERY_SEED, query(scene)));
    }
    // The right size of a picture is known only once it was drawn, so the sizes are kept in a file
    // beside the pictures.
    Path ledger = folder.resolve(".sizes");
    Properties known = read(ledger);
    ConcurrentSkipListMap<String, Long> sizes = new ConcurrentSkipListMap<>();
    try {
      IntStream.range(0, jobs.size())
          .parallel()
          .forEach(
              at -> {
                Job job = jobs.get(at);
                String key = folder.relativize(job.file()).toString().replace('\\', '/');
                sizes.put(key, draw(job, known.getProperty(key)));
                progress.at(done.incrementAndGet(), jobs.size());
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    StringBuilder lines = new StringBuilder();
    sizes.forEach((key, size) -> lines.append(key).append('=').append(size).append('\n'));
    writeIfChanged(ledger, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Properties read(Path ledger) throws IOException {
    Properties known = new Properties();
    if (Files.isRegularFile(ledger)) {
      try (InputStream in = Files.newInputStream(ledger)) {
        known.load(in);
      } catch (IllegalArgumentException e) {
        // A damaged ledger only costs drawing the pictures again.
        known.clear();
      }
    }
    return known;
  }

  private static long draw(Job job, String knownSize) {
    try {
      Path file = job.file();
      if (Files.isRegularFile(file) && Long.toString(Files.size(file)).equals(knownSize)) {
        return Files.size(file);
      }
      byte[] bytes = jpeg(ScenePainter.paint(job.scene(), job.seed()));
      write(file, bytes);
      return bytes.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    // The stream is flushed into the bytes when it is closed, not before.
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private void writeIfChanged(Path file, byte[] bytes) throws IOException {
    if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      write(file, bytes);
    }
  }

  /** Writes under a temporary name first: a reader never sees half a file. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
