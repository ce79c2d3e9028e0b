package org.seesong.bench.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that a server has to bear beside good ones: some send damaged pictures, some send theirs
 * so slowly that they hold on to what they can get, some hang up in the middle. Closing ends them.
 */
final class BadClients implements AutoCloseable {
  private static final int KINDS = 3;
  private static final long SLOW_NANOS = 100_000_000;
  private static final int TIMEOUT_MILLIS = 120_000;

  private final List<URI> targets;
  private final List<byte[]> pictures;
  private final ExecutorService threads;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger serverFaults = new AtomicInteger();

  /** Starts them. */
  BadClients(List<LoadTarget> targets, List<byte[]> pictures, int clients, long seed) {
    this.targets = targets.stream().map(LoadTarget::search).toList();
    this.pictures = List.copyOf(pictures);
    this.threads = Executors.newFixedThreadPool(Math.max(1, clients));
    SplittableRandom random = new SplittableRandom(seed);
    List<SplittableRandom> own = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      own.add(random.split());
    }
    for (int i = 0; i < clients; i++) {
      int kind = i % KINDS;
      URI target = this.targets.get(i / KINDS % this.targets.size());
      SplittableRandom drawn = own.get(i);
      threads.execute(() -> run(target, kind, drawn));
    }
  }

  /** How many requests were sent, in full or in part. */
  int requests() {
    return requests.get();
  }

  /** How many were answered by 500, which no client may bring about. */
  int serverFaults() {
    return serverFaults.get();
  }

  private void run(URI target, int kind, SplittableRandom random) {
    while (!over.get()) {
      byte[] picture = pictures.get(random.nextInt(pictures.size())).clone();
      requests.incrementAndGet();
      try (Socket socket = new Socket(target.getHost(), target.getPort())) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        OutputStream out = socket.getOutputStream();
        out.write(head(target, picture.length));
        switch (kind) {
          case 0 -> sendDamaged(socket, picture, random);
          case 1 -> sendSlowly(out, picture, random);
          default -> out.write(picture, 0, random.nextInt(picture.length));
        }
      } catch (IOException e) {
        // The server has hung up, as it may.
        LockSupport.parkNanos(SLOW_NANOS);
      }
    }
  }

  private static byte[] head(URI target, int length) {
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return ("POST "
            + target.getRawPath()
            + query
            + " HTTP/1.1\r\nHost: "
            + target.getAuthority()
            + "\r\nContent-Type: image/jpeg\r\nConnection: close\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void sendDamaged(Socket socket, byte[] picture, SplittableRandom random)
      throws IOException {
    for (int i = 0; i < 20; i++) {
      picture[random.nextInt(picture.length)] = (byte) random.nextInt(256);
    }
    socket.getOutputStream().write(picture);
    socket.getOutputStream().flush();
    byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 500".length());
    if (new String(start, StandardCharsets.US_ASCII).equals("HTTP/1.1 500")) {
      serverFaults.incrementAndGet();
    }
  }

  private void sendSlowly(OutputStream out, byte[] picture, SplittableRandom random)
      throws IOException {
    int end = random.nextInt(picture.length);
    for (int at = 0; at < end && !over.get(); at++) {
      out.write(picture[at]);
      out.flush();
      LockSupport.parkNanos(SLOW_NANOS);
    }
  }

  @Override
  public void close() {
    over.set(true);
    threads.shutdownNow();
  }
}
