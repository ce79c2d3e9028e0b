package org.seesong.solr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.lucene.util.VectorUtil;
import org.apache.solr.common.SolrInputDocument;
import org.seesong.index.IndexLayout;
import org.seesong.index.TestCatalogue;
import org.seesong.query.TwoHopOptions;
import org.seesong.select.Centroid;
import org.seesong.select.SongSelector;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * A random catalogue with ties, pictures without a graph embedding and songs without one, and the
 * brute-force answer to a query: every vector compared, everything sorted.
 */
record SongCatalogue(List<Picture> pictures, List<Song> songs) {
  private static final List<String> KEYWORDS = List.of("snow", "sea", "night", "train", "rose");

  record Picture(String id, float[] visual, float[] network, List<String> keywords) {}

  record Song(String id, float[] network, String artist, int year, List<String> keywords) {}

  /** What an answer should be: pictures and songs in order, by id. */
  record Expected(List<String> anchors, List<String> songs) {}

  static SongCatalogue random(long seed, int pictures, int songs, int visual, int network) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Picture> allPictures = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      boolean connected = random.nextInt(10) > 0;
      boolean twin = i > 0 && random.nextInt(8) == 0;
      allPictures.add(
          new Picture(
              "picture:" + i,
              twin ? allPictures.get(random.nextInt(i)).visual() : vector(random, visual),
              connected ? vector(random, network) : new float[0],
              List.of(keyword(random), keyword(random)).stream().distinct().toList()));
    }
    List<Song> allSongs = new ArrayList<>();
    for (int i = 0; i < songs; i++) {
      boolean twin = i > 0 && random.nextInt(6) == 0;
      allSongs.add(
          new Song(
              "song:" + i,
              random.nextInt(20) == 0
                  ? new float[0]
                  : twin ? allSongs.get(random.nextInt(i)).network() : vector(random, network),
              "artist" + random.nextInt(5),
              1990 + random.nextInt(30),
              List.of(keyword(random))));
    }
    return new SongCatalogue(allPictures, allSongs);
  }

  private static String keyword(SplittableRandom random) {
    return KEYWORDS.get(random.nextInt(KEYWORDS.size()));
  }

  static float[] vector(SplittableRandom random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return vector;
  }

  List<SolrInputDocument> pictureDocuments() {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (Picture picture : pictures) {
      SolrInputDocument document = document(picture.id(), IndexLayout.PICTURE);
      document.setField(IndexLayout.PICTURE_IMAGE_EMBEDDING, list(picture.visual()));
      if (picture.network().length > 0) {
        document.setField(IndexLayout.PICTURE_GRAPH_EMBEDDING, list(picture.network()));
      }
      document.setField(IndexLayout.PICTURE_KEYWORD, picture.keywords());
      documents.add(document);
    }
    return documents;
  }

  List<SolrInputDocument> songDocuments() {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (Song song : songs) {
      SolrInputDocument document = document(song.id(), IndexLayout.SONG);
      if (song.network().length > 0) {
        document.setField(IndexLayout.SONG_GRAPH_EMBEDDING, list(song.network()));
      }
      document.setField(IndexLayout.SONG_ARTIST, song.artist());
      document.setField(IndexLayout.SONG_YEAR, song.year());
      document.setField(IndexLayout.SONG_KEYWORD, song.keywords());
      document.setField(
          IndexLayout.SONG_FIRST_LINE, "a line of " + song.keywords().get(0) + " for all");
      documents.add(document);
    }
    return documents;
  }

  /** Songs with text embeddings of length 1. */
  static List<SolrInputDocument> withTexts(List<SolrInputDocument> songs, VectorSpace space) {
    SplittableRandom random = new SplittableRandom(songs.size());
    for (SolrInputDocument song : songs) {
      song.setField(
          IndexLayout.SONG_TEXT_EMBEDDING,
          list(TestCatalogue.unitVector(space.dimension(), random).values()));
    }
    return songs;
  }

  private static SolrInputDocument document(String id, String kind) {
    SolrInputDocument document = new SolrInputDocument();
    document.setField(IndexLayout.ID, id);
    document.setField(IndexLayout.KIND, kind);
    return document;
  }

  static List<Float> list(float[] vector) {
    List<Float> list = new ArrayList<>(vector.length);
    for (float value : vector) {
      list.add(value);
    }
    return list;
  }

  /** A point, its id and how far away. */
  private record Near(int index, String id, double squared) {
    static final Comparator<Near> ORDER =
        Comparator.comparingDouble(Near::squared).thenComparing(Near::id);
  }

  Expected expected(float[] query, TwoHopOptions options, Predicate<Song> filter) {
    List<Near> near = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      Picture picture = pictures.get(i);
      near.add(new Near(i, picture.id(), VectorUtil.squareDistance(query, picture.visual())));
    }
    near.sort(Near.ORDER);
    List<Near> anchors = near.stream().limit(options.pictures()).toList();
    if (anchors.stream().allMatch(each -> place(each).length == 0)) {
      anchors =
          near.stream().filter(each -> place(each).length > 0).limit(options.pictures()).toList();
    }
    List<Near> connected = anchors.stream().filter(each -> place(each).length > 0).toList();
    List<String> picked = connected.isEmpty() ? List.of() : picked(connected, options, filter);
    return new Expected(anchors.stream().map(Near::id).toList(), picked);
  }

  private List<String> picked(List<Near> connected, TwoHopOptions options, Predicate<Song> filter) {
    Centroid centroid =
        Centroid.of(
            connected.stream()
                .map(
                    each ->
                        new Centroid.Member(
                            IndexLayout.ownerId(each.id()),
                            new FloatVector(place(each)),
                            Math.sqrt(each.squared())))
                .toList());
    List<List<Candidate>> lists =
        connected.stream().map(each -> candidates(place(each), filter)).toList();
    return new SongSelector(options.songs(), options.selection())
        .select(centroid, lists).stream().map(Pick::song).map(Candidate::songId).toList();
  }

  private float[] place(Near picture) {
    return pictures.get(picture.index()).network();
  }

  private List<Candidate> candidates(float[] place, Predicate<Song> filter) {
    return songs.stream()
        .filter(song -> song.network().length > 0)
        .filter(filter)
        .map(
            song ->
                new Candidate(
                    song.id(),
                    Math.sqrt(VectorUtil.squareDistance(place, song.network())),
                    song.artist(),
                    new FloatVector(song.network()),
                    0))
        .toList();
  }
}
