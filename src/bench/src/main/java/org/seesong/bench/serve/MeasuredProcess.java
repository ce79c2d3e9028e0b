package org.seesong.bench.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java program as a process, with the flags that the launcher gave this one, and its memory. */
final class MeasuredProcess implements AutoCloseable {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+[0-9]+\\s+([0-9]+)\\s*$");
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final BufferedReader lines;

  private MeasuredProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a program.
   *
   * @param flags of its JVM beside the launcher's
   * @param program class path, main class and arguments
   */
  static MeasuredProcess start(List<String> flags, String classPath, List<String> program)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath));
    command.addAll(program);
    return new MeasuredProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Reads its output up to a line and returns the pattern's group. What it prints later is read and
   * dropped, so that it never waits for a reader.
   *
   * @throws IOException if it ends before; says what it printed
   */
  String await(Pattern pattern) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        Thread reader = new Thread(this::drop, "measured-output");
        reader.setDaemon(true);
        reader.start();
        return matcher.group(1);
      }
      before.append('\n').append(line);
    }
    throw new IOException("the server did not start; it printed: " + before);
  }

  private void drop() {
    try {
      lines.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The process was killed, and nobody reads what it printed.
    }
  }

  /** Memory that is no file's, now; 0 where the system does not tell. */
  long anonymousBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  /** The objects that a full collection leaves on its heap, in bytes; 0 without a JDK's jcmd. */
  long liveBytes() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return 0;
    }
    Process told =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    told.waitFor();
    return totalBytes(histogram);
  }

  /** The second number of a histogram's line {@code Total}; 0 if there is none. */
  static long totalBytes(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    return total.find() ? Long.parseLong(total.group(1)) : 0;
  }

  /** Sends SIGTERM, and ends it if it stays. Returns its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** Ends its standard input, and the process if it stays. Returns its exit code. */
  int endInput() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return exitCode();
  }

  private int exitCode() throws InterruptedException {
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
