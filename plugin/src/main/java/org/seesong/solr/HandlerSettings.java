package org.seesong.solr;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.seesong.image.DecoderLimits;
import org.seesong.select.Confidence;

/** The arguments of a {@link SongsByImageHandler}, checked. */
record HandlerSettings(
    Optional<EncoderSettings> encoder,
    DecoderLimits limits,
    List<String> urlAllowList,
    boolean urlPrivateAddresses,
    Fields fields,
    Optional<Confidence> confidence) {
  /** Largest picture that anybody may send; a body is held in memory, one for each request. */
  private static final int MAX_BYTES = 20_000_000;

  /** Photographs of today's telephones; larger ones would keep a node busy for too long. */
  private static final int MAX_PIXELS = 50_000_000;

  HandlerSettings {
    urlAllowList = List.copyOf(urlAllowList);
  }

  static HandlerSettings from(NamedList<?> given) {
    NamedList<?> args = given == null ? new NamedList<>() : given;
    Object urls = args.get("urlAllowList");
    if (urls != null && !(urls instanceof List<?>)) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "urlAllowList must be an array of strings");
    }
    Object fields = args.get("fields");
    if (fields != null && !(fields instanceof NamedList<?>)) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "fields must be a list of names");
    }
    return new HandlerSettings(
        EncoderSettings.from(args),
        limits(args),
        urls == null ? List.of() : ((List<?>) urls).stream().map(Object::toString).toList(),
        Boolean.parseBoolean(Objects.toString(args.get("urlPrivateAddresses"), "false")),
        Fields.from((NamedList<?>) fields),
        confidence(args.get(Confidence.OPTION)));
  }

  private static Optional<Confidence> confidence(Object text) {
    try {
      return Confidence.parse(text == null ? "" : text.toString());
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, e.getMessage(), e);
    }
  }

  /** How long a picture may take to come. */
  Duration timeLimit() {
    return encoder.map(EncoderSettings::timeLimit).orElse(EncoderSettings.TIME_LIMIT);
  }

  private static DecoderLimits limits(NamedList<?> args) {
    DecoderLimits ours = DecoderLimits.DEFAULTS;
    int maxPixels = EncoderSettings.integer(args, "maxPixels", MAX_PIXELS);
    try {
      return ours.withMaxPixels(maxPixels)
          .withMaxBytes(EncoderSettings.integer(args, "maxBytes", MAX_BYTES));
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, e.getMessage(), e);
    }
  }
}
