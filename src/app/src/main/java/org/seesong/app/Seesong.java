package org.seesong.app;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.seesong.catalogue.FileNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The {@code seesong} command: a picture in, songs out.
 *
 * <p>Data goes to standard output, everything else to standard error. Exit codes: {@value #DONE}
 * done, {@value #FAILED} failed, {@value #USAGE} wrong usage, {@value #REJECTED} done, but some
 * rows or pictures were left out, {@value #CLOSED} ended because the reader of standard output had
 * enough, as other programs that write to a closed pipe.
 */
@Command(
    name = Seesong.NAME,
    description = "A picture in, songs out.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      BuildCommand.class,
      AddCommand.class,
      RemoveCommand.class,
      IndexCommand.class,
      SearchCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      EncodeCommand.class,
      InfoCommand.class,
      ModelCommand.class,
      PushCommand.class,
      EvaluateCommand.class,
      VoteCommand.class,
      SparkCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading =
        "%nExit codes: 0 done, 1 failed, 2 wrong usage, 3 done, but something was left out.%n%n",
    footer = {
      "Begin with:  seesong demo",
      "Then:        seesong build --songs songs.jsonl --pictures photos/ --out my-index",
      "             seesong search my-index photo.jpg",
      "             seesong serve my-index"
    })
public final class Seesong {
  static final String NAME = "seesong";

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int REJECTED = 3;
  static final int CLOSED = 141;

  /** What is no option of ours, with or without a value. */
  private static final Pattern NAME_WITH_DASH = Pattern.compile("-[^=]+");

  @CommandLine.Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "On failure print where in the program it happened.")
  private boolean stacktrace;

  /** Held here because a logger that nobody holds may be collected together with its level. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private Seesong() {}

  /**
   * Runs the command and exits.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    PrintStream data = DataStream.standardOutput();
    PrintStream log =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    takeBackNotice(log);
    // Libraries that print to standard output must not end up among the data.
    System.setOut(log);
    LUCENE.setLevel(Level.WARNING); // it greets with what it found in the JVM
    int code = run(arguments, data, log);
    data.flush();
    log.flush();
    System.exit(code);
  }

  /** Removes Java's line about its incubating module where the launcher has seen a terminal. */
  static void takeBackNotice(PrintStream log) {
    if (System.getProperty("seesong.takeback") != null) {
      log.print("\u001b[A\u001b[2K"); // a line up, and clear it
    }
  }

  /**
   * Runs the command without ending the JVM.
   *
   * @param arguments the command line
   * @param data where results go
   * @param log where messages and progress go
   * @return the exit code
   */
  public static int run(String[] arguments, PrintStream data, PrintStream log) {
    Seesong seesong = new Seesong();
    Console console = new Console(data, log);
    CommandLine commands = new CommandLine(seesong, new CommandFactory(console));
    commands.setOut(new PrintWriter(data, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(log, true, StandardCharsets.UTF_8));
    commands.setUsageHelpAutoWidth(true);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setExpandAtFiles(false); // @anna.jpg is a picture
    commands.setPosixClusteredShortOptionsAllowed(false); // and -h.jpg is none that asks for help
    commands.registerConverter(Path.class, Seesong::path);
    commands.setParameterExceptionHandler((e, args) -> wrongUsage(e, args, log));
    commands.setExecutionExceptionHandler(
        (e, line, result) -> Failures.report(e, NAME, seesong.stacktrace, log));
    commands.setExecutionStrategy(
        parsed -> {
          RepeatedOptions.refuse(parsed);
          return new CommandLine.RunLast().execute(parsed);
        });
    try {
      for (String argument : arguments) {
        FileNames.requireSpelt(argument);
      }
    } catch (IllegalArgumentException e) {
      return Failures.report(new UsageException(e), NAME, false, log);
    }
    int code = commands.execute(arguments);
    commands.getOut().flush();
    try {
      console.requireWritten(); // such as a help text
      return code;
    } catch (OutputException e) {
      return Failures.report(e, NAME, seesong.stacktrace, log);
    }
  }

  private static Path path(String text) {
    try {
      return FileNames.path(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }

  /** The first argument that was taken for an option but looks like a file. */
  private static Optional<String> fileWithDash(ParameterException e, String[] arguments) {
    List<String> candidates =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched()
            : Arrays.stream(arguments).takeWhile(argument -> !argument.equals("--")).toList();
    return candidates.stream()
        .filter(argument -> NAME_WITH_DASH.matcher(argument).matches())
        .filter(argument -> argument.indexOf('.') > 0 || new File(argument).exists())
        .findFirst();
  }

  private static int wrongUsage(ParameterException e, String[] arguments, PrintStream log) {
    CommandLine line = e.getCommandLine();
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return USAGE;
    }
    if (arguments[0].equals("bench")) {
      log.println("seesong: benchmarks are not part of the program; src/bench/run runs them");
      return USAGE;
    }
    log.println("seesong: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    fileWithDash(e, arguments)
        .ifPresent(
            file ->
                log.println(
                    "A file whose name begins with a dash is written ./"
                        + file
                        + ", or comes after --"));
    log.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return USAGE;
  }
}
