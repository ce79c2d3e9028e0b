package org.seesong.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seesong.index.CatalogueIndex;
import org.seesong.push.CataloguePush;
import org.seesong.push.PushListener;
import org.seesong.push.PushOptions;
import org.seesong.push.PushReport;
import org.seesong.push.PushTarget;
import org.seesong.push.ShardFiles;
import org.seesong.push.SongsInto;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a built catalogue into SolrCloud. */
@Command(
    name = "push",
    description = "Brings a built catalogue into SolrCloud, where the Seesong plugin answers.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong push my-index --solr http://localhost:8983/solr",
      "  seesong push my-index --zk zk1:2181,zk2:2181/solr --shards 4 --replicas 2"
          + " --two-collections",
      "",
      "Each state of a catalogue gets a collection of its own, NAME_ID; the alias NAME moves",
      "to it when all is there and checked, so readers never see half a catalogue. A push",
      "that was stopped goes on where it was when run again.",
      "",
      "With --user the password is read from the environment variable " + PushCommand.PASSWORD + "."
    })
final class PushCommand implements Callable<Integer> {
  static final String PASSWORD = "SEESONG_SOLR_PASSWORD";

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @ArgGroup(multiplicity = "1")
  private Where where;

  /** One of two ways to name a SolrCloud. */
  private static final class Where {
    @Option(
        names = "--solr",
        split = ",",
        paramLabel = "URL",
        description = "Address of a node of Solr; several with commas or one by one.")
    private List<String> solr = List.of();

