package org.seesong.solr;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.seesong.encoder.ModelHome;

/**
 * Which encoder a node runs, and how much it takes on.
 *
 * @param name {@code descriptor} or a model
 * @param models the folder of models
 * @param queue requests with pictures that may be under way
 * @param timeLimit how long one may take
 */
record EncoderSettings(String name, Path models, int queue, Duration timeLimit) {
  /** Unless told. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  /** Most requests that may be under way. */
  static final int MAX_QUEUE = 10_000;

  EncoderSettings {
    if (queue < 1 || queue > MAX_QUEUE) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "encoderQueue must be 1 to " + MAX_QUEUE + "; got: " + queue);
    }
    if (timeLimit.toMillis() < 1) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "encoderTimeLimitMillis must be at least 1; got: " + timeLimit.toMillis());
    }
  }

  /** Reads the handler's arguments; nothing if vectors are all it takes. */
  static Optional<EncoderSettings> from(NamedList<?> args) {
    Object name = args.get("encoder");
    if (name == null || name.equals(Configset.NO_ENCODER)) {
      return Optional.empty();
    }
    Object models = args.get("models");
    return Optional.of(
        new EncoderSettings(
            name.toString(),
            models == null
                ? ModelHome.fromEnvironment().folder()
                : Path.of(models.toString()).toAbsolutePath(),
            integer(args, "encoderQueue", 32),
            Duration.ofMillis(
                integer(args, "encoderTimeLimitMillis", (int) TIME_LIMIT.toMillis()))));
  }

  static int integer(NamedList<?> args, String name, int otherwise) {
    Object value = args.get(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value.toString());
    } catch (NumberFormatException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, name + " must be a whole number; got: '" + value + "'", e);
    }
  }
}
