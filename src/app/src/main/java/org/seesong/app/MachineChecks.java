package org.seesong.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;

/** What the doctor looks at on the machine. Nothing is written. */
final class MachineChecks {
  /** From this Java on, Lucene has kernels that use SIMD. */
  private static final int SIMD_JAVA = 21;

  private static final int MEGABYTE = 1_000_000;
  private static final long LITTLE_MEMORY = 3_500L * MEGABYTE;
  private static final long LITTLE_HEAP = 700L * MEGABYTE;

  private MachineChecks() {}

  /** This JVM is the one that the launcher has chosen. */
  static Finding java() {
    String text =
        Runtime.version()
            + " ("
            + System.getProperty("java.vendor")
            + ") in "
            + System.getProperty("java.home");
    return Finding.ok(
        "java", text + (System.getProperty("seesong.command") == null ? "" : ", by the launcher"));
  }

  /** Lucene tells by the scorer that it takes; see its VectorizationProvider. */
  static Finding simd() {
    return simd(
        Runtime.version().feature(),
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        FlatVectorScorerUtil.getLucene99FlatVectorsScorer().toString().contains("MemorySegment"));
  }

  static Finding simd(int java, boolean module, boolean used) {
    if (used) {
      return Finding.ok("simd", "Lucene and the embedding compute with vector instructions");
    }
    String cost = "Lucene computes without vector instructions, at 2 to 3 times the cost";
    if (java < SIMD_JAVA) {
      return Finding.warning(
          "simd",
          cost + ": Java " + java,
          "install a JDK 21 or later; the launcher takes the newest one it finds");
    }
    if (!module) {
      return Finding.warning(
          "simd",
          cost + ": the module jdk.incubator.vector is not there",
          "start by the launcher (seesong), with a JDK rather than a cut-down JRE; by hand give"
              + " Java --add-modules jdk.incubator.vector");
    }
    return Finding.warning(
        "simd",
        cost + ", although the module jdk.incubator.vector is there",
        "start by the launcher (seesong); by hand give Java"
            + " -Dorg.apache.lucene.vectorization.upperJavaFeatureVersion="
            + java
            + "; a processor with vectors of less than 128 bits has no remedy");
  }

  /** Memory of the machine or container, and the most that Java's heap may take of it. */
  static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    try {
      ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
      Object bytes =
          ManagementFactory.getPlatformMBeanServer().getAttribute(system, "TotalMemorySize");
      return memory((Long) bytes, heap);
    } catch (JMException e) {
      // Another maker's Java need not tell it.
      return memory(Long.MAX_VALUE, heap);
    }
  }

  static Finding memory(long machine, long heap) {
    String whole =
        machine == Long.MAX_VALUE ? "unknown" : String.format(Locale.ROOT, "%,d MB", mega(machine));
    String text =
        String.format(Locale.ROOT, "%s, of which Java takes up to %,d MB", whole, mega(heap));
    if (machine < LITTLE_MEMORY) {
      return Finding.warning(
          "memory", text, "builds with a network want some 4 GB; small catalogues need less");
    }
    if (heap < LITTLE_HEAP) {
      return Finding.warning("memory", text, "give it more by SEESONG_JAVA_OPTS=-Xmx2g");
    }
    return Finding.ok("memory", text);
  }

  /** Room where a folder is or would be made. */
  static Finding space(String name, Path folder, long wantedMega, long neededMega) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    String variable = name.equals("home") ? "SEESONG_HOME" : "SEESONG_JAVA_OPTS=-Djava.io.tmpdir";
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      return Finding.problem(
          name,
          folder + ": " + there + " is no folder that this user may write to",
          "set " + variable + " to one");
    }
    try {
      long free = mega(Files.getFileStore(there).getUsableSpace());
      String text = String.format(Locale.ROOT, "%s has %,d MB of space", folder, free);
      String remedy = "make room, or set " + variable + " to a folder with more";
      if (free < neededMega) {
        return Finding.problem(name, text + "; it takes " + neededMega, remedy);
      }
      return free < wantedMega
          ? Finding.warning(name, text + "; up to " + wantedMega + " may be wanted", remedy)
          : Finding.ok(name, text);
    } catch (IOException e) {
      return Finding.problem(
          name, folder + ": " + Failures.message(e), "set " + variable + " to another folder");
    }
  }

  private static long mega(long bytes) {
    return bytes / MEGABYTE;
  }

  /** Whether the server could listen. */
  static Finding port(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Finding.ok("port", port + " is free for the server");
    } catch (IOException e) {
      return Finding.warning(
          "port",
          port + " cannot be listened on: " + e.getMessage(),
          "let the server take another: seesong serve --port N");
    }
  }
}
