package org.seesong.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.evaluation.VoteStudy;
import org.seesong.evaluation.VoteStudy.Ballot;
import org.seesong.evaluation.VoteStudy.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes people's votes on the answers of an evaluation. */
@Command(
    name = "vote",
    description = {
      "Shows songs for the pictures of an evaluation's case sheet, without naming the system that"
          + " found them, and asks whether they fit. Then prints each system's precision."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong vote eval",
      "  seesong vote eval --voter anna --seed 7",
      "  seesong vote eval --report --json",
      "",
      "Votes are saved one by one; leave with q and resume with the same command."
    })
final class VoteCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Output folder of an evaluation.")
  private Path folder;

  @Option(
      names = "--voter",
      paramLabel = "NAME",
      defaultValue = "voter",
      description = "Who votes; each voter is asked everything once (default: ${DEFAULT-VALUE}).")
  private String voter;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the order of pictures and songs (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--report", description = "Print the figures so far only.")
  private boolean reportOnly;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  private final Console console;

  VoteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    VoteStudy study = VoteStudy.open(folder);
    if (!reportOnly) {
      ask(study, study.ballots(voter, seed));
    }
    report(study.precision());
    return Seesong.DONE;
  }

  private void ask(VoteStudy study, List<Ballot> ballots) throws IOException {
    // Not closed: standard input is not ours.
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String picture = "";
    int asked = 0;
    for (Ballot ballot : ballots) {
      if (!ballot.query().equals(picture)) {
        picture = ballot.query();
        console.log("");
        console.log("Picture: " + ballot.file());
      }
      asked++;
      console.log("");
      console.log("  " + ballot.song().title() + " - " + ballot.song().artist());
      console.log("  " + ballot.song().line());
      String answer = answer(in, asked, ballots.size());
      if (answer.equals("q")) {
        return;
      }
      study.cast(voter, ballot, answer.equals("y"));
    }
    console.log(ballots.isEmpty() ? voter + " has voted on everything" : "that was all; thank you");
  }

  /** y, n or q; the end of the input is q. */
  private String answer(BufferedReader in, int asked, int all) throws IOException {
    while (true) {
      console.log("  Does it fit? y = thumbs up, n = down, q = leave (" + asked + "/" + all + ")");
      String line = in.readLine();
      String answer = line == null ? "q" : line.strip().toLowerCase(Locale.ROOT);
      if (List.of("y", "n", "q").contains(answer)) {
        return answer;
      }
    }
  }

  private void report(Map<String, Map<String, Precision>> figures) {
    if (json) {
      Map<String, Object> systems = new LinkedHashMap<>();
      figures.forEach((system, themes) -> systems.put(system, values(themes)));
      console.json(systems);
      return;
    }
    if (figures.isEmpty()) {
      console.log("no votes yet");
    }
    figures.forEach(
        (system, themes) ->
            themes.forEach(
                (theme, precision) ->
                    console.data(
                        String.format(
                            Locale.ROOT,
                            "%-24s %-12s P@10 %.3f (%d votes)",
                            system,
                            theme.isEmpty() ? "all" : theme,
                            precision.value(),
                            precision.votes()))));
  }

  private static Map<String, Object> values(Map<String, Precision> themes) {
    Map<String, Object> values = new LinkedHashMap<>();
    themes.forEach(
        (theme, precision) -> {
          Map<String, Object> value = new LinkedHashMap<>();
          value.put("precision", precision.value());
          value.put("votes", precision.votes());
          values.put(theme.isEmpty() ? "all" : theme, value);
        });
    return values;
  }
}
