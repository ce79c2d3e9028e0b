package org.seesong.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Starts this machine's part in a Spark cluster. */
@Command(
    name = "spark",
    description = "Starts a master or a worker of a Spark cluster that 'build --spark' works on.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong spark master --host 127.0.0.1 --port 7077",
      "  seesong spark worker --host 127.0.0.1 --cores 1 --memory 2g spark://127.0.0.1:7077",
      "  seesong build --spark spark://127.0.0.1:7077 --songs songs.jsonl --pictures photos/"
          + " --out my-index",
      "",
      "Either runs until it is stopped. What follows 'master' or 'worker' is Spark's own;",
      "without it a worker lists what there is."
    })
final class SparkCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "master|worker", description = "What this machine does.")
  private String role;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    try {
      SparkSettings.engine().serve(role, options);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
    return Seesong.DONE;
  }
}
