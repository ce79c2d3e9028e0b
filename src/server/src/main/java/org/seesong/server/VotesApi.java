package org.seesong.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers {@code POST /api/votes}. Safe for any number of threads. */
final class VotesApi {
  private static final long MAX_JSON = 16_384;

  private final LiveIndex live;
  private final Optional<VoteLog> log;

  VotesApi(LiveIndex live, Optional<VoteLog> log) {
    this.live = live;
    this.log = log;
  }

  Reply vote(Call call) throws IOException {
    if (log.isEmpty()) {
      throw new ApiException(
          404, "votes-off", "this server takes no votes; start it with --votes FILE");
    }
    if (!call.contentType().equals("application/json")) {
      throw new ApiException(
          415, "type-unsupported", "Content-Type of a vote must be application/json");
    }
    ObjectNode json;
    try (RequestBody body = call.json(MAX_JSON)) {
      json = Json.readObject(body.bytes());
    }
    Fields fields = new Fields(json, "the vote", List.of("song", "vote", "query"));
    String song =
        fields
            .text("song")
            .orElseThrow(() -> ApiException.invalid("the vote needs the id of a song, 'song'"));
    int vote =
        fields
            .whole("vote")
            .filter(each -> Math.abs(each) <= 1)
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "vote must be 1 (fits), -1 (does not fit) or 0 (taken back)"));
    JsonNode query = json.get("query");
    if (!(query instanceof ObjectNode asked)) {
      throw ApiException.invalid("query must be the object that was asked with");
    }
    requireSong(song);
    log.get().add(song, vote, asked);
    return Reply.NO_CONTENT;
  }

  private void requireSong(String id) throws IOException {
    ServedIndex index = live.lease();
    try {
      boolean there = index.finder().read(open -> open.song(id).isPresent());
      if (!there) {
        throw new ApiException(400, "song-unknown", "the index has no song '" + id + "'");
      }
    } finally {
      live.release(index);
    }
  }
}
