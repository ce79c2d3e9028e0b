package org.seesong.image;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seesong.testing.Trials;

/**
 * Decodes folders of files, the {@link Bombs}, truncated files and {@link HostileFiles}, and prints
 * what became of them. Ends with an error if anything but an {@link ImageException} comes out, if
 * memory did not suffice, or later than a second after the deadline. Arguments: folders. Meant for
 * a small heap.
 */
final class OddImagesTable {
  private static final int FIRST_WORDS = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final ImageDecoder decoder = new ImageDecoder();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private String name = "";
  private int files;
  private int refused;
  private long worstNanos;
  private long worstOwnNanos;
  private String worstFile = "";
  private long worstHeap;

  private OddImagesTable() {}

  /**
   * Prints the table.
   *
   * @param folders what to read
   * @throws IOException if a folder cannot be read
   */
  public static void main(String[] folders) throws IOException {
    OddImagesTable table = new OddImagesTable();
    List<Path> paths = Arrays.stream(folders).map(Path::of).toList();
    table.out.println(
        "| set | files | refused | worst time | without waiting for processors | worst heap |");
    table.out.println("|---|---|---|---|---|---|");
    table.decode("bombs", Bombs.all());
    table.decode("truncated", Bombs.truncations());
    table.decode("large", Map.of("48megapixels.jpg", PictureFiles.hugeJpeg(8064, 6048, false)));
    table.decodeHostile(Integer.getInteger("seesong.trials", 0), paths);
    for (Path folder : paths) {
      table.decode(folder);
    }
  }

  private void decode(String set, Map<String, byte[]> contents) {
    start(set);
    contents.forEach((file, bytes) -> measure(file, () -> decoder.decode(bytes, file)));
    print();
  }

  private void decodeHostile(int number, List<Path> folders) throws IOException {
    start("damaged");
    HostileFiles hostile = new HostileFiles(Trials.seed(), folders);
    for (int i = 0; i < number; i++) {
      HostileFiles.Hostile file = hostile.next();
      measure(file.name(), () -> decoder.decode(file.bytes(), file.name()));
    }
    print();
  }

  private void decode(Path folder) throws IOException {
    start(folder.getFileName().toString());
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path path : paths) {
      measure(path.getFileName().toString(), () -> decoder.decode(path));
    }
    print();
  }

  private void start(String set) {
    name = set;
    files = 0;
    refused = 0;
    worstNanos = 0;
    worstOwnNanos = 0;
    worstHeap = 0;
    reasons.clear();
  }

  /** Reads one picture. */
  private interface Reading {
    RgbImage read() throws ImageException;
  }

  private void measure(String file, Reading reading) {
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long heap = pools().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    long start = System.nanoTime();
    OwnTime own = OwnTime.start();
    long cpuStart = THREADS.getCurrentThreadCpuTime();
    files++;
    try {
      reading.read();
    } catch (ImageException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new IllegalStateException(file, e);
      }
      refused++;
      reasons.merge(reason(e.getMessage().substring(file.length() + 2)), 1, Integer::sum);
    }
    long nanos = System.nanoTime() - start;
    long ownNanos = own.nanos().orElse(0);
    worstOwnNanos = Math.max(worstOwnNanos, ownNanos);
    if (nanos > worstNanos) {
      worstNanos = nanos;
      worstFile = file;
    }
    // Pools have their peaks at different times, so this is a little too much.
    long peak = pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    worstHeap = Math.max(worstHeap, peak - heap);
    // By processor time and by the clock without the time for which the thread had to wait for a
    // processor; by the clock alone only so far.
    Duration deadline = DecoderLimits.DEFAULTS.deadline();
    long most = deadline.plusSeconds(1).toNanos();
    if (THREADS.getCurrentThreadCpuTime() - cpuStart > most
        || ownNanos > most
        || nanos > deadline.multipliedBy(10).toNanos()) {
      throw new IllegalStateException(file + " took " + nanos / 1_000_000 + " ms");
    }
  }

  private static Stream<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static String reason(String message) {
    String[] words = message.replaceAll("[:(].*", "").split(" ");
    return String.join(" ", List.of(words).subList(0, Math.min(FIRST_WORDS, words.length)));
  }

  private void print() {
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d ms (%s) | %,d ms | %d MB |%n",
        name,
        files,
        refused,
        worstNanos / 1_000_000,
        worstFile,
        worstOwnNanos / 1_000_000,
        worstHeap >> 20);
    Map<String, Integer> sorted = new LinkedHashMap<>();
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    out.println("refused: " + sorted);
  }
}
