package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.io.Digests;
import org.seesong.model.LocalServer.Answer;

class DownloadTest {
  private static final byte[] CONTENT = new byte[1_000_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private static final String DIGEST = Digests.sha256(CONTENT);

  @TempDir Path temp;
  private LocalServer server;
  private Path target;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
    target = temp.resolve("weights.h5");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void theTableNamesThePublishedFile() {
    assertThat(PublishedWeights.VGG19)
        .isEqualTo(
            new PublishedWeights(
                "vgg19",
                URI.create(
                    "https://storage.googleapis.com/tensorflow/keras-applications/vgg19/"
                        + "vgg19_weights_tf_dim_ordering_tf_kernels.h5"),
                OptionalLong.of(574_710_816),
                "c872d82e40328910cd7a12763dae043d56eb00efe6a137f31899514d637d4cdb"));
    for (String address : List.of("http://example.com/w.h5", "file:///w.h5", "w.h5")) {
      assertThatThrownBy(() -> PublishedWeights.VGG19.from(URI.create(address)))
          .hasMessage(
              "the address must begin with https:// (or http://127.0.0.1); got: '" + address + "'");
    }
    assertThatThrownBy(() -> PublishedWeights.VGG19.withSha256("abc"))
        .hasMessage("sha256 must have 64 hexadecimal digits; got: 'abc'");
  }

  @Test
  void aFileArrivesWhole() throws Exception {
    serve(Integer.MAX_VALUE, true);
    AtomicLong progress = new AtomicLong();
    assertThat(Download.fetch(weights(), target, progress::set)).isEqualTo(target);
    assertArrived();
    assertThat(progress).hasValue(CONTENT.length);
    assertThat(server.ranges()).containsExactly("");
    Download.fetch(weights(), target, progress::set);
    assertThat(server.ranges()).as("what is there is not asked for again").hasSize(1);
  }

  @Test
  void aBrokenTransferGoesOnWhereItStopped() throws Exception {
    serve(300_000, true);
    Download.fetch(weights(), target, done -> {});
    assertArrived();
    assertThat(server.ranges()).hasSizeGreaterThan(2).contains("").doesNotHaveDuplicates();
  }

  @Test
  void anEarlierRunIsContinued() throws Exception {
    Files.write(part(), Arrays.copyOf(CONTENT, 400_000));
    serve(Integer.MAX_VALUE, true);
    Download.fetch(weights(), target, done -> {});
    assertArrived();
    assertThat(server.ranges()).containsExactly("bytes=400000-");
  }

  @Test
  void aServerThatIgnoresRangesSendsAllAgain() throws Exception {
    Files.write(part(), Arrays.copyOf(CONTENT, 400_000));
    serve(Integer.MAX_VALUE, false);
    Download.fetch(weights(), target, done -> {});
    assertArrived();
  }

  @Test
  void theRestOfAnotherVersionIsThrownAway() throws Exception {
    Files.write(part(), new byte[400_000]);
    serve(Integer.MAX_VALUE, true);
    Download.fetch(weights(), target, done -> {});
    assertArrived();
    assertThat(server.ranges()).containsExactly("bytes=400000-", "");
    Files.delete(target);
    Files.write(part(), new byte[CONTENT.length + 1]);
    Download.fetch(weights().withSha256(DIGEST), target, done -> {});
    assertArrived();
  }

  @Test
  void aWrongFileIsDeleted() {
    serve(Integer.MAX_VALUE, true);
    String wanted = "0".repeat(64);
    assertThatThrownBy(() -> Download.fetch(weights().withSha256(wanted), target, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "what came from "
                + address()
                + " is not the file we want and was deleted: it has 1000000 bytes and SHA-256 "
                + DIGEST
                + ", expected "
                + wanted);
    assertThat(target).doesNotExist();
    assertThat(part()).isEmptyFile();
  }

  @Test
  void aMissingFileNamesTheManualWay() {
    assertThatThrownBy(() -> Download.fetch(weights(), target, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(
            String.join(
                "\n",
                "cannot download vgg19: HTTP 404 from " + address(),
                "You can get the file yourself, with a browser or on another machine:",
                "  " + address(),
                "  SHA-256 " + DIGEST,
                "and then run: seesong model import --keras FILE --name vgg19"));
  }

  @Test
  void withoutConnectionTheManualWayIsNamed() throws IOException {
    PublishedWeights weights = weights();
    server.close();
    assertThatThrownBy(() -> Download.fetch(weights, target, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot download vgg19: no connection (ConnectException)\nYou can")
        .hasMessageEndingWith("seesong model import --keras FILE --name vgg19");
    assertThat(target).doesNotExist();
  }

  @Test
  void aServerThatSendsTooMuchIsStopped() {
    byte[] longer = new byte[CONTENT.length + 1];
    server.on("/weights.h5", from -> new Answer(200, "X: y", longer.length, longer, false));
    assertThatThrownBy(() -> Download.fetch(weights(), target, done -> {}))
        .hasMessageStartingWith(
            "cannot download vgg19: " + address() + " sends more than 1000000 bytes\n");
    assertThat(part()).isEmptyFile();
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws Exception {
    byte[] start = Arrays.copyOf(CONTENT, 1000);
    server.on("/weights.h5", from -> new Answer(200, "X: y", CONTENT.length, start, true));
    Download download = new Download(weights(), target, Duration.ofMillis(300), done -> {});
    assertThatThrownBy(download::run)
        .hasMessageStartingWith("cannot download vgg19: the connection broke after 1000 bytes (")
        .hasMessageContaining("; the same command goes on from there\n");
    assertThat(part()).hasSize(1000);
  }

  @Test
  void redirectsAreFollowedButNotForEverAndNotAnywhere() throws Exception {
    serve(Integer.MAX_VALUE, true);
    redirect("/moved", "/weights.h5");
    redirect("/loop", "/loop");
    redirect("/away", "http://example.com/w.h5");
    redirect("/file", "file:///etc/passwd");
    Download.fetch(weights().from(address("/moved")), target, done -> {});
    assertArrived();
    Files.delete(target);
    assertRefused("/loop", "more than 5 redirects from " + address("/loop"));
    assertRefused(
        "/away", address("/away") + " redirects to http://example.com/w.h5, which is not https");
    assertRefused(
        "/file", address("/file") + " redirects to file:///etc/passwd, which is not https");
  }

  private void assertRefused(String path, String reason) {
    assertThatThrownBy(() -> Download.fetch(weights().from(address(path)), target, done -> {}))
        .hasMessageStartingWith("cannot download vgg19: " + reason + "\n");
  }

  @Test
  void anotherFileInItsPlaceIsLeftAlone() throws Exception {
    Files.writeString(target, "mine");
    assertThatThrownBy(() -> Download.fetch(weights(), target, done -> {}))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(target + ": exists, but its SHA-256 is not " + DIGEST + "; remove it first");
    assertThat(target).hasContent("mine");
  }

  @Test
  void twoDownloadsOfOneFileDoNotMix() {
    serve(Integer.MAX_VALUE, true);
    assertThatThrownBy(
            () ->
                Download.fetch(
                    weights(),
                    target,
                    done -> {
                      assertThatThrownBy(() -> Download.fetch(weights(), target, more -> {}))
                          .hasMessage(part() + ": is being downloaded already; wait for that");
                      throw new IllegalStateException("seen");
                    }))
        .hasMessage("seen");
  }

  private PublishedWeights weights() {
    return new PublishedWeights("vgg19", address(), OptionalLong.of(CONTENT.length), DIGEST);
  }

  private URI address() {
    return address("/weights.h5");
  }

  private URI address(String path) {
    return server.address(path);
  }

  private Path part() {
    return temp.resolve("weights.h5.part");
  }

  private void assertArrived() throws IOException {
    assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
    assertThat(part()).doesNotExist();
  }

  /** Breaks each connection after some bytes. */
  private void serve(int breakAfter, boolean knowsRanges) {
    server.on(
        "/weights.h5",
        wanted -> {
          int from = knowsRanges ? wanted : 0;
          if (from >= CONTENT.length) {
            return Answer.empty(416, "Content-Range: bytes */" + CONTENT.length);
          }
          int length = CONTENT.length - from;
          byte[] body = Arrays.copyOfRange(CONTENT, from, from + Math.min(length, breakAfter));
          String range = "Content-Range: bytes " + from + "-" + (CONTENT.length - 1) + "/*";
          return new Answer(from > 0 ? 206 : 200, range, length, body, false);
        });
  }

  private void redirect(String from, String to) {
    server.on(from, wanted -> Answer.empty(302, "Location: " + to));
  }
}
