package org.seesong.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.seesong.part.PartEngine;
import org.seesong.part.PartRunner;

/** Connects to a Spark master; see {@link PartEngine}. */
public final class SparkEngine implements PartEngine {
  private static final String STANDALONE = "spark://";
  private static final int CONNECT_MILLIS = 10_000;

  @Override
  public boolean knows(String address) {
    return address.startsWith(STANDALONE)
        || address.startsWith("k8s://")
        || address.startsWith("local")
        || address.equals("yarn");
  }

  @Override
  public PartRunner open(String address, String title, Map<String, String> options)
      throws IOException {
    requireMaster(address);
    SparkConf conf =
        new SparkConf()
            .setMaster(address)
            .setAppName(title)
            .set("spark.ui.enabled", "false")
            .set("spark.ui.showConsoleProgress", "false")
            .set("spark.executor.extraJavaOptions", String.join(" ", executorFlags()));
    if (isHere(address)) {
      // Spark would else listen on all of the machine's addresses.
      conf.set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1");
    }
    options.forEach(conf::set);
    try {
      return new SparkRunner(new JavaSparkContext(conf));
    } catch (RuntimeException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IOException("cannot work on Spark at " + address + ": " + first, e);
    }
  }

  @Override
  public void serve(String role, List<String> arguments) throws InterruptedException {
    String[] all = arguments.toArray(String[]::new);
    switch (role) {
      case "master" -> Master.main(all);
      case "worker" -> Worker.main(all);
      default ->
          throw new IllegalArgumentException("a machine is master or worker; got: '" + role + "'");
    }
  }

  /**
   * What executors need beside Spark's own flags: that of a launcher of ours, for the Java that
   * runs here, which all machines must have, since other kernels may round otherwise.
   */
  private static List<String> executorFlags() {
    List<String> flags = new ArrayList<>(List.of("-Djava.awt.headless=true"));
    int java = Runtime.version().feature();
    if (java >= 21 && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      flags.add("--add-modules=jdk.incubator.vector");
    }
    if (java >= 21) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    if (java >= 23) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
      flags.add("-Dorg.apache.lucene.vectorization.upperJavaFeatureVersion=25");
    }
    return flags;
  }

  /** Spark itself would try for minutes. */
  private static void requireMaster(String address) throws IOException {
    if (!address.startsWith(STANDALONE)) {
      return;
    }
    IOException last = null;
    for (String master : address.substring(STANDALONE.length()).split(",", -1)) {
      int colon = master.lastIndexOf(':');
      try (Socket socket = new Socket()) {
        int port = Integer.parseInt(master.substring(colon + 1));
        socket.connect(
            new InetSocketAddress(master.substring(0, Math.max(0, colon)), port), CONNECT_MILLIS);
        return;
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "a Spark master's address is spark://host:port; got: '" + address + "'", e);
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException(
        "no Spark master answers at "
            + address
            + " ("
            + last.getMessage()
            + "); start one with 'seesong spark master', or name another",
        last);
  }

  private static boolean isHere(String address) {
    return address.startsWith("local")
        || address.startsWith("spark://127.0.0.1:")
        || address.startsWith("spark://localhost:");
  }
}
