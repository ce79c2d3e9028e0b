package org.seesong.solr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.seesong.vector.FloatVector;

/**
 * A shard's part of hop two: songs, each once, and which of them are near which target. Between
 * nodes it travels column by column, {@code ids}, {@code keywords}, {@code weights} (null where
 * none), {@code artists}, {@code contentKeys}, {@code embeddings} (bytes of floats) and {@code
 * texts} (squared distances) of songs, then for each target the numbers of its songs in {@code
 * lists} and their squared distances in {@code distances}.
 *
 * @param songs each once
 * @param lists for each target its nearest songs, nearest first
 */
record SongLists(List<Song> songs, List<List<Near>> lists) {
  private static final String IDS = "ids";
  private static final String KEYWORDS = "keywords";
  private static final String WEIGHTS = "weights";
  private static final String ARTISTS = "artists";
  private static final String CONTENT_KEYS = "contentKeys";
  private static final String EMBEDDINGS = "embeddings";
  private static final String TEXTS = "texts";
  private static final String LISTS = "lists";
  private static final String DISTANCES = "distances";

  SongLists {
    songs = List.copyOf(songs);
    lists = lists.stream().map(List::copyOf).toList();
  }

  /**
   * A song; without weights of its keywords, artist or embedding unless these were wanted and
   * there, content key 0 if unknown.
   *
   * @param text squared distance of its text embedding from the words of the hop; 0 without words
   */
  record Song(
      String id,
      List<String> keywords,
      Optional<List<Double>> weights,
      String artist,
      long contentKey,
      FloatVector embedding,
      float text) {}

  /** A song by its number, and its squared distance from a target. */
  record Near(int song, float squared) {}

  NamedList<Object> encoded() {
    NamedList<Object> reply = new SimpleOrderedMap<>();
    reply.add(IDS, songs.stream().map(Song::id).toList());
    reply.add(KEYWORDS, songs.stream().map(Song::keywords).toList());
    reply.add(WEIGHTS, songs.stream().map(song -> song.weights().orElse(null)).toList());
    reply.add(ARTISTS, songs.stream().map(Song::artist).toList());
    reply.add(CONTENT_KEYS, songs.stream().map(Song::contentKey).toList());
    reply.add(EMBEDDINGS, songs.stream().map(song -> HopParams.bytes(song.embedding())).toList());
    reply.add(TEXTS, songs.stream().map(Song::text).toList());
    reply.add(LISTS, lists.stream().map(list -> list.stream().map(Near::song).toList()).toList());
    reply.add(
        DISTANCES, lists.stream().map(list -> list.stream().map(Near::squared).toList()).toList());
    return reply;
  }

  /** Reads what {@link #encoded} writes. */
  static SongLists decoded(NamedList<?> reply) {
    List<?> ids = (List<?>) reply.get(IDS);
    List<Song> songs = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      songs.add(
          new Song(
              ids.get(i).toString(),
              ((List<?>) at(reply, KEYWORDS, i)).stream().map(Object::toString).toList(),
              Optional.ofNullable((List<?>) at(reply, WEIGHTS, i)).map(HopParams::doubles),
              at(reply, ARTISTS, i).toString(),
              ((Number) at(reply, CONTENT_KEYS, i)).longValue(),
              HopParams.vector((byte[]) at(reply, EMBEDDINGS, i)),
              ((Number) at(reply, TEXTS, i)).floatValue()));
    }
    List<List<Near>> lists = new ArrayList<>();
    for (int target = 0; target < ((List<?>) reply.get(LISTS)).size(); target++) {
      List<?> numbers = (List<?>) at(reply, LISTS, target);
      List<?> distances = (List<?>) at(reply, DISTANCES, target);
      List<Near> list = new ArrayList<>(numbers.size());
      for (int i = 0; i < numbers.size(); i++) {
        list.add(
            new Near(
                ((Number) numbers.get(i)).intValue(), ((Number) distances.get(i)).floatValue()));
      }
      lists.add(list);
    }
    return new SongLists(songs, lists);
  }

  private static Object at(NamedList<?> reply, String name, int number) {
    return ((List<?>) reply.get(name)).get(number);
  }
}
