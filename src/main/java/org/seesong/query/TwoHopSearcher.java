package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CataloguePicture;
import org.seesong.index.CatalogueSong;
import org.seesong.index.IndexLayout;
import org.seesong.index.WeightedKeyword;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * Answers "which songs fit this picture?" in two hops: from the query to the pictures that look
 * most like it, by Euclidean distance of visual vectors; from each of these to the songs nearest to
 * it in the network, by Euclidean distance of network vectors.
 *
 * <p>Filters hold inside hop two, so that they cost no places. {@link HopMerger} says how pictures
 * share out the places. A picture without a network vector brings no song and leaves its places to
 * the others; where none of the pictures found has one, the nearest pictures that have one take
 * their stead, in the answer's list of pictures too. So the answer has the promised number of songs
 * whenever that many pass the filters and have network vectors.
 *
 * <p>Equal distances are put in the order of ids. An exact search thus gives one answer only;
 * {@link SearchMode#AUTO} is exact for a hop that compares up to {@value #EXACT_FLOATS} numbers.
 *
 * <p>Safe for any number of threads, as long as the index is open.
 */
public final class TwoHopSearcher {
  /**
   * Numbers up to which {@link SearchMode#AUTO} compares all of them in a hop: vectors in the field
   * times their dimension times the pictures they are compared with. That many take 7 ms of one
   * core with SIMD (Java 21 and newer) and 14 ms without; the paper's hop two, 62,316 songs of 64
   * numbers from 5 pictures, just fits.
   */
  public static final long EXACT_FLOATS = 20_000_000;

  private final CatalogueIndex index;
  private final NearestVectors visual;
  private final NearestVectors network;
  private final long visualFloats;
  private final long networkFloats;

  /**
   * A searcher over an index.
   *
   * @param index the index, which must stay open while searches run
   * @throws QueryException if the index has no pictures, no songs, or no network vectors on either
   *     side, so that every answer would be empty
   * @throws IOException if reading fails
   */
  public TwoHopSearcher(CatalogueIndex index) throws IOException {
    this.index = index;
    requireSome(index.pictures(), "pictures");
    requireSome(index.songs(), "songs");
    int visualRows = index.vectors(IndexLayout.PICTURE_VECTOR);
    int networkRows = index.vectors(IndexLayout.SONG_NETWORK_VECTOR);
    requireSome(index.vectors(IndexLayout.PICTURE_NETWORK_VECTOR), "pictures with keywords");
    requireSome(networkRows, "songs with keywords");
    IndexSearcher searcher = new IndexSearcher(index.reader());
    this.visual = new NearestVectors(searcher, IndexLayout.PICTURE_VECTOR);
    this.network = new NearestVectors(searcher, IndexLayout.SONG_NETWORK_VECTOR);
    this.visualFloats = (long) visualRows * index.identity().visual().dimension();
    this.networkFloats = (long) networkRows * index.identity().network().dimension();
  }

  private void requireSome(int count, String what) {
    if (count == 0) {
      throw new QueryException(
          "index "
              + index.folder()
              + " has no "
              + what
              + ", so no song can be found; build it again"
              + " from a catalogue that has");
    }
  }

  /**
   * Searches.
   *
   * @param queryVector the query picture's vector from the index's encoder; finite, not all zeros
   * @param options how many of what, and which songs
   * @return songs and why
   * @throws QueryException if the vector is of another dimension or cannot be compared, or a filter
   *     does not fit the index
   * @throws IOException if reading the index fails
   */
  public TwoHopResult search(float[] queryVector, TwoHopOptions options) throws IOException {
    checkQuery(queryVector);
    Optional<Query> filter = FilterQueries.of(options.filters(), index);
    long start = System.nanoTime();
    List<Anchor> anchors = hopOne(queryVector, options);
    long middle = System.nanoTime();
    List<Found> found = hopTwo(anchors, options, filter);
    long end = System.nanoTime();
    return new TwoHopResult(
        songHits(found),
        anchors.stream().map(Anchor::hit).toList(),
        new Timing(middle - start, end - middle));
  }

  private void checkQuery(float[] query) {
    VectorSpace space = index.identity().visual();
    if (query.length != space.dimension()) {
      throw new QueryException(
          "query vector has "
              + query.length
              + " dimensions but field '"
              + IndexLayout.PICTURE_VECTOR
              + "' of index "
              + index.folder()
              + " has "
              + space.dimension()
              + "; was the index built with another encoder? (index says: "
              + space.id()
              + ")");
    }
    int odd = FloatVector.firstNotFinite(query);
    if (odd >= 0) {
      throw new QueryException(
          "value " + odd + " of the query vector must be finite; got: " + query[odd]);
    }
    double norm = new FloatVector(query).norm();
    if (norm == 0) {
      throw new QueryException(
          "query vector is all zeros: the encoder found nothing in the picture; try another one");
    }
    if (norm > IndexLayout.MAX_NORM) {
      throw new QueryException(
          "query vector must have a length of at most " + IndexLayout.MAX_NORM + "; got: " + norm);
    }
  }

  /** A picture of hop one and where it is in the network; its vector may be empty. */
  private record Anchor(PictureHit hit, FloatVector networkVector) {}

  /** A song of the answer: its document and the picture that brought it. */
  private record Found(int document, double distance, Anchor anchor) {}

  private List<Anchor> hopOne(float[] query, TwoHopOptions options) throws IOException {
    List<Anchor> nearest = nearestPictures(query, options, Optional.empty());
    if (nearest.stream().anyMatch(anchor -> !anchor.networkVector().isEmpty())) {
      return nearest;
    }
    Query connected = new FieldExistsQuery(IndexLayout.PICTURE_NETWORK_VECTOR);
    return nearestPictures(query, options, Optional.of(connected));
  }

  private List<Anchor> nearestPictures(float[] query, TwoHopOptions options, Optional<Query> filter)
      throws IOException {
    List<Neighbour> nearest =
        nearest(visual, visualFloats, List.of(query), options.pictures(), options, filter).get(0);
    List<Anchor> anchors = new ArrayList<>(nearest.size());
    for (Neighbour neighbour : nearest) {
      CataloguePicture picture = index.pictureAt(neighbour.document());
      anchors.add(
          new Anchor(
              new PictureHit(anchors.size() + 1, picture, neighbour.distance()),
              index.vectorAt(IndexLayout.PICTURE_NETWORK_VECTOR, neighbour.document())));
    }
    return anchors;
  }

  private List<Found> hopTwo(List<Anchor> anchors, TwoHopOptions options, Optional<Query> filter)
      throws IOException {
    List<Anchor> connected =
        anchors.stream().filter(anchor -> !anchor.networkVector().isEmpty()).toList();
    List<float[]> targets =
        connected.stream().map(anchor -> anchor.networkVector().values()).toList();
    List<List<Neighbour>> nearest =
        nearest(network, networkFloats, targets, options.songs(), options, filter);
    Map<String, Integer> documents = new HashMap<>();
    List<List<HopMerger.Candidate>> candidates = new ArrayList<>(nearest.size());
    for (List<Neighbour> songs : nearest) {
      songs.forEach(song -> documents.put(song.documentId(), song.document()));
      candidates.add(
          songs.stream()
              .map(song -> new HopMerger.Candidate(song.documentId(), song.distance()))
              .toList());
    }
    HopMerger merger = new HopMerger(options.songs());
    return merger.merge(candidates).stream()
        .map(
            pick ->
                new Found(
                    documents.get(pick.song().songId()),
                    pick.song().distance(),
                    connected.get(pick.picture())))
        .toList();
  }

  private static List<List<Neighbour>> nearest(
      NearestVectors vectors,
      long floats,
      List<float[]> targets,
      int k,
      TwoHopOptions options,
      Optional<Query> filter)
      throws IOException {
    return isExact(options.mode(), floats * targets.size())
        ? vectors.exact(targets, k, filter)
        : vectors.approximate(targets, k, options.candidates(), filter);
  }

  static boolean isExact(SearchMode mode, long comparedFloats) {
    return mode == SearchMode.EXACT || (mode == SearchMode.AUTO && comparedFloats <= EXACT_FLOATS);
  }

  private List<SongHit> songHits(List<Found> found) throws IOException {
    List<SongHit> hits = new ArrayList<>(found.size());
    for (Found each : found) {
      CatalogueSong song = index.songAt(each.document());
      PictureHit picture = each.anchor().hit();
      Because because =
          new Because(
              picture.picture().id(),
              picture.distance(),
              each.distance(),
              shared(picture.picture().keywords(), song.keywords()));
      hits.add(new SongHit(hits.size() + 1, song, because));
    }
    return hits;
  }

  /** A keyword of both sides and the product of its weights, which may round to 0. */
  private record Shared(String keyword, double weight) {}

  /** Keywords of both, by the product of their weights, so that both sides must mean it. */
  private static List<String> shared(List<WeightedKeyword> some, List<WeightedKeyword> others) {
    Map<String, Double> weights = new HashMap<>();
    some.forEach(keyword -> weights.put(keyword.keyword(), keyword.weight()));
    return others.stream()
        .filter(other -> weights.containsKey(other.keyword()))
        .map(other -> new Shared(other.keyword(), other.weight() * weights.get(other.keyword())))
        .sorted(
            Comparator.comparingDouble(Shared::weight).reversed().thenComparing(Shared::keyword))
        .map(Shared::keyword)
        .distinct()
        .toList();
  }
}
