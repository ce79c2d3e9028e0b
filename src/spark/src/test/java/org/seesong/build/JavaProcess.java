package org.seesong.build;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts this JVM's programs as processes of their own, to be killed. */
final class JavaProcess {
  private JavaProcess() {}

  /**
   * Starts one, with the flags and the class path of this one.
   *
   * @param log where its output is appended
   */
  static Process start(Path log, Class<?> program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-") || flag.startsWith("-XX:+Ignore")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
        .start();
  }

  /** Kills a process and waits until those that it started have ended, most by themselves. */
  static void kill(Process process) throws InterruptedException, ExecutionException {
    List<ProcessHandle> others = process.descendants().toList();
    process.destroyForcibly().waitFor();
    for (ProcessHandle other : others) {
      try {
        other.onExit().get(20, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        other.destroyForcibly(); // one that was only beginning looks for its driver for minutes
        other.onExit().get();
      }
    }
  }
}
