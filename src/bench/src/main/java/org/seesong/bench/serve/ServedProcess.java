package org.seesong.bench.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code seesong serve} as a process, with this one's class path. */
final class ServedProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("seesong serves .* at (http://\\S+/)");
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
