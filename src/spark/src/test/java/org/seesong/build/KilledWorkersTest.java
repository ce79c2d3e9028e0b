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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills workers of a cluster of a master and two workers, each a process, at any point of a build,
 * and starts them again: the build ends with the index of a local one, and no part is computed
 * twice but what was under way. {@code -Dseesong.kills=20} asks for so many kills.
 */
class KilledWorkersTest {
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
