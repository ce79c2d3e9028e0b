package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {
  private static ServerOptions.Builder options() {
    return ServerOptions.DEFAULT.toBuilder();
  }

  @Test
  void defaultsAreThoseOfTheGuide() {
    ServerOptions options = options().build();
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(8901);
    assertThat(options.token()).isEmpty();
    assertThat(options.origins()).isEmpty();
    assertThat(options.votes()).isEmpty();
    assertThat(options.forwarded()).isFalse();
    assertThat(options.maxUploadBytes()).isEqualTo(20_000_000);
    assertThat(options.encoderQueue()).isEqualTo(64);
    assertThat(options.timeLimit()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.watchInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.limits().maxPixels()).isEqualTo(100_000_000);
  }

  private static void assertRefused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertRefused(() -> options().port(65_536).build(), "port must be 0 to 65535; got: 65536");
    assertRefused(
        () -> options().host(" ").build(),
        "host must not be blank; 127.0.0.1 is this machine alone");
    assertRefused(
        () -> options().maxUploadBytes(10).build(),
        "maxUploadBytes must be 1000 to 1000000000; got: 10");
    assertRefused(
        () -> options().encoderQueue(0).build(), "encoderQueue must be 1 to 10000; got: 0");
    assertRefused(
        () -> options().timeLimit(Duration.ZERO).build(),
        "timeLimit must be 1 ms at least; got: PT0S");
    assertRefused(
        () -> options().origins(List.of("https://a.org/")).build(),
        "an origin must read scheme://host or scheme://host:port, such as https://example.org;"
            + " got: 'https://a.org/'");
  }

  @Test
  void aTokenIsLongAndNeverRepeated() {
    assertRefused(
        () -> options().token("secret").build(),
        "a token must have 16 or more printable ASCII characters without spaces; got 6 characters");
    assertRefused(
        () -> options().token("0123456789 abcdef").build(),
        "a token must have 16 or more printable ASCII characters without spaces; got 17"
            + " characters");
    assertThat(options().token("0123456789abcdef").build().token()).contains("0123456789abcdef");
  }
}
