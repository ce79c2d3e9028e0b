package org.seesong.server;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seesong.encoder.ModelDescription;
import org.seesong.index.CataloguePicture;
import org.seesong.index.CatalogueSong;
import org.seesong.index.IndexMetadata;
import org.seesong.index.Thumbnail;
import org.seesong.index.WeightedKeyword;
import org.seesong.io.Digests;
import org.seesong.query.FilterField;

/** Answers what asks for parts of the catalogue. Safe for any number of threads. */
final class CatalogueApi {
  private static final int DEFAULT_SAMPLE = 12;

  private final LiveIndex live;
  private final ServerOptions options;

  CatalogueApi(LiveIndex live, ServerOptions options) {
    this.live = live;
    this.options = options;
  }

  /** What reads an index. */
  private interface Task<T> {
    T of(ServedIndex index) throws IOException;
  }

  private <T> T read(Task<T> task) throws IOException {
    ServedIndex index = live.lease();
    try {
      return task.of(index);
    } finally {
      live.release(index);
    }
  }

  Reply info(Call call) throws IOException {
    requireNoParameters(call);
    return read(
        index -> {
          IndexFacts facts = index.facts();
          IndexMetadata metadata = facts.metadata();
          Map<String, Object> map = new LinkedHashMap<>();
          map.put("version", options.version());
          map.put("songs", facts.songs());
          map.put("pictures", facts.pictures());
          map.put("keywords", facts.keywords().size());
          map.put("encoder", metadata.encoderSpace().id());
          map.put("encodes", index.encoder().isPresent());
          map.put("untrained", ModelDescription.saysUntrained(metadata.encoderSpace().id()));
          map.put("words", metadata.textSpace().isPresent());
          map.put("map", !facts.keywords().isEmpty());
          map.put("votes", options.votes().isPresent());
          map.put("maxUploadBytes", options.maxUploadBytes());
          map.put("fields", facts.fields().stream().map(CatalogueApi::field).toList());
          return Reply.json(map);
        });
  }

  private static Map<String, Object> field(FilterField field) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("field", field.name());
    if (field instanceof FilterField.Values values) {
      map.put("kind", "values");
      map.put("values", values.values());
      map.put("more", values.more());
    } else if (field instanceof FilterField.Range range) {
      map.put("kind", "range");
      map.put("min", number(range.min()));
      map.put("max", number(range.max()));
    }
    return map;
  }

  /** Whole where it is: 1999 rather than 1999.0. */
  private static Number number(double value) {
    long whole = Math.round(value);
    return whole == value ? (Number) whole : (Number) value;
  }

  Reply keywords(Call call) throws IOException {
    requireNoParameters(call);
    return read(index -> Reply.json(Map.of("keywords", index.facts().keywords())));
  }

  Reply samples(Call call) throws IOException {
    int number = sample(call.parameters());
    return read(
        index ->
            Reply.json(
                Map.of(
                    "pictures",
                    index.facts().samples().stream()
                        .limit(number)
                        .map(CatalogueApi::brief)
                        .toList())));
  }

  private static int sample(Map<String, List<String>> parameters) {
    parameters
        .keySet()
        .forEach(name -> Fields.requireKnown(name, "the query of the address", List.of("sample")));
    List<String> values = parameters.getOrDefault("sample", List.of("" + DEFAULT_SAMPLE));
    String value = values.size() == 1 ? values.get(0) : String.join(",", values);
    if (!value.matches("[0-9]{1,2}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > IndexFacts.SAMPLES) {
      throw ApiException.invalid(
          "sample must be 1 to " + IndexFacts.SAMPLES + "; got: '" + value + "'");
    }
    return Integer.parseInt(value);
  }

  private static Map<String, Object> brief(CataloguePicture picture) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", picture.id());
    map.put("path", picture.path());
    map.put("keywords", picture.keywords().stream().map(WeightedKeyword::keyword).toList());
    return map;
  }

  Reply picture(Call call) throws IOException {
    requireNoParameters(call);
    String id = call.segments().get(0);
    CataloguePicture picture =
        this.<Optional<CataloguePicture>>read(i -> i.finder().read(index -> index.picture(id)))
            .orElseThrow(() -> unknownPicture(id));
    Map<String, Object> map = brief(picture);
    map.put("keywords", picture.keywords());
    return Reply.json(map);
  }

  Reply thumbnail(Call call) throws IOException {
    requireNoParameters(call);
    String id = call.segments().get(0);
    Optional<Thumbnail> thumbnail =
        this.<Optional<Thumbnail>>read(i -> i.finder().read(index -> index.thumbnail(id)));
    if (thumbnail.isEmpty()) {
      picture(call); // says if there is no such picture at all
      throw new ApiException(
          404,
          "thumbnail-none",
          "picture '"
              + id
              + "' has no thumbnail in this index; builds make them unless told not to");
    }
    return Conditional.reply(
        call, "image/jpeg", thumbnail.get().jpeg(), Digests.sha256(thumbnail.get().jpeg()), 600);
  }

  private static ApiException unknownPicture(String id) {
    return new ApiException(404, "picture-unknown", "the index has no picture '" + id + "'");
  }

  Reply song(Call call) throws IOException {
    requireNoParameters(call);
    String id = call.segments().get(0);
    CatalogueSong song =
        this.<Optional<CatalogueSong>>read(i -> i.finder().read(index -> index.song(id)))
            .orElseThrow(
                () -> new ApiException(404, "song-unknown", "the index has no song '" + id + "'"));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", song.id());
    map.put("title", song.details().title());
    map.put("artist", song.details().artist());
    map.put("language", song.details().language());
    double popularity = song.details().popularity();
    map.put("popularity", Double.isNaN(popularity) ? null : number(popularity));
    map.put("year", song.details().year() == 0 ? null : song.details().year());
    map.put("attributes", song.details().attributes());
    map.put("firstLines", song.firstLines());
    map.put("keywords", song.keywords());
    return Reply.json(map);
  }

  static void requireNoParameters(Call call) {
    Map<String, List<String>> parameters = call.parameters();
    if (!parameters.isEmpty()) {
      throw ApiException.invalid(
          "this address takes no parameters; got: " + String.join(", ", parameters.keySet()));
    }
  }
}
