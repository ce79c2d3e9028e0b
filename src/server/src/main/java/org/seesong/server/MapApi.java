package org.seesong.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seesong.index.CarriedKeywords;
import org.seesong.index.CatalogueDocuments;
import org.seesong.index.CataloguePicture;
import org.seesong.index.CatalogueSong;
import org.seesong.index.WeightedKeyword;

/** Answers what asks for the {@link CatalogueMap}. Safe for any number of threads. */
final class MapApi {
  /** Most pictures or songs between which a query is placed. */
  private static final int MAX_PLACED = 100;

  private final LiveIndex live;

  MapApi(LiveIndex live) {
    this.live = live;
  }

  /** What reads a map together with the index that it is of. */
  private interface Task {
    Reply of(ServedIndex index, CatalogueMap map) throws IOException;
  }

  private Reply read(Task task) throws IOException {
    ServedIndex index = live.lease();
    try {
      return task.of(index, index.map());
    } finally {
      live.release(index);
    }
  }

  Reply map(Call call) throws IOException {
    CatalogueApi.requireNoParameters(call);
    return read(
        (index, map) -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("map", map.digest());
          json.put("size", CatalogueMap.SIZE);
          json.put("songs", map.songs());
          json.put("pictures", map.pictures());
          json.put("keywords", map.keywords());
          return Reply.json(json);
        });
  }

  Reply points(Call call) throws IOException {
    CatalogueApi.requireNoParameters(call);
    return read(
        (index, map) ->
            Conditional.reply(call, "application/octet-stream", map.points(), map.digest(), 0));
  }

  /** What a point is; the client says of which map. */
  Reply point(Call call) throws IOException {
    Map<String, List<String>> parameters = call.parameters();
    parameters.keySet().forEach(name -> Fields.requireKnown(name, "the address", List.of("map")));
    String digest = String.join(",", parameters.getOrDefault("map", List.of()));
    return read(
        (index, map) -> {
          if (!digest.equals(map.digest())) {
            throw new ApiException(
                410, "map-gone", "the map has changed since; read /api/map and its points again");
          }
          int point = number(call.segments().get(0), map.songs() + map.pictures());
          String id = map.id(point);
          Optional<Map<String, Object>> found =
              point < map.songs()
                  ? index.finder().read(open -> open.song(id)).map(MapApi::song)
                  : index.finder().read(open -> open.picture(id)).map(MapApi::picture);
          return Reply.json(
              found.orElseThrow(
                  () -> new ApiException(410, "map-gone", "'" + id + "' has left the index")));
        });
  }

  private static int number(String text, int points) {
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) >= points) {
      throw new ApiException(
          404,
          "point-unknown",
          "the map's points are 0 to " + (points - 1) + "; got: '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private static Map<String, Object> song(CatalogueSong song) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "song");
    json.put("id", song.id());
    json.put("title", song.details().title());
    json.put("artist", song.details().artist());
    json.put("keywords", names(song.keywords()));
    return json;
  }

  private static Map<String, Object> picture(CataloguePicture picture) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "picture");
    json.put("id", picture.id());
    json.put("path", picture.path());
    json.put("keywords", names(picture.keywords()));
    return json;
  }

  private static List<String> names(List<WeightedKeyword> keywords) {
    return keywords.stream().map(WeightedKeyword::keyword).toList();
  }

  /** Where a query stands by the pictures or songs that it found, the first counting most. */
  Reply place(Call call) throws IOException {
    Map<String, List<String>> parameters = call.parameters();
    parameters
        .keySet()
        .forEach(name -> Fields.requireKnown(name, "the address", List.of("picture", "song")));
    List<String> documents = new ArrayList<>();
    parameters.getOrDefault("picture", List.of()).forEach(id -> documents.add("picture:" + id));
    parameters.getOrDefault("song", List.of()).forEach(id -> documents.add("song:" + id));
    if (documents.isEmpty() || documents.size() > MAX_PLACED) {
      throw ApiException.invalid(
          "name 1 to " + MAX_PLACED + " found pictures or songs: ?picture=ID&picture=ID");
    }
    return read(
        (index, map) -> {
          List<WeightedKeyword> carried = new ArrayList<>();
          for (int rank = 0; rank < documents.size(); rank++) {
            String id = documents.get(rank);
            CarriedKeywords found =
                index.finder().read(open -> keywords(open.documents(), open.document(id), id));
            for (WeightedKeyword keyword : found.keywords()) {
              carried.add(new WeightedKeyword(keyword.keyword(), keyword.weight() / (1 + rank)));
            }
          }
          Optional<int[]> place = map.place(carried);
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("x", place.map(at -> at[0]).orElse(null));
          json.put("y", place.map(at -> at[1]).orElse(null));
          return Reply.json(json);
        });
  }

  private static CarriedKeywords keywords(CatalogueDocuments documents, int document, String id)
      throws IOException {
    if (document < 0) {
      throw new ApiException(404, "document-unknown", "the index has no " + id.replace(":", " "));
    }
    return documents.keywords(document);
  }
}
