package org.seesong.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.seesong.encoder.ModelHome;
import org.seesong.image.DecoderLimits;

/**
 * How a server listens and what it takes on. Start with {@link #DEFAULT}.
 *
 * @param host the address to listen on, such as {@code 127.0.0.1} or {@code 0.0.0.0}
 * @param port 1 to 65,535; 0 for any that is free
 * @param token what requests must carry as {@code Authorization: Bearer}; empty: none need to
 * @param origins web origins whose pages may call the API, such as {@code https://example.org}
 * @param votes file that votes are appended to; empty: there are no votes
 * @param forwarded whether {@code X-Forwarded-For} names the client, as behind a reverse proxy
 * @param maxUploadBytes largest body of a request, 1,000 to 1,000,000,000 bytes
 * @param encoderQueue uploaded pictures that may be in work at once, waiting included, 1 to 10,000
 * @param timeLimit for reading a request, for encoding its pictures, and for ending on {@code
 *     close}, each
 * @param watchInterval how often the folder is looked at for a new commit or build
 * @param limits of pictures
 * @param models where encoders are installed
 * @param version what {@code /api/info} says
 */
public record ServerOptions(
    String host,
    int port,
    Optional<String> token,
    List<String> origins,
    Optional<Path> votes,
    boolean forwarded,
    int maxUploadBytes,
    int encoderQueue,
    Duration timeLimit,
    Duration watchInterval,
    DecoderLimits limits,
    ModelHome models,
    String version) {
  private static final int MIN_UPLOAD = 1000;
  private static final int MAX_UPLOAD = 1_000_000_000;
  private static final int MAX_QUEUE = 10_000;
  private static final int MAX_PORT = 65_535;

  /** Shortest token that is not refused as too easy to guess. */
  private static final int MIN_TOKEN = 16;

  /**
   * Port 8901 of this machine alone, without token, votes or other origins; 20 MB a request, 64
   * pictures, 30 seconds, a look at the folder every 2 seconds; models of the environment.
   */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          "127.0.0.1",
          8901,
          Optional.empty(),
          List.of(),
          Optional.empty(),
          false,
          20_000_000,
          64,
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          DecoderLimits.DEFAULTS.withMaxPixels(100_000_000),
          ModelHome.fromEnvironment(),
          "(unpackaged)");

  public ServerOptions {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank; 127.0.0.1 is this machine alone");
    }
    requireWithin("port", port, 0, MAX_PORT);
    token.ifPresent(ServerOptions::requireToken);
    origins = List.copyOf(origins);
    origins.forEach(ServerOptions::requireOrigin);
    Objects.requireNonNull(votes, "votes");
    requireWithin("maxUploadBytes", maxUploadBytes, MIN_UPLOAD, MAX_UPLOAD);
    requireWithin("encoderQueue", encoderQueue, 1, MAX_QUEUE);
    requirePositive("timeLimit", timeLimit);
    requirePositive("watchInterval", watchInterval);
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(models, "models");
    Objects.requireNonNull(version, "version");
  }

  private static void requireWithin(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + "; got: " + value);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be 1 ms at least; got: " + value);
    }
  }

  /** Says nothing of the token itself. */
  private static void requireToken(String token) {
    if (token.length() < MIN_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "a token must have "
              + MIN_TOKEN
              + " or more printable ASCII characters without spaces; got "
              + token.length()
              + " characters");
    }
  }

  private static void requireOrigin(String origin) {
    if (!origin.matches("https?://[A-Za-z0-9.\\-\\[\\]:]+")) {
      throw new IllegalArgumentException(
          "an origin must read scheme://host or scheme://host:port, such as https://example.org;"
              + " got: '"
              + origin
              + "'");
    }
  }

  /** A builder that starts at these options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Sets options one by one; {@link #build} checks them. For one thread. */
  public static final class Builder {
    private String host;
    private int port;
    private Optional<String> token;
    private List<String> origins;
    private Optional<Path> votes;
    private boolean forwarded;
    private int maxUploadBytes;
    private int encoderQueue;
    private Duration timeLimit;
    private Duration watchInterval;
    private DecoderLimits limits;
    private ModelHome models;
    private String version;

    private Builder(ServerOptions options) {
      host = options.host;
      port = options.port;
      token = options.token;
      origins = options.origins;
      votes = options.votes;
      forwarded = options.forwarded;
      maxUploadBytes = options.maxUploadBytes;
      encoderQueue = options.encoderQueue;
      timeLimit = options.timeLimit;
      watchInterval = options.watchInterval;
      limits = options.limits;
      models = options.models;
      version = options.version;
    }

    /** The address to listen on. */
    public Builder host(String address) {
      host = address;
      return this;
    }

    /** The port; 0 for any that is free. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** What requests must carry. */
    public Builder token(String secret) {
      token = Optional.of(secret);
      return this;
    }

    /** Web origins whose pages may call the API. */
    public Builder origins(List<String> all) {
      origins = all;
      return this;
    }

    /** File that votes are appended to. */
    public Builder votes(Path file) {
      votes = Optional.of(file);
      return this;
    }

    /** Whether {@code X-Forwarded-For} names the client. */
    public Builder forwarded(boolean behindProxy) {
      forwarded = behindProxy;
      return this;
    }

    /** Largest body of a request in bytes. */
    public Builder maxUploadBytes(int bytes) {
      maxUploadBytes = bytes;
      return this;
    }

    /** Uploaded pictures that may be in work at once, waiting included. */
    public Builder encoderQueue(int pictures) {
      encoderQueue = pictures;
      return this;
    }

    /** For reading a request, for encoding its pictures, and for ending, each. */
    public Builder timeLimit(Duration most) {
      timeLimit = most;
      return this;
    }

    /** How often the folder is looked at. */
    public Builder watchInterval(Duration interval) {
      watchInterval = interval;
      return this;
    }

    /** The largest pictures that are decoded. */
    public Builder limits(DecoderLimits most) {
      limits = most;
      return this;
    }

    /** Where encoders are installed. */
    public Builder models(ModelHome home) {
      models = home;
      return this;
    }

    /** What {@code /api/info} says. */
    public Builder version(String text) {
      version = text;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is out of range; says which
     */
    public ServerOptions build() {
      return new ServerOptions(
          host,
          port,
          token,
          origins,
          votes,
          forwarded,
          maxUploadBytes,
          encoderQueue,
          timeLimit,
          watchInterval,
          limits,
          models,
          version);
    }
  }
}
