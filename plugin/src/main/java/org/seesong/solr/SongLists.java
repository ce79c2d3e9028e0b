package org.seesong.solr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.seesong.vector.FloatVector;

/**
 * A shard's part of hop two: songs, each once, and which of them are near which target.
 *
 * <p>A default request wants 50 songs of 10 targets from every shard, so between nodes numbers
 * travel as bytes, little endian: {@code embeddings}, the songs' vectors one after the other;
 * {@code lists}, for each target a count and so many numbers of songs; {@code distances}, their
 * squared distances in the same order; {@code songKeywords}, for each song a count and so many
 * numbers of {@code keywords}; {@code contentKeys}, a long for each song. {@code ids} and {@code
 * artists} are texts.
 *
 * @param songs each once
 * @param lists for each target its nearest songs, nearest first
 */
record SongLists(List<Song> songs, List<List<Near>> lists) {
  private static final String UNENCODED = "unencoded";
  private static final String IDS = "ids";
  private static final String ARTISTS = "artists";
  private static final String CONTENT_KEYS = "contentKeys";
  private static final String EMBEDDINGS = "embeddings";
  private static final String KEYWORDS = "keywords";
  private static final String SONG_KEYWORDS = "songKeywords";
  private static final String LISTS = "lists";
  private static final String DISTANCES = "distances";

  SongLists {
    songs = List.copyOf(songs);
    lists = lists.stream().map(List::copyOf).toList();
  }

  /** A song; without artist, content key (0) or embedding unless these were wanted. */
  record Song(
      String id, List<String> keywords, String artist, long contentKey, FloatVector embedding) {}

  /** A song by its number, and its squared distance from a target. */
  record Near(int song, float squared) {}

  /** For a reader in the same node. */
  NamedList<Object> unencoded() {
    NamedList<Object> reply = new SimpleOrderedMap<>();
    reply.add(UNENCODED, this);
    return reply;
  }

  /** For a reader elsewhere. */
  NamedList<Object> encoded() {
    NamedList<Object> reply = new SimpleOrderedMap<>();
    reply.add(IDS, songs.stream().map(Song::id).toList());
    if (songs.stream().anyMatch(song -> !song.artist().isEmpty())) {
      reply.add(ARTISTS, songs.stream().map(Song::artist).toList());
    }
    if (songs.stream().anyMatch(song -> song.contentKey() != 0)) {
      byte[] keys = new byte[Math.multiplyExact(songs.size(), Long.BYTES)];
      ByteBuffer out = buffer(keys);
      songs.forEach(song -> out.putLong(song.contentKey()));
      reply.add(CONTENT_KEYS, keys);
    }
    int numbers = songs.stream().mapToInt(song -> song.embedding().dimension()).sum();
    if (numbers > 0) {
      byte[] bytes = bytes(numbers);
      ByteBuffer embeddings = buffer(bytes);
      songs.forEach(song -> put(embeddings, song.embedding()));
      reply.add(EMBEDDINGS, bytes);
    }
    addKeywords(reply);
    int entries = lists.stream().mapToInt(List::size).sum();
    byte[] numbersOfSongs = bytes(lists.size() + entries);
    byte[] squared = bytes(entries);
    ByteBuffer numbersOut = buffer(numbersOfSongs);
    ByteBuffer squaredOut = buffer(squared);
    for (List<Near> list : lists) {
      numbersOut.putInt(list.size());
      for (Near near : list) {
        numbersOut.putInt(near.song());
        squaredOut.putFloat(near.squared());
      }
    }
    reply.add(LISTS, numbersOfSongs);
    reply.add(DISTANCES, squared);
    return reply;
  }

  private static void put(ByteBuffer embeddings, FloatVector embedding) {
    for (float value : embedding.values()) {
      embeddings.putFloat(value);
    }
  }

  private void addKeywords(NamedList<Object> reply) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int entries = songs.stream().mapToInt(song -> song.keywords().size()).sum();
    byte[] bytes = bytes(songs.size() + entries);
    ByteBuffer ofSongs = buffer(bytes);
    for (Song song : songs) {
      ofSongs.putInt(song.keywords().size());
      for (String keyword : song.keywords()) {
        int next = numbers.size();
        Integer known = numbers.putIfAbsent(keyword, next);
        ofSongs.putInt(known == null ? next : known);
      }
    }
    reply.add(KEYWORDS, List.copyOf(numbers.keySet()));
    reply.add(SONG_KEYWORDS, bytes);
  }

  private static byte[] bytes(int numbers) {
    return new byte[Math.multiplyExact(numbers, Integer.BYTES)];
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads what {@link #encoded} or {@link #unencoded} writes. */
  static SongLists decoded(NamedList<?> reply) {
    if (reply.get(UNENCODED) instanceof SongLists lists) {
      return lists;
    }
    List<?> ids = (List<?>) reply.get(IDS);
    List<?> artists = (List<?>) reply.get(ARTISTS);
    List<?> names = (List<?>) reply.get(KEYWORDS);
    ByteBuffer ofSongs = read(reply, SONG_KEYWORDS);
    ByteBuffer embeddings = read(reply, EMBEDDINGS);
    ByteBuffer contentKeys = read(reply, CONTENT_KEYS);
    int dimension = ids.isEmpty() ? 0 : embeddings.remaining() / Float.BYTES / ids.size();
    List<Song> songs = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      List<String> keywords = new ArrayList<>();
      for (int left = ofSongs.getInt(); left > 0; left--) {
        keywords.add(names.get(ofSongs.getInt()).toString());
      }
      songs.add(
          new Song(
              ids.get(i).toString(),
              keywords,
              artists == null ? "" : artists.get(i).toString(),
              contentKeys.hasRemaining() ? contentKeys.getLong() : 0,
              embedding(embeddings, dimension)));
    }
    return new SongLists(songs, lists(read(reply, LISTS), read(reply, DISTANCES)));
  }

  private static ByteBuffer read(NamedList<?> reply, String name) {
    return reply.get(name) instanceof byte[] bytes ? buffer(bytes) : ByteBuffer.allocate(0);
  }

  private static FloatVector embedding(ByteBuffer embeddings, int dimension) {
    if (dimension == 0) {
      return FloatVector.empty();
    }
    float[] embedding = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      embedding[i] = embeddings.getFloat();
    }
    return new FloatVector(embedding);
  }

  private static List<List<Near>> lists(ByteBuffer numbers, ByteBuffer distances) {
    List<List<Near>> lists = new ArrayList<>();
    while (numbers.hasRemaining()) {
      List<Near> list = new ArrayList<>();
      for (int left = numbers.getInt(); left > 0; left--) {
        list.add(new Near(numbers.getInt(), distances.getFloat()));
      }
      lists.add(list);
    }
    return lists;
  }
}
