package org.seesong.solr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.seesong.image.DecoderLimits;

/** The arguments of a {@link SongsByImageHandler}, checked. */
record HandlerSettings(
    Optional<EncoderSettings> encoder,
    DecoderLimits limits,
    List<String> urlAllowList,
    Fields fields) {
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
        Fields.from((NamedList<?>) fields));
  }

  /** How long a picture may take to come. */
  Duration timeLimit() {
    return encoder.map(EncoderSettings::timeLimit).orElse(EncoderSettings.TIME_LIMIT);
  }

  private static DecoderLimits limits(NamedList<?> args) {
    DecoderLimits ours = DecoderLimits.DEFAULTS;
    int maxPixels = EncoderSettings.integer(args, "maxPixels", (int) ours.maxPixels());
    try {
      return new DecoderLimits(
          EncoderSettings.integer(args, "maxBytes", ours.maxBytes()),
          ours.maxSide(),
          maxPixels,
          Math.min(maxPixels, ours.maxPixelsInMemory()),
          ours.maxJpegScans(),
          ours.maxJpegScanPixels(),
          ours.targetSide(),
          ours.maxDecodedPixels(),
          ours.deadline());
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, e.getMessage(), e);
    }
  }
}
