package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds on a cluster of a master and two workers, each a process. Workers are killed at any point
 * of a build and started again: the build ends with the index of a local one, and no part is
 * computed twice but what was under way. {@code -Dseesong.kills=20} asks for so many kills.
 */
class StandaloneClusterTest {
  private static final int KILLS = Integer.getInteger("seesong.kills", 1);
  private static final List<Process> WORKERS = new ArrayList<>();
  private static final List<Process> DRIVERS = new ArrayList<>();

  @TempDir static Path folder;
  private static SmallBuild build;
  private static String address;
  private static Process master;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    build = SmallBuild.writeTo(folder.resolve("catalogue"));
    build.here("local");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    address = "spark://127.0.0.1:" + port;
    master =
        JavaProcess.start(
            folder.resolve("master.log"),
            SparkNode.class,
            List.of(
                "master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0"));
    WORKERS.add(worker(0));
    WORKERS.add(worker(1));
    requireMaster(port);
  }

  private static void requireMaster(int port) throws Exception {
    for (int tries = 0; tries < 600; tries++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (ConnectException e) {
        assertThat(master.isAlive()).as(log("master")).isTrue();
        Thread.sleep(100);
      }
    }
    throw new AssertionError("no master within a minute: " + log("master"));
  }

  @AfterAll
  static void stop() throws Exception {
    for (Process driver : DRIVERS) {
      JavaProcess.kill(driver); // one that did not end
    }
    for (Process worker : WORKERS) {
      JavaProcess.kill(worker);
    }
    if (master != null) {
      JavaProcess.kill(master);
    }
  }

  private static String log(String name) throws IOException {
    Path log = folder.resolve(name + ".log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static Process worker(int number) throws IOException {
    return JavaProcess.start(
        folder.resolve("worker-" + number + ".log"),
        SparkNode.class,
        List.of(
            "worker",
            "--host",
            "127.0.0.1",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "--work-dir",
            folder.resolve("work-" + number).toString(),
            address));
  }

  /** What the script spark-submit of a Spark that is there runs, in the driver's process. */
  @Test
  @Tag("slow")
  void aProgramThatSparkSubmitStartsBuildsTheSame() throws Exception {
    Process submit =
        JavaProcess.start(
            folder.resolve("submit.log"),
            SparkSubmit.class,
            List.of(
                "--master",
                address,
                "--class",
                SparkDriver.class.getName(),
                "--conf",
                "spark.executor.extraClassPath=" + System.getProperty("java.class.path"),
                "spark-internal", // in place of the jar that has the class
                folder.resolve("catalogue").toString(),
                "submitted",
                "21",
                address));
    DRIVERS.add(submit);
    assertThat(submit.waitFor(5, TimeUnit.MINUTES)).as(log("submit")).isTrue();
    assertThat(submit.exitValue()).as(log("submit")).isZero();
    assertThat(build.content("submitted")).isEqualTo(build.content("local"));
  }

  @Test
  void workersThatAreKilledCostTheirPartOnly() throws Exception {
    Random random = new Random(17);
    for (int killed = 0, round = 0; killed < KILLS; round++) {
      String name = "worker-kills-" + round;
      Process driver =
          JavaProcess.start(
              folder.resolve(name + ".log"),
              SparkDriver.class,
              List.of(folder.resolve("catalogue").toString(), name, "3", address));
      DRIVERS.add(driver);
      int before = killed;
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
      while (!driver.waitFor(4_000 + random.nextInt(8_000), TimeUnit.MILLISECONDS)) {
        assertThat(System.nanoTime()).as(log(name)).isLessThan(end);
        if (killed < KILLS) {
          int number = random.nextInt(WORKERS.size());
          WORKERS.get(number).destroyForcibly().waitFor(); // its executor ends by itself
          WORKERS.set(number, worker(number));
          killed++;
        }
      }
      DRIVERS.remove(driver);
      String log = log(name);
      assertThat(driver.exitValue()).as(log).isZero();
      assertThat(build.content(name)).isEqualTo(build.content("local"));
      int more =
          log.lines()
              .filter(line -> line.startsWith(SparkDriver.MORE))
              .mapToInt(line -> Integer.parseInt(line.substring(SparkDriver.MORE.length())))
              .sum();
      assertThat(more).as("each kill costs one part at most").isLessThanOrEqualTo(killed - before);
    }
  }
}