    @Option(
        names = "--zk",
        paramLabel = "HOSTS",
        description = "ZooKeeper's hosts, with Solr's folder there if it has one.")
    private String zk = "";
  }

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      defaultValue = "seesong",
      description = "The alias that readers use (default: ${DEFAULT-VALUE}).")
  private String alias;

  @Option(
      names = "--two-collections",
      description = "Give pictures a collection of their own, behind the alias NAME_pictures.")
  private boolean twoCollections;

  @Option(
      names = "--songs-into",
      paramLabel = "COLLECTION",
      description =
          "A collection that has the songs already, its unique key the songs' ids: only their"
              + " places are added to it, in one field, and pictures get the collection behind the"
              + " alias NAME.")
  private String songsInto = "";

  @Option(
      names = "--song-field",
      paramLabel = "FIELD",
      defaultValue = "song_network_vector",
      description = "The field for places with --songs-into (default: ${DEFAULT-VALUE}).")
  private String songField;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "1",
      description = "Shards of a new collection (default: ${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Replicas of each shard (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--configset",
      paramLabel = "NAME",
      description =
          "A configset of your own that SolrCloud has already, used as it is; it needs the fields"
              + " and vector spaces of the catalogue (default: Seesong's, made for each"
              + " catalogue).")
  private String configset = "";

  @Option(
      names = "--shards-from",
      paramLabel = "FOLDER",
      description =
          "Write the shards as files below this folder, which all nodes of Solr must see under the"
              + " same path, and let Solr copy them; it does not index then (default: send"
              + " documents).")
  private Path shardsFrom;

  @Option(
      names = "--repository",
      paramLabel = "NAME",
      description =
          "Backup repository of the nodes' solr.xml that reads the folder of --shards-from"
              + " (default: Solr's own default, the file system).")
  private String repository = "";

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description =
          "Encoder that Solr's nodes open for pictures in requests: descriptor, a model in their"
              + " seesong.home, or none (default: the one the catalogue was built with).")
  private String encoder = "";

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "500",
      description = "Most documents of a request (default: ${DEFAULT-VALUE}; at most 4 MB).")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Requests that run side by side (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "How often a request is tried again, with pauses up to 20 s (default: ${DEFAULT-VALUE}).")
  private int retries;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "1",
      description = "Earlier states of the catalogue that stay (default: ${DEFAULT-VALUE}).")
  private int keep;

  @Option(
      names = "--no-switch",
      description = "Load and check only; the alias stays until a push without this.")
  private boolean noSwitch;

  @Option(names = "--user", paramLabel = "NAME", description = "Who to say we are.")
  private String user = "";

  @Option(names = "--json", description = "Print what was done as JSON.")
  private boolean json;

  private final Console console;

  PushCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    PushOptions options = options();
    Optional<SongsInto> into = into();
    Optional<ShardFiles> files = files();
    PushTarget target = new PushTarget(where.solr, where.zk, user, password());
    PushReport report;
    StopNotice notice = StopNotice.show(console, STOPPED);
    try (CatalogueIndex index = CatalogueIndex.open(folder);
        Progress progress = new Progress(console)) {
      CataloguePush push = new CataloguePush(index, options, progress);
      report =
          into.isPresent()
              ? push.run(target, into.get())
              : files.isPresent() ? push.run(target, files.get()) : push.run(target);
    } finally {
      notice.remove();
    }
    if (json) {
      console.json(report.toMap());
    } else {
      print(report);
    }
    return Seesong.DONE;
  }

  private static final String STOPPED =
      "stopped; what Solr has so far is kept, and readers get what they had. Run the same command"
          + " again to go on.";

  private PushOptions options() {
    try {
      return new PushOptions(
          alias,
          new PushOptions.Layout(twoCollections, shards, replicas, configset),
          encoder,
          new PushOptions.Load(batch, threads, retries),
          new PushOptions.Switching(!noSwitch, keep));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private Optional<SongsInto> into() {
    if (songsInto.isEmpty()) {
      return Optional.empty();
    }
    if (twoCollections) {
      throw new UsageException(
          new IllegalArgumentException(
              "--songs-into and --two-collections exclude each other: songs stay where they are"));
    }
    try {
      return Optional.of(new SongsInto(songsInto, songField));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private Optional<ShardFiles> files() {
    if (shardsFrom != null && !songsInto.isEmpty()) {
      throw new UsageException(
          new IllegalArgumentException(
              "--shards-from and --songs-into exclude each other: songs that are there already get"
                  + " one field more, and files replace all that a collection holds"));
    }
    if (shardsFrom == null && !repository.isEmpty()) {
      throw new UsageException(
          new IllegalArgumentException("--repository is of use with --shards-from only"));
    }
    return Optional.ofNullable(shardsFrom).map(folder -> new ShardFiles(folder, repository));
  }

  private String password() {
    String password = System.getenv(PASSWORD);
    if (!user.isEmpty() && password == null) {
      throw new UsageException(
          new IllegalArgumentException(
              "--user needs a password in the environment variable " + PASSWORD));
    }
    return password == null ? "" : password;
  }

  private void print(PushReport report) {
    PushReport.Sent load = report.load();
    report
        .place()
        .collections()
        .forEach((name, collection) -> console.data(name + " -> " + collection));
    console.data(
        String.format(
            Locale.ROOT,
            "%,d songs, %,d pictures: %,d %s, %,d there already%s",
            report.songs(),
            report.pictures(),
            load.sent(),
            shardsFrom == null ? "sent" : "written",
            load.present(),
            load.absent() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d songs are not there", load.absent())));
    console.data(
        String.format(
            Locale.ROOT,
            "%,.0f documents/s: %s in %s, %s in %s%s",
            load.documentsPerSecond(),
            shardsFrom == null ? "sent" : "written",
            ProgressMeter.duration(load.sending()),
            shardsFrom == null ? "committed" : "copied",
            ProgressMeter.duration(load.committing()),
            shardsFrom == null
                ? String.format(Locale.ROOT, ", %d requests sent again", load.retried())
                : ""));
    if (!report.kept().isEmpty()) {
      console.data("kept to go back to: " + String.join(", ", report.kept()));
    }
  }

  /** Shows a push on the console. */
  private static final class Progress implements PushListener, AutoCloseable {
    private final Console console;
    private ProgressMeter meter;

    Progress(Console console) {
      this.console = console;
    }

    @Override
    public synchronized void message(String line) {
      close();
      console.log(line);
    }

    @Override
    public synchronized void pushed(long done, long total) {
      if (meter == null) {
        meter = ProgressMeter.ofThings(console, "pushing", "documents");
      }
      meter.update(done, total);
    }

    @Override
    public synchronized void close() {
      if (meter != null) {
        meter.close();
        meter = null;
      }
    }
  }
}
