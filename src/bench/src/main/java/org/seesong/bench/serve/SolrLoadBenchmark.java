package org.seesong.bench.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.lucene.util.IOUtils;
import org.seesong.app.Seesong;
import org.seesong.bench.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures Solr with the plugin under load over loopback, and whether its answers stay right. */
@Command(
    name = "solr-load",
    description = {
      "Runs Solr with the plugin as a process of its own, pushes indexes into it, asks it for each"
          + " picture alone, then from many clients at once, and compares all answers."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -B -DskipTests package -pl src/it -am",
      "  src/bench/run solr-load my-index other-index --pictures photos --bad-clients 12",
      "",
      "Maven makes the module and the class path of a Solr, which are unzipped and started in a",
      "temporary folder. Each index gets a collection of its own, and clients take turns with"
          + " them:",
      "indexes of two encoders have the node load both. Figures and exit code are those of"
          + " serve-load;",
      "refusedIn100 is the share of refusals whose QTime is 100 ms at most."
    })
public final class SolrLoadBenchmark implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "Folders that builds made, a collection each.")
  private List<Path> indexes;

  @Mixin private final LoadOptions options = new LoadOptions();

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "2",
      description = "Shards of each collection (default: ${DEFAULT-VALUE}).")
  private int shards;

  private final Output output;

  /**
   * The command.
   *
   * @param output where figures go
   */
  public SolrLoadBenchmark(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<byte[]> files = options.files();
    Path folder = Files.createTempDirectory("solr-load");
    try (SolrProcess solr = SolrProcess.start(folder, options.flags())) {
      List<LoadTarget> targets = new ArrayList<>();
      for (Path index : indexes) {
        String collection = "load" + targets.size();
        push(index, solr.node(), collection);
        targets.add(LoadTarget.solr(solr.node(), collection));
      }
      LoadClients load = new LoadClients(targets, files);
      load.askAlone(1);
      LoadRun run = LoadRun.of(load, files, options, solr.process());
      int code = solr.stop();
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("collections", targets.size());
      run.print(output, options, more, run.seen().refusedInTime(), code);
      return run.faults() + code == 0 ? 0 : 1;
    } finally {
      IOUtils.rm(folder);
    }
  }

  private void push(Path index, String node, String collection) throws IOException {
    String[] arguments = {
      "push",
      index.toString(),
      "--solr",
      node,
      "--collection",
      collection,
      "--shards",
      Integer.toString(shards)
    };
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
    int code = Seesong.run(arguments, stream, stream);
    output.log(told.toString(StandardCharsets.UTF_8).strip());
    if (code != 0) {
      throw new IOException(index + " cannot be pushed; see above");
    }
  }
}
