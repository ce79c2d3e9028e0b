package org.seesong.bench.serve;

import java.io.IOException;
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

  private static final int POLL_MILLIS = 50;

  private final Process process;
  private final Path output;

  private MeasuredProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a program.
   *
   * @param flags of its JVM beside the launcher's
   * @param program main class and arguments
   * @param output a new file for what it prints: a pipe's reader here would be late under load
   */
  static MeasuredProcess start(
      List<String> flags, String classPath, List<String> program, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath));
    command.addAll(program);
    return new MeasuredProcess(
        new ProcessBuilder(command)
            .redirectOutput(Files.createFile(output).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start(),
        output);
  }

  /**
   * Waits until it has printed a line and returns the pattern's group.
   *
   * @throws IOException if it ends before; says what it printed
   */
  String await(Pattern pattern) throws IOException, InterruptedException {
    while (true) {
      boolean running = process.isAlive();
      String printed = Files.readString(output);
      Matcher matcher = pattern.matcher(printed);
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (!running) {
        throw new IOException("the server did not start; it printed: " + printed);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
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
