package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.common.SolrException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node fetches by image.url, and what no address and no name server makes it fetch. */
class PictureUrlsTest {
  private static final byte[] PICTURE = {1, 2, 3};
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private Thread serving;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    serving = new Thread(this::serve);
    serving.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    serving.join();
  }

  /** Answers each request with the picture, until the socket is closed. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = lines.readLine();
            line != null && !line.isEmpty();
            line = lines.readLine()) {
          head.append(line).append('\n');
        }
        requests.add(head.toString());
        OutputStream out = socket.getOutputStream();
        String reply = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ";
        out.write((reply + PICTURE.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(PICTURE);
        out.flush();
      } catch (IOException e) {
        // The client has hung up, or the test is over.
        assertThat(e).isNotNull();
      }
    }
  }

  private String place(String host) {
    return "http://" + host + ":" + server.getLocalPort() + "/";
  }

  private static PictureUrls urls(String listed) {
    return new PictureUrls(List.of(listed), false, 100, LIMIT);
  }

  /** Names that mean some addresses, however often they are looked up. */
  private static PictureUrls.Names meaning(String... addresses) {
    return host ->
        Arrays.stream(addresses).map(PictureUrlsTest::literal).toArray(InetAddress[]::new);
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void picturesAreFetchedFromListedPlacesOnly() {
    PictureUrls urls = urls("https://cdn.example.org/covers/");
    assertThat(urls.source("https://cdn.example.org/covers/a.jpg")).isNotNull();
    for (String elsewhere :
        List.of(
            "https://cdn.example.org/other/a.jpg",
            "https://cdn.example.org/covers/../other/a.jpg",
            "https://cdn.example.org/covers/%2e%2e/other/a.jpg",
            "https://cdn.example.org/covers/..%2fother/a.jpg",
            "https://cdn.example.org/covers/..%5cother/a.jpg",
            "https://cdn.example.org:8443/covers/a.jpg",
            "https://cdn.example.org./covers/a.jpg",
            "https://93.184.216.34/covers/a.jpg",
            "https://0.0.0.0/covers/a.jpg",
            "https://2130706433/covers/a.jpg",
            "https://[::1]/covers/a.jpg",
            "https://[::ffff:127.0.0.1]/covers/a.jpg",
            "https://localhost/covers/a.jpg",
            "http://cdn.example.org/covers/a.jpg",
            "https://cdn.example.org.evil.example/covers/a.jpg")) {
      assertThatThrownBy(() -> urls.source(elsewhere))
          .as(elsewhere)
          .hasMessageContaining("image.url is not in this server's list: ");
    }
    for (String odd :
        List.of(
            "file:///etc/passwd",
            "jar:http://cdn.example.org/covers/a.jar!/a.jpg",
            "https://user@cdn.example.org/covers/a.jpg",
            "https://0x7f.1/covers/a.jpg",
            "covers/a.jpg")) {
      assertThatThrownBy(() -> urls.source(odd))
          .as(odd)
          .hasMessage("image.url must be http(s)://host/...; got: '" + odd + "'");
    }
    for (String broken :
        List.of(
            "https://cdn.example.org\\@127.0.0.1/covers/a.jpg",
            "https://cdn.example.org/covers/a.jpg\r\nX: y")) {
      assertThatThrownBy(() -> urls.source(broken))
          .as(broken)
          .isInstanceOf(SolrException.class)
          .hasMessageStartingWith("image.url: Illegal character");
    }
    assertThatThrownBy(() -> urls("https://example.org"))
        .hasMessage("urlAllowList must name folders that end in '/': https://example.org");
  }

  @Test
  void anAddressThatIsListedItselfIsFetchedUpToTheLimit() throws Exception {
    String place = place("127.0.0.1");
    PictureUrls largest = new PictureUrls(List.of(place), false, Integer.MAX_VALUE, LIMIT);
    assertThat(largest.source(place + "a.png").read()).isEqualTo(PICTURE);
    PictureUrls small = new PictureUrls(List.of(place), false, PICTURE.length - 1, LIMIT);
    assertThatThrownBy(() -> small.source(place + "a.png").read())
        .hasMessageContaining("a picture must have at most 2 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "2001::1",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void aNameThatLeadsToNoPublicAddressIsRefused(String address) {
    for (PictureUrls.Names names :
        List.of(meaning(address), meaning("93.184.216.34", address), meaning(address, "8.8.8.8"))) {
      PictureUrls urls =
          new PictureUrls(List.of(place("pictures.example")), false, 100, LIMIT, names);
      assertThatThrownBy(() -> urls.source(place("pictures.example") + "a.png").read())
          .hasMessage(
              "image.url '"
                  + place("pictures.example")
                  + "a.png' leads to "
                  + literal(address).getHostAddress()
                  + ", which is no public address; an operator may list the address itself instead"
                  + " of the name, or set urlPrivateAddresses");
    }
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "93.184.216.34",
        "172.15.255.255",
        "172.32.0.1",
        "100.128.0.1",
        "2606:2800:220:1:248:1893:25c8:1946",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1"
      })
  void publicAddressesAreThat(String address) {
    assertThat(PublicAddresses.isPublic(literal(address))).isTrue();
    assertThat(PublicAddresses.isPrivate(literal(address))).isFalse();
  }

  @Test
  void anOperatorMayAllowPrivateAddressesButNoLinkLocalOnes() throws Exception {
    String place = place("pictures.example");
    PictureUrls here = new PictureUrls(List.of(place), true, 100, LIMIT, meaning("127.0.0.1"));
    assertThat(here.source(place + "a.png").read()).isEqualTo(PICTURE);
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0))
        .startsWith("GET " + place + "a.png HTTP/1.1\n")
        .contains("Host: pictures.example:" + server.getLocalPort());
    for (String never : List.of("169.254.169.254", "0.0.0.0", "fe80::1", "224.0.0.1", "::")) {
      PictureUrls urls = new PictureUrls(List.of(place), true, 100, LIMIT, meaning(never));
      assertThatThrownBy(() -> urls.source(place + "a.png").read())
          .hasMessageContaining("which is no public address");
    }
  }

  /** The name means this server when it is looked at and another one ever after, and vice versa. */
  @Test
  void aNameIsLookedUpOnceAndTheAddressThatWasSeenIsAsked() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    PictureUrls.Names rebinding =
        host ->
            (lookups.getAndIncrement() == 0 ? meaning("127.0.0.1") : meaning("127.0.0.9"))
                .addresses(host);
    String place = place("pictures.invalid");
    PictureUrls urls = new PictureUrls(List.of(place), true, 100, LIMIT, rebinding);
    assertThat(urls.source(place + "a.png").read()).isEqualTo(PICTURE);
    assertThat(lookups).hasValue(1);
  }

  /**
   * The server hangs up where it should say its name; it is asked though no such name exists. When
   * the other side has given up, nobody waits for it any longer.
   */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void overTlsTheAddressThatWasSeenIsAskedToo() throws Exception {
    CompletableFuture<Integer> first;
    try (ServerSocket tls = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      first =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = tls.accept()) {
                  return socket.getInputStream().read();
                } catch (IOException e) {
                  throw new UncheckedIOException("nobody asked", e);
                }
              });
      String place = "https://pictures.invalid:" + tls.getLocalPort() + "/";
      PictureUrls urls = new PictureUrls(List.of(place), true, 100, LIMIT, meaning("127.0.0.1"));
      assertThatThrownBy(() -> urls.source(place + "a.png").read())
          .hasMessageStartingWith("image.url '" + place + "a.png' gives no picture: ");
    }
    assertThat(first.get(20, TimeUnit.SECONDS)).as("type of a TLS handshake").isEqualTo(22);
  }
}
