package org.seesong.solr;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.common.SolrInputDocument;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * What a two-hop request costs over a plain vector request of the same Solr: both on two shards
 * with two replicas in this JVM, by turns, over HTTP, without encoding.
 *
 * <p>Arguments: pictures, songs, requests of each kind; 5,000, 20,000 and 400 unless told.
 */
final class TwoHopLatency {
  private static final VectorSpace VISUAL = new VectorSpace("benchmark-visual", 512);
  private static final VectorSpace NETWORK = new VectorSpace("benchmark-network", 64);
  private static final int BATCH = 1000;

  private TwoHopLatency() {}

  public static void main(String[] args) throws Exception {
    int pictures = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
    int songs = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    int requests = args.length > 2 ? Integer.parseInt(args[2]) : 400;
    Path folder = Files.createTempDirectory("two-hop-latency");
    Path config = Files.createDirectories(folder.resolve("config"));
    new Configset(VISUAL, NETWORK, Configset.NO_ENCODER).writeTo(config);
    MiniSolrCloudCluster cluster =
        new MiniSolrCloudCluster.Builder(2, folder.resolve("cloud"))
            .addConfig("seesong", config)
            .build();
    try {
      CollectionAdminRequest.createCollection("songs", "seesong", 2, 2)
          .process(cluster.getSolrClient());
      cluster.waitForActiveCollection("songs", 2, 4);
      load(cluster.getSolrClient(), SongCatalogue.random(1, pictures, songs, 512, 64));
      try (SolrClient node = cluster.getJettySolrRunner(0).newClient()) {
        // The first figures are of code that is not compiled yet; the same follows when it is.
        measure(node, requests, "id", "replica.location:local");
        for (String fields : List.of("id", "id,song_artist,song_first_line")) {
          // Replicas of the node that is asked, and of the other one alone.
          String other = cluster.getJettySolrRunner(1).getBaseUrl().toString();
          measure(node, requests, fields, "replica.location:local");
          measure(node, requests, fields, "replica.location:" + other);
        }
      }
    } finally {
      cluster.shutdown();
    }
    System.exit(0);
  }

  private static void load(SolrClient client, SongCatalogue catalogue) throws Exception {
    List<SolrInputDocument> all = new ArrayList<>(catalogue.pictureDocuments());
    all.addAll(catalogue.songDocuments());
    for (int from = 0; from < all.size(); from += BATCH) {
      client.add("songs", all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    client.commit("songs");
    client.optimize("songs");
  }

  /** A way to ask; the paper's numbers are 5 pictures that take turns. */
  private record Way(String name, Map<String, String> params) {
    static List<Way> all() {
      List<Way> ways = new ArrayList<>();
      for (String mode : List.of("auto", "exact", "approximate")) {
        ways.add(new Way("defaults, " + mode, Map.of("image.mode", mode)));
        ways.add(
            new Way(
                "paper's, " + mode,
                Map.of("image.mode", mode, "image.pictures", "5", "image.coverage", "0")));
      }
      return ways;
    }
  }

  private static void measure(SolrClient node, int requests, String fields, String preference)
      throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    List<Way> ways = Way.all();
    long[][] nanos = new long[1 + ways.size()][requests];
    int warmUp = requests / 2;
    for (int i = -warmUp; i < requests; i++) {
      String place = Arrays.toString(SongCatalogue.vector(random, NETWORK.dimension()));
      SolrQuery plain = new SolrQuery("{!knn f=song_network_vector topK=10}" + place);
      long[] taken = new long[nanos.length];
      taken[0] = time(node, "/select", plain, fields, preference);
      String picture =
          HopParams.encode(new FloatVector(SongCatalogue.vector(random, VISUAL.dimension())));
      for (int way = 0; way < ways.size(); way++) {
        SolrQuery twoHop = new SolrQuery();
        twoHop.set("image.vec", picture);
        twoHop.set("image.encoder", VISUAL.id());
        ways.get(way).params().forEach(twoHop::set);
        taken[way + 1] = time(node, "/songs-by-image", twoHop, fields, preference);
      }
      for (int kind = 0; i >= 0 && kind < taken.length; kind++) {
        nanos[kind][i] = taken[kind];
      }
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("fl=" + fields + ", shards.preference=" + preference);
    print(out, "plain kNN", nanos[0], nanos[0]);
    for (int way = 0; way < ways.size(); way++) {
      print(out, ways.get(way).name(), nanos[way + 1], nanos[0]);
    }
  }

  private static long time(
      SolrClient node, String path, SolrQuery query, String fields, String preference)
      throws Exception {
    query.setFields(fields).setRows(10).set("shards.preference", preference);
    QueryRequest request = new QueryRequest(query, METHOD.POST);
    request.setPath(path);
    long start = System.nanoTime();
    if (request.process(node, "songs").getResults().size() != 10) {
      throw new IllegalStateException("not ten songs");
    }
    return System.nanoTime() - start;
  }

  private static void print(PrintStream out, String name, long[] nanos, long[] base) {
    out.printf(
        Locale.ROOT,
        "%-24s p50 %6.2f ms (%.2f x)   p95 %6.2f ms (%.2f x)%n",
        name,
        quantile(nanos, 0.5) / 1e6,
        quantile(nanos, 0.5) / quantile(base, 0.5),
        quantile(nanos, 0.95) / 1e6,
        quantile(nanos, 0.95) / quantile(base, 0.95));
  }

  private static double quantile(long[] nanos, double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
