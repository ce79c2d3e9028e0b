package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.index.IndexLayout;
import org.seesong.knn.NearestVectors;
import org.seesong.query.HopOne.Anchor;
import org.seesong.query.HopTwo.Found;
import org.seesong.query.HopTwo.Middle;
import org.seesong.query.SongSelector.Pick;
import org.seesong.vector.EncodedImage;

/**
 * Answers "which songs fit this picture?" in two hops: from the query to the pictures that look
 * most like it, by Euclidean distance of visual vectors; from each of these to the songs nearest to
 * it in the network, by Euclidean distance of network vectors. {@link TwoHopQuery} says what else
 * can be asked.
 *
 * <p>Filters hold inside the hops, so that they cost no places. {@link SongSelector} says how
 * pictures distribute the places. A picture without a network vector brings no song and leaves its
 * places to the others; where none of the pictures found has one, the nearest pictures that have
 * one take their stead, in the answer's list of pictures too. So the answer has the promised number
 * of songs whenever that many pass the filters and have network vectors. (Only {@code maxPerArtist}
 * may miss some where some ten thousand nearer songs are by artists that have their share.)
 *
 * <p>Equal distances are put in the order of ids. An exact search thus gives one answer only;
 * {@link SearchMode#AUTO} is exact for a hop that compares up to {@value #EXACT_FLOATS} numbers.
 *
 * <p>Safe for any number of threads, as long as the index is open.
 */
public final class TwoHopSearcher {
  /**
   * Numbers up to which {@link SearchMode#AUTO} is exact in a hop: vectors in the field times their
   * dimension times the places they are compared with. That many, 1,220 pictures of 4,096 or 7,800
   * songs of 64 from 10 pictures, take about 2 ms of one core.
   */
  public static final long EXACT_FLOATS = 5_000_000;

  private final CatalogueIndex index;
  private final HopOne hopOne;
  private final HopTwo hopTwo;

  /**
   * A searcher over an index. Works on the thread that calls it.
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
    IndexSearcher searcher = new IndexSearcher(index.reader());
    NearestVectors visual =
        new NearestVectors(searcher, IndexLayout.PICTURE_VECTOR, IndexLayout.ID);
    NearestVectors pictures =
        new NearestVectors(searcher, IndexLayout.PICTURE_NETWORK_VECTOR, IndexLayout.ID);
    NearestVectors songs =
        new NearestVectors(searcher, IndexLayout.SONG_NETWORK_VECTOR, IndexLayout.ID);
    requireSome(pictures.size(), "pictures with keywords");
    requireSome(songs.size(), "songs with keywords");
    this.hopOne = new HopOne(index, visual, pictures, new NetworkMean(searcher));
    this.hopTwo = new HopTwo(index, songs);
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
   * Searches songs that fit a picture.
   *
   * @param query the query picture, encoded by the index's encoder; not all zeros
   * @param options how many of what, and which
   * @return songs and why
   * @throws org.seesong.index.IndexMismatchException if the vector is of another space than the
   *     index's pictures; names both
   * @throws QueryException if the vector cannot be compared, or a filter does not fit the index
   * @throws IOException if reading the index fails
   */
  public TwoHopResult search(EncodedImage query, TwoHopOptions options) throws IOException {
    return search(TwoHopQuery.of(query), options);
  }

  /**
   * Searches.
   *
   * @param query what songs are asked for
   * @param options how many of what, and which
   * @return songs and why
   * @throws org.seesong.index.IndexMismatchException if a vector is of another space than the
   *     index's pictures; names both
   * @throws QueryException if a vector cannot be compared, the index has not what the query names,
   *     or a filter does not fit the index
   * @throws IOException if reading the index fails
   */
  public TwoHopResult search(TwoHopQuery query, TwoHopOptions options) throws IOException {
    Optional<Query> filter =
        FilterQueries.ofSongs(
            options.filters(), excluded(query, options), options.sharing().allVersions(), index);
    long start = System.nanoTime();
    if (query instanceof TwoHopQuery.Song song) {
      return nearSong(song.songId(), options, filter, start);
    }
    List<Anchor> anchors =
        query instanceof TwoHopQuery.Keyword keyword
            ? hopOne.ofKeyword(keyword.keyword(), options)
            : hopOne.likePictures(
                QueryVectors.combine((TwoHopQuery.Pictures) query, index), options);
    long middle = System.nanoTime();
    List<Anchor> connected = anchors.stream().filter(Anchor::isConnected).toList();
    List<float[]> places =
        connected.stream().map(anchor -> anchor.networkVector().values()).toList();
    List<Found> found = hopTwo.songs(places, consensus(connected, options), options, filter);
    Timing timing = new Timing(middle - start, System.nanoTime() - middle);
    ExplanationReader evidence = new ExplanationReader(index);
    List<SongHit> songs = new ArrayList<>(found.size());
    for (Found each : found) {
      int rank = songs.size() + 1;
      songs.add(
          each.place() == Pick.CONSENSUS
              ? evidence.ofConsensus(rank, each, connected)
              : evidence.ofPicture(rank, each, connected.get(each.place())));
    }
    return new TwoHopResult(songs, hits(anchors), timing);
  }

