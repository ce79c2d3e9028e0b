package org.seesong.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What of a machine decides the last bits of what networks give. */
final class ProcessorKind {
  /** The sets of instructions for which the engines have kernels of their own. */
  private static final List<String> SETS =
      List.of(
          "avx2",
          "fma",
          "avx_vnni",
          "avx512f",
          "avx512_vnni",
          "avx512_bf16",
          "amx_int8",
          "amx_bf16",
          "asimd",
          "sve");

  private static final String OWN =
      System.getProperty("os.arch") + instructions(Path.of("/proc/cpuinfo"));

  private ProcessorKind() {}

  /** This machine's: architecture and, where the system tells them, sets of instructions. */
  static String own() {
    return OWN;
  }

  /** The sets in the first line of flags of a file as Linux has it, each behind a blank. */
  static String instructions(Path cpuinfo) {
    try {
      String flags =
          Files.readString(cpuinfo)
              .lines()
              .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
              .findFirst()
              .orElse("");
      List<String> words = Arrays.asList(flags.split("\\s+"));
      return SETS.stream().filter(words::contains).map(" "::concat).collect(Collectors.joining());
    } catch (IOException e) {
      return ""; // another system
    }
  }
}
