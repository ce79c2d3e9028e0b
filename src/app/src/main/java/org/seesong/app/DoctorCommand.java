package org.seesong.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.encoder.ModelHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at everything that Seesong stands on and says what is wrong and what mends it. */
@Command(
    name = "doctor",
    description = {
      "Looks at Java, the native engines, the installed models, disk, memory and the server's port,"
          + " and at an index if one is named, and says what is wrong and what mends it. Changes"
          + " nothing. Exit code 1 if something does not work; warnings alone are no failure."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  seesong doctor", "  seesong doctor my-index", "  seesong doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  private static final String INDENT = " ".repeat(22);

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder that a build made, to be looked at as well.")
  private Path index;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8901",
      description = "Port of the server to look at (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--json", description = "Print an object.")
  private boolean json;

  private final Console console;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (port < 1 || port > 65_535) {
      throw new UsageException(
          new IllegalArgumentException("--port must be within 1 to 65535; got: " + port));
    }
    ModelHome home = ModelHome.fromEnvironment();
    List<Finding> findings = new ArrayList<>();
    findings.add(MachineChecks.java());
    findings.add(MachineChecks.simd());
    findings.add(MachineChecks.memory());
    findings.addAll(EngineChecks.engines());
    findings.addAll(EngineChecks.models(home));
    if (index != null) {
      findings.addAll(IndexChecks.of(index, home));
    }
    findings.add(MachineChecks.space("home", home.folder(), 2000, 100));
    findings.add(
        MachineChecks.space("temporary", Path.of(System.getProperty("java.io.tmpdir")), 300, 100));
    findings.add(MachineChecks.port(port));
    if (json) {
      console.json(toMap(findings));
    } else {
      print(findings);
    }
    return count(findings, Finding.State.PROBLEM) == 0 ? Seesong.DONE : Seesong.FAILED;
  }

  private static long count(List<Finding> findings, Finding.State state) {
    return findings.stream().filter(finding -> finding.state() == state).count();
  }

  private static Map<String, Object> toMap(List<Finding> findings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("ok", count(findings, Finding.State.PROBLEM) == 0);
    map.put("problems", count(findings, Finding.State.PROBLEM));
    map.put("warnings", count(findings, Finding.State.WARNING));
    map.put("checks", findings.stream().map(Finding::toMap).toList());
    return map;
  }

  private void print(List<Finding> findings) {
    for (Finding each : findings) {
      String state = each.state().name().toLowerCase(Locale.ROOT);
      console.data(
          String.format(Locale.ROOT, "%-8s  %-10s  %s", state, each.name(), each.message()));
      if (!each.remedy().isEmpty()) {
        console.data(INDENT + "-> " + each.remedy());
      }
    }
    long problems = count(findings, Finding.State.PROBLEM);
    long warnings = count(findings, Finding.State.WARNING);
    console.data("");
    console.data(
        problems + warnings == 0
            ? "all is well"
            : String.format(Locale.ROOT, "problems: %d, warnings: %d", problems, warnings));
  }
}
