package org.seesong.bench.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code seesong serve} as a process, with this one's class path and the flags that the launcher
 * gave this one.
 */
final class ServedProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("seesong serves .* at (http://\\S+/)");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+[0-9]+\\s+([0-9]+)\\s*$");
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final URI address;

  private ServedProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it and waits until it serves. */
  static ServedProcess start(Path index, int encoderQueue, List<String> flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.seesong.app.Seesong");
    command.addAll(List.of("serve", index.toString(), "--port", "0"));
    command.addAll(List.of("--encoder-queue", Integer.toString(encoderQueue)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    Matcher matcher = ADDRESS.matcher(String.valueOf(lines.readLine()));
    if (!matcher.matches()) {
      process.destroy();
      throw new IOException("the server did not start; see above");
    }
    return new ServedProcess(process, URI.create(matcher.group(1)));
  }

  URI address() {
    return address;
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

  /** Asks it to stop, and ends it if it does not. Returns its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
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
