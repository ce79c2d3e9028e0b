package org.seesong.app;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All commands as one manual page, from what {@code --help} says; in the macros of man(7). */
final class ManPage {
  private static final String NAME = Seesong.NAME;

  private final CommandSpec root;
  private final StringBuilder page = new StringBuilder();

  ManPage(CommandSpec root) {
    this.root = root;
  }

  String text() {
    macro(".TH", NAME.toUpperCase(Locale.ROOT), "1");
    macro(".SH", "NAME");
    line(NAME + " - songs that fit a picture");
    macro(".SH", "SYNOPSIS");
    macro(".B", NAME);
    line("COMMAND [OPTION]... [ARGUMENT]...");
    macro(".SH", "DESCRIPTION");
    line(
        "Turns a catalogue of songs and pictures into an index and answers which songs fit a"
            + " picture. Results go to standard output, all else to standard error.");
    macro(".SH", "COMMANDS");
    commands(root).forEach(this::command);
    macro(".SH", "EXIT STATUS");
    term("0", "Done.");
    term("1", "Failed.");
    term("2", "Wrong usage.");
    term("3", "Done, but some rows or pictures were left out.");
    macro(".SH", "ENVIRONMENT");
    term("SEESONG_HOME", "Folder of models and of the demo, in place of ~/.seesong.");
    term("SEESONG_JAVA", "Folder of the JDK or JRE to run with.");
    term("SEESONG_JAVA_OPTS", "Further flags for Java, such as -Xmx8g.");
    macro(".SH", "EXAMPLES");
    macro(".EX");
    page.append(lines(root.usageMessage().footer()));
    macro(".EE");
    return page.toString();
  }

  /** Each command once, under its first name, those of commands after it. */
  private static Stream<CommandSpec> commands(CommandSpec parent) {
    Collection<CommandLine> all = new LinkedHashSet<>(parent.subcommands().values());
    return all.stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> !each.name().equals("help"))
        .flatMap(each -> Stream.concat(Stream.of(each), commands(each)));
  }

  private void command(CommandSpec command) {
    macro(".SS", command.qualifiedName());
    Help help = new Help(command, Help.defaultColorScheme(Ansi.OFF));
    line(help.synopsis(0).strip().replaceAll("\\s+", " "));
    macro(".PP");
    line(plain(command.usageMessage().description()));
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      term(parameter.paramLabel(), plain(parameter.description()));
    }
    for (OptionSpec option : command.options()) {
      if (!isShared(option)) {
        String label = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
        term(String.join(", ", option.names()) + label, plain(option.description()));
      }
    }
    String[] footer = command.usageMessage().footer();
    if (footer.length > 0) {
      macro(".PP");
      line(plain(command.usageMessage().footerHeading()));
      macro(".EX");
      page.append(lines(footer));
      macro(".EE");
    }
  }

  /** What all commands have is told by the page as a whole. */
  private boolean isShared(OptionSpec option) {
    Set<String> shared =
        root.options().stream().flatMap(o -> Arrays.stream(o.names())).collect(Collectors.toSet());
    return shared.contains(option.longestName());
  }

  private static String plain(String... text) {
    return String.join(" ", text).replace("%n", "\n").replace("%%", "%").strip();
  }

  private static String lines(String... text) {
    return Arrays.stream(text)
        .flatMap(each -> each.replace("%n", "\n").replace("%%", "%").lines())
        .map(each -> escaped(each) + "\n")
        .collect(Collectors.joining());
  }

  private void term(String name, String meaning) {
    macro(".TP");
    macro(".B", name);
    line(meaning);
  }

  private void macro(String name, String... arguments) {
    page.append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private void line(String text) {
    text.lines().filter(each -> !each.isBlank()).forEach(l -> page.append(escaped(l)).append('\n'));
  }

  /** A backslash, hyphens that are typed as they are, and what would begin a macro. */
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