  /** A song is no answer to itself. */
  private static Set<String> excluded(TwoHopQuery query, TwoHopOptions options) {
    if (!(query instanceof TwoHopQuery.Song song)) {
      return options.excludedSongs();
    }
    Set<String> excluded = new TreeSet<>(options.excludedSongs());
    excluded.add(song.songId());
    return excluded;
  }

  private static Optional<Middle> consensus(List<Anchor> connected, TwoHopOptions options) {
    SelectionOptions sharing = options.sharing();
    if ((sharing.lead() == 0 && sharing.balance() == 0) || connected.isEmpty()) {
      return Optional.empty();
    }
    List<Centroid.Vote> votes =
        connected.stream()
            .map(anchor -> new Centroid.Vote(anchor.networkVector(), anchor.hit().distance()))
            .toList();
    return Optional.of(new Middle(Centroid.of(votes).values(), connected.get(0).hit().id()));
  }

  private TwoHopResult nearSong(
      String id, TwoHopOptions options, Optional<Query> filter, long start) throws IOException {
    int document = index.document(IndexLayout.documentId(IndexLayout.SONG, id));
    if (document < 0) {
      throw new QueryException("index " + index.folder() + " has no song '" + id + "'");
    }
    float[] place = index.vectorAt(IndexLayout.SONG_NETWORK_VECTOR, document).values();
    if (place.length == 0) {
      throw new QueryException(
          "song '"
              + id
              + "' of index "
              + index.folder()
              + " carries no keyword, so nothing is near it in the network; ask by another song");
    }
    List<Anchor> anchors = hopOne.nearPlace(place, options);
    long middle = System.nanoTime();
    List<Found> found = hopTwo.songs(List.of(place), Optional.empty(), options, filter);
    Timing timing = new Timing(middle - start, System.nanoTime() - middle);
    CatalogueSong from = index.songAt(document);
    ExplanationReader evidence = new ExplanationReader(index);
    List<SongHit> songs = new ArrayList<>(found.size());
    for (Found each : found) {
      songs.add(evidence.ofSong(songs.size() + 1, each.document(), each.distance(), from));
    }
    return new TwoHopResult(songs, hits(anchors), timing);
  }

  /**
   * Hop one alone: the pictures of the index that look most like a picture, whether connected or
   * not.
   *
   * @param query the query picture, encoded by the index's encoder; not all zeros
   * @param options how many pictures, and which
   * @return pictures, nearest first
   * @throws org.seesong.index.IndexMismatchException if the vector is of another space than the
   *     index's pictures; names both
   * @throws QueryException if the vector cannot be compared, or a filter does not fit the index
   * @throws IOException if reading the index fails
   */
  public List<PictureHit> pictures(EncodedImage query, TwoHopOptions options) throws IOException {
    return hits(hopOne.lookingLike(QueryVectors.check(query, index), options));
  }

  /**
   * Hop one alone, and of the pictures no more than their ids, which is all a search has to read.
   *
   * @param query the query picture, encoded by the index's encoder; not all zeros
   * @param options how many pictures, and which
   * @return ids, nearest first
   * @throws org.seesong.index.IndexMismatchException if the vector is of another space than the
   *     index's pictures; names both
   * @throws QueryException if the vector cannot be compared, or a filter does not fit the index
   * @throws IOException if reading the index fails
   */
  public List<String> pictureIds(EncodedImage query, TwoHopOptions options) throws IOException {
    return hopOne.idsLookingLike(QueryVectors.check(query, index), options);
  }

  private static List<PictureHit> hits(List<Anchor> anchors) {
    return anchors.stream().map(Anchor::hit).toList();
  }
}
