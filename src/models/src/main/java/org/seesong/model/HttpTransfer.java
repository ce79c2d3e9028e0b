package org.seesong.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** One request for the rest of a file. */
final class HttpTransfer {
  private static final int MOST_REDIRECTS = 5;
  private static final int CHUNK = 1 << 18;

  /** Where the length is not known; far more than any weights of the VGG family. */
  private static final long LONGEST = 4L << 30;

  private final PublishedWeights weights;
  private final Duration patience;
  private final HttpClient client;

  /**
   * A transfer.
   *
   * @param patience how long the server may say nothing
   */
  HttpTransfer(PublishedWeights weights, Duration patience) {
    this.weights = weights;
    this.patience = patience;
    client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** Trying again brings nothing: the server's answer is no good. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  /** Ours, not the connection's. */
  static final class DiskFailure extends IOException {
    private static final long serialVersionUID = 1L;

    DiskFailure(IOException cause) {
      super(cause);
    }
  }

  /** Appends what is missing; true once the server has sent all it has. */
  boolean append(FileChannel file, LongConsumer progress) throws IOException, InterruptedException {
    long here = file.size();
    HttpResponse<InputStream> response = ask(here);
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> file.truncate(0);
        case 206 -> requireContinues(response, here);
        case 416 -> {
          // What we have is longer than what there is: of another version.
          file.truncate(0);
          if (here == 0) {
            throw new Refusal("HTTP 416 from " + response.uri());
          }
          return false;
        }
        default -> throw new Refusal("HTTP " + response.statusCode() + " from " + response.uri());
      }
      copy(body, file, progress);
      return true;
    }
  }

  private HttpResponse<InputStream> ask(long from) throws IOException, InterruptedException {
    URI address = weights.address();
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address).timeout(patience).header("Accept-Encoding", "identity");
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() / 100 != 3) {
        return response;
      }
      response.body().close();
      address = redirected(response);
    }
    throw new Refusal("more than " + MOST_REDIRECTS + " redirects from " + weights.address());
  }

  private URI redirected(HttpResponse<?> response) throws Refusal {
    String location = response.headers().firstValue("Location").orElse("");
    URI address;
    try {
      address = response.uri().resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Refusal(response.uri() + " redirects to '" + location + "', which is no address");
    }
    if (!weights.allows(address)) {
      throw new Refusal(response.uri() + " redirects to " + address + ", which is not https");
    }
    return address;
  }

  private static void requireContinues(HttpResponse<?> response, long from) throws Refusal {
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + from + "-")) {
      throw new Refusal(response.uri() + " sent '" + range + "' when asked for bytes from " + from);
    }
  }

  private void copy(InputStream body, FileChannel file, LongConsumer progress)
      throws IOException, InterruptedException {
    long most = weights.bytes().orElse(LONGEST);
    byte[] chunk = new byte[CHUNK];
    try (Watch watch = new Watch(body, patience)) {
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while downloading");
        }
        watch.heard();
        if (file.size() + read > most) {
          file.truncate(0);
          throw new Refusal(weights.address() + " sends more than " + most + " bytes");
        }
        append(file, ByteBuffer.wrap(chunk, 0, read));
        progress.accept(file.size());
      }
    }
    if (weights.bytes().isPresent() && file.size() < most) {
      throw new IOException("it ended early");
    }
  }

  private static void append(FileChannel file, ByteBuffer bytes) throws DiskFailure {
    try {
      file.position(file.size());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new DiskFailure(e);
    }
  }

  /** Closes a body that brings nothing for too long, which ends the read that waits for it. */
  private static final class Watch implements AutoCloseable {
    private final AtomicLong lastHeard = new AtomicLong(System.nanoTime());
    private final Timer timer = new Timer("seesong-download-watch", true);

    Watch(InputStream body, Duration patience) {
      long interval = Math.max(1, patience.toMillis() / 4);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              if (System.nanoTime() - lastHeard.get() > patience.toNanos()) {
                closeQuietly(body);
              }
            }
          },
          interval,
          interval);
    }

    void heard() {
      lastHeard.set(System.nanoTime());
    }

    @Override
    public void close() {
      timer.cancel();
    }

    private static void closeQuietly(InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        // The reader gets the exception.
      }
    }
  }
}
