package org.seesong.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.seesong.app.Failures;
import org.seesong.bench.embed.EmbedBenchmark;
import org.seesong.bench.encode.EncodeBenchmark;
import org.seesong.bench.output.Output;
import org.seesong.bench.relevance.ConfidenceBenchmark;
import org.seesong.bench.relevance.RelevanceBenchmark;
import org.seesong.bench.search.QueryBenchmark;
import org.seesong.bench.search.SearchBenchmark;
import org.seesong.bench.serve.ServeLoadBenchmark;
import org.seesong.bench.serve.SolrLoadBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Measures; each measurement is a command of its own. Started by the script of the same name. */
@Command(
    name = Bench.NAME,
    description = "Measures speed and quality.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel =
        "(confidence | embed | encode | query | relevance | search | serve-load | solr-load)")
public final class Bench implements Callable<Integer> {
  static final String NAME = "src/bench/run";

  /** Held here because a logger that nobody holds may be collected together with its level. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "On failure print where in the program it happened.")
  private boolean stacktrace;

  @Spec private CommandSpec spec;

  private Bench() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to measure: confidence, embed, encode, query, relevance, search, serve-load or"
            + " solr-load");
  }

  /**
   * Runs the command and exits.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    PrintStream data = stream(FileDescriptor.out);
    PrintStream log = stream(FileDescriptor.err);
    // Libraries that print to standard output must not end up among the data.
    System.setOut(log);
    LUCENE.setLevel(Level.WARNING); // it greets with what it found in the JVM
    System.exit(run(arguments, data, log));
  }

  private static PrintStream stream(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  /**
   * Runs the command without ending the JVM.
   *
   * @param arguments the command line
   * @param data where figures go
   * @param log where all else goes
   * @return the exit code: 0 done, 1 failed, 2 wrong usage
   */
  public static int run(String[] arguments, PrintStream data, PrintStream log) {
    Output output = new Output(data, log);
    Bench bench = new Bench();
    return new CommandLine(bench)
        .addSubcommand(new ConfidenceBenchmark())
        .addSubcommand(new EmbedBenchmark(output))
        .addSubcommand(new EncodeBenchmark(output))
        .addSubcommand(new QueryBenchmark(output))
        .addSubcommand(new RelevanceBenchmark())
        .addSubcommand(new SearchBenchmark(output))
        .addSubcommand(new ServeLoadBenchmark(output))
        .addSubcommand(new SolrLoadBenchmark(output))
        .setOut(new PrintWriter(data, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(log, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (e, line, parsed) -> Failures.report(e, NAME, bench.stacktrace, log))
        .execute(arguments);
  }
}
