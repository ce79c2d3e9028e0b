package org.seesong.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.seesong.build.KeywordLookup;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.EncoderException;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.AnswerLayout;
import org.seesong.query.SongFinder;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.query.TwoHopResult;
import org.seesong.select.Confidence;
import org.seesong.server.SearchRequest.Indexed;
import org.seesong.server.SearchRequest.Picture;
import org.seesong.server.SearchRequest.Remembered;
import org.seesong.server.SearchRequest.Uploaded;
import org.seesong.server.Uploads.Upload;
import org.seesong.vector.EncodedImage;

/** Answers {@code POST /api/search}. Safe for any number of threads. */
final class SearchApi {
  private static final long MAX_JSON = 1_000_000;

  private final LiveIndex live;
  private final Uploads uploads;
  private final Work work;
  private final int maxUploadBytes;

  SearchApi(LiveIndex live, Uploads uploads, Work work, int maxUploadBytes) {
    this.live = live;
    this.uploads = uploads;
    this.work = work;
    this.maxUploadBytes = maxUploadBytes;
  }

  /** A request with the pictures that came with it, by the names that messages call them. */
  private record Asked(SearchRequest request, Map<String, byte[]> pictures) {}

  Reply search(Call call) throws IOException {
    Asked asked = read(call);
    Work.Admission admitted = work.admit(asked.pictures().size());
    try {
      ServedIndex index = live.lease();
      try {
        return Reply.json(answer(asked, index));
      } finally {
        live.release(index);
      }
    } finally {
      admitted.close();
    }
  }

  private Asked read(Call call) throws IOException {
    String type = call.contentType();
    if (type.equals("application/json")) {
      requireNoParameters(call);
      try (RequestBody body = call.json(Math.min(MAX_JSON, maxUploadBytes))) {
        return new Asked(SearchRequest.read(Json.readObject(body.bytes()), 0), Map.of());
      }
    }
    if (type.equals("multipart/form-data")) {
      requireNoParameters(call);
      try (RequestBody body = call.pictures(maxUploadBytes)) {
        MultipartForm form = MultipartForm.parse(body.bytes(), call.fullContentType());
        ObjectNode json =
            form.request().length == 0 ? Json.object() : Json.readObject(form.request());
        return new Asked(SearchRequest.read(json, form.pictures().size()), form.pictures());
      }
    }
    if (type.equals("application/octet-stream") || type.startsWith("image/")) {
      ObjectNode json = QueryParameters.toJson(call.parameters());
      SearchRequest request = SearchRequest.read(json, 1);
      try (RequestBody body = call.pictures(maxUploadBytes)) {
        return new Asked(request, Map.of("the uploaded picture", body.bytes()));
      }
    }
    throw new ApiException(
        415,
        "type-unsupported",
        "Content-Type must be image/*, application/octet-stream, multipart/form-data or"
            + " application/json; got: "
            + (type.isEmpty() ? "none" : "'" + Log.clean(type) + "'"));
  }

  private static void requireNoParameters(Call call) {
    if (!call.parameters().isEmpty()) {
      throw ApiException.invalid(
          "options go into the JSON request, not into the query of the address, which has: "
              + String.join(", ", call.parameters().keySet()));
    }
  }

  private Map<String, Object> answer(Asked asked, ServedIndex index) throws IOException {
    SearchRequest request = asked.request();
    IndexFacts facts = index.facts();
    long start = System.nanoTime();
    List<Upload> encoded = encode(asked.pictures(), index);
    List<Example> examples = examples(request, encoded, index);
    long encodeNanos = examples.isEmpty() ? 0 : System.nanoTime() - start;
    TwoHopOptions options = facts.lookup().find(request.options());
    Map<String, Object> map =
        work.compute(() -> find(request, examples, encodeNanos, options, index));
    map.put("uploads", encoded.stream().map(upload -> Map.of("key", upload.key())).toList());
    map.put("asked", options.songs());
    return map;
  }

