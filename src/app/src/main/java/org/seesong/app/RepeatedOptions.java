package org.seesong.app;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Refuses an option of one value that is given twice. Picocli does so itself but for options in
 * groups, of which the last one silently wins.
 */
final class RepeatedOptions {
  private RepeatedOptions() {}

  static void refuse(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    List<String> words = parsed.originalArgs();
    for (OptionSpec option : last.commandSpec().options()) {
      if (!option.isMultiValue() && option.arity().max() > 0 && count(option, words) > 1) {
        throw new ParameterException(
            last.commandSpec().commandLine(),
            "option '" + option.longestName() + "' should be specified only once");
      }
    }
  }

  private static long count(OptionSpec option, List<String> words) {
    long count = 0;
    for (String word : words) {
      if (word.equals("--")) {
        break;
      }
      for (String name : option.names()) {
        count += word.equals(name) || word.startsWith(name + "=") ? 1 : 0;
      }
    }
    return count;
  }
}