  private static Map<String, Object> find(
      SearchRequest request,
      List<Example> examples,
      long encodeNanos,
      TwoHopOptions options,
      ServedIndex index)
      throws IOException {
    SongFinder finder = index.finder();
    TwoHopQuery query = query(request, examples, index);
    List<String> notes = finder.unmetFilters(options);
    TwoHopResult result = finder.find(query, options);
    Map<String, Object> map =
        AnswerLayout.toMap(result, finder.read(CatalogueIndex::metadata), encodeNanos);
    if (request.hasWords()) {
      map.put("words", request.words().isEmpty() ? null : request.words());
      map.put("withoutWords", request.withoutWords().isEmpty() ? null : request.withoutWords());
    }
    map.put("known", known(result.confidence()));
    map.put("notes", notes);
    return map;
  }

  /** Null where there is no confidence. */
  private static Boolean known(OptionalDouble confidence) {
    return confidence.isPresent() ? confidence.getAsDouble() >= Confidence.LEAST_OF_PICTURE : null;
  }

  private List<Upload> encode(Map<String, byte[]> pictures, ServedIndex index) throws IOException {
    if (pictures.isEmpty()) {
      return List.of();
    }
    BatchingEncoder encoder =
        index
            .encoder()
            .orElseThrow(
                () ->
                    new ApiException(
                        503,
                        "encoder-missing",
                        "this server cannot encode pictures: "
                            + index.encoderProblem()
                            + ". Until then it answers by words, keywords, songs and pictures of"
                            + " the index",
                        Map.of("Retry-After", "60")));
    return uploads.encode(encoder, pictures);
  }

  private List<Example> examples(SearchRequest request, List<Upload> encoded, ServedIndex index)
      throws IOException {
    List<Example> examples = new ArrayList<>();
    for (Picture picture : request.pictures()) {
      if (picture instanceof Uploaded one) {
        examples.add(new Example.Encoded(encoded.get(one.upload()).image(), one.weight()));
      } else if (picture instanceof Remembered one) {
        examples.add(new Example.Encoded(remembered(one.key(), index), one.weight()));
      } else if (picture instanceof Indexed one) {
        boolean there = index.finder().read(open -> open.picture(one.id()).isPresent());
        if (!there) {
          throw new ApiException(
              400, "picture-unknown", "the index has no picture '" + one.id() + "'");
        }
        examples.add(new Example.Indexed(one.id(), one.weight()));
      }
    }
    return examples;
  }

  private EncodedImage remembered(String key, ServedIndex index) {
    return uploads
        .find(key, index.facts().metadata().encoderSpace())
        .orElseThrow(
            () ->
                new ApiException(
                    410,
                    "upload-gone",
                    "the server no longer remembers the picture with key "
                        + key
                        + "; upload it again"));
  }

  private static TwoHopQuery query(SearchRequest request, List<Example> examples, ServedIndex index)
      throws IOException {
    IndexFacts facts = index.facts();
    if (request.song().isPresent()) {
      String id = request.song().get();
      boolean there = index.finder().read(open -> open.song(id).isPresent());
      if (!there) {
        throw new ApiException(400, "song-unknown", "the index has no song '" + id + "'");
      }
      return new TwoHopQuery.Song(id);
    }
    if (request.keyword().isPresent()) {
      return new TwoHopQuery.Keyword(facts.lookup().find(request.keyword().get()));
    }
    if (!request.hasWords()) {
      return new TwoHopQuery.Pictures(examples);
    }
    TwoHopQuery.Words words = words(request, index.finder(), facts.lookup());
    double weight = Objects.requireNonNullElse(request.wordsWeight(), words.weight());
    return examples.isEmpty() ? words : words.with(new TwoHopQuery.Pictures(examples), weight);
  }

  private static TwoHopQuery.Words words(
      SearchRequest request, SongFinder finder, KeywordLookup lookup) throws IOException {
    String words = request.words().isEmpty() ? "" : lookup.fold(request.words());
    String without = request.withoutWords().isEmpty() ? "" : lookup.fold(request.withoutWords());
    try {
      return finder.words(words, without);
    } catch (IOException | EncoderException e) {
      throw new ApiException(
          503,
          "encoder-missing",
          "this server cannot encode words: " + e.getMessage(),
          Map.of("Retry-After", "60"));
    }
  }

  /** Names of pictures in order, as {@link MultipartForm} gives them. */
  static Map<String, byte[]> named(List<byte[]> pictures) {
    Map<String, byte[]> named = new LinkedHashMap<>();
    for (byte[] picture : pictures) {
      named.put("uploaded picture " + named.size(), picture);
    }
    return named;
  }
}
