package org.seesong.query;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueSong;
import org.seesong.index.DocumentValues;
import org.seesong.index.IndexLayout;
import org.seesong.index.WeightedKeyword;
import org.seesong.knn.KnnSearcher;
import org.seesong.query.HopOne.Anchor;
import org.seesong.query.HopTwo.Deserving;
import org.seesong.query.HopTwo.Found;
import org.seesong.query.TwoHopResult.Timing;
import org.seesong.select.Centroid;
import org.seesong.select.Confidence;
import org.seesong.select.Confidence.Neighbour;
import org.seesong.select.SongSelector;
import org.seesong.vector.EncodedImage;

/**
 * Answers "which songs fit this picture?" in two hops: from the query to the pictures that look
 * most like it, by Euclidean distance of image embeddings; from each of these to the songs nearest
 * to it, by Euclidean distance of graph embeddings. {@link TwoHopQuery} lists the other queries, of
 * which words go to the songs' text embeddings directly.
 *
 * <p>Filters hold inside the hops, so that they cost no results. {@link KeywordBoost}s move what
 * hop two starts from. {@link SongSelector} selects the answer from the pictures' songs. A picture
 * without a graph embedding gives no song; where none of the pictures found has one, the nearest
 * pictures that have one replace them. So the answer has the promised number of songs whenever that
 * many pass the filters, have graph embeddings and deserve a place by their {@link Confidence}
 * ({@link TwoHopOptions#fill} gives all one). (Only {@code maxPerArtist} may miss some where some
 * ten thousand nearer songs are by artists that have their share.)
 *
 * <p>Equal distances are ordered by id. An exact search thus gives one answer only; {@link
 * SearchMode#AUTO} is exact for a hop that compares up to {@value #EXACT_FLOATS} numbers.
 *
 * <p>Safe for any number of threads, as long as the index is open.
 */
public final class TwoHopSearcher {
  /**
   * Numbers up to which {@link SearchMode#AUTO} is exact in a hop: vectors in the field times their
   * dimension times the vectors they are compared with. That many, 1,220 pictures of 4,096 or 7,800
   * songs of 64 from 10 pictures, take about 2 ms of one core.
   */
  public static final long EXACT_FLOATS = 5_000_000;

  private static final OptionalDouble NONE = OptionalDouble.empty();

  private final CatalogueIndex index;
  private final HopOne hopOne;
  private final HopTwo hopTwo;
  private final WordsHop wordsHop;
  private final KeywordDirections directions;
  private final Optional<Confidence> confidence;

  /**
   * A searcher over an index. Works on the thread that calls it.
   *
   * @param index the index, which must stay open while searches run
   * @throws QueryException if the index has no pictures, no songs, or no graph embeddings of
   *     either, so that every answer would be empty
   */
  public TwoHopSearcher(CatalogueIndex index) throws IOException {
    this.index = index;
    requireSome(index.pictures(), "pictures");
    requireSome(index.songs(), "songs");
    IndexSearcher searcher = new IndexSearcher(index.reader());
    KnnSearcher pictures = vectors(searcher, IndexLayout.PICTURE_GRAPH_EMBEDDING);
    KnnSearcher songs = vectors(searcher, IndexLayout.SONG_GRAPH_EMBEDDING);
    requireSome(pictures.size(), "pictures with keywords");
    requireSome(songs.size(), "songs with keywords");
    EmbeddingMean means = new EmbeddingMean(searcher);
    this.directions = new KeywordDirections(means);
    this.hopOne =
        new HopOne(index, vectors(searcher, IndexLayout.PICTURE_IMAGE_EMBEDDING), pictures, means);
    this.hopTwo = new HopTwo(index.reader(), songs);
    this.wordsHop = new WordsHop(hopTwo, vectors(searcher, IndexLayout.SONG_TEXT_EMBEDDING));
    this.confidence = confidence(index);
  }

  private static Optional<Confidence> confidence(CatalogueIndex index) {
    try {
      return Confidence.parse(
          index.metadata().build().options().getOrDefault(Confidence.OPTION, ""));
    } catch (IllegalArgumentException e) {
      throw new QueryException(
          "index "
              + index.folder()
              + " has damaged metadata ("
              + e.getMessage()
              + "); build again");
    }
  }

  private static KnnSearcher vectors(IndexSearcher searcher, String field) throws IOException {
    return new KnnSearcher(searcher, field, IndexLayout.ID);
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

  /** The index that is searched. */
  public CatalogueIndex index() {
    return index;
  }

  /** Searches songs that fit one image, see {@link #search(TwoHopQuery, TwoHopOptions)}. */
  public TwoHopResult search(EncodedImage query, TwoHopOptions options) throws IOException {
    return search(TwoHopQuery.of(query), options);
  }

  /**
   * Searches.
   *
   * @throws org.seesong.index.IndexMismatchException if a vector is of another space than the
   *     index's pictures, or words of another than its songs; names both
   * @throws QueryException if a vector cannot be compared, the index has not what the query names,
   *     or a filter does not fit the index
   */
  public TwoHopResult search(TwoHopQuery query, TwoHopOptions options) throws IOException {
    Optional<Query> filter =
        FilterQueries.ofSongs(options.filters(), excluded(query, options), index);
    long start = System.nanoTime();
    if (query instanceof TwoHopQuery.Song song) {
      return nearSong(song.songId(), options, filter, start);
    }
    if (query instanceof TwoHopQuery.Words words
        && words.pictures().isEmpty()
        && !options.boosts().isEmpty()) {
      throw new QueryException(
          "boosts need a picture, a keyword or a song to start from; words alone have none");
    }
    List<Anchor> anchors = anchors(query, options);
    long between = System.nanoTime();
    BoostedEmbeddings boosted = directions.of(options.boosts());
    List<Anchor> connected = boosted.move(anchors.stream().filter(Anchor::isConnected).toList());
    Centroid centroid =
        Centroid.of(
            connected.stream()
                .map(
                    anchor ->
                        new Centroid.Member(
                            anchor.hit().id(), anchor.embedding(), anchor.hit().distance()))
                .toList());
    List<float[]> origins = connected.stream().map(anchor -> anchor.embedding().values()).toList();
    if (query instanceof TwoHopQuery.Words words) {
      List<Found> found = wordsHop.select(words, origins, centroid, options, filter);
      Timing timing = new Timing(between - start, System.nanoTime() - between);
      List<SongHit> songs = reader(found, options, filter).ofWords(found, connected);
      return new TwoHopResult(songs, hits(anchors), timing, NONE);
    }
    Optional<Confidence> told =
        confidence.filter(
            c -> query instanceof TwoHopQuery.Pictures one && one.examples().size() == 1);
    List<Neighbour> neighbours = neighbours(anchors);
    OptionalDouble known = told.map(c -> c.ofPicture(neighbours)).orElse(NONE);
    List<Neighbour> weighed = boosted.weigh(neighbours);
    Function<CatalogueSong, OptionalDouble> ofSong =
        song -> told.map(c -> c.ofSong(neighbours, weighed, weights(song.keywords()))).orElse(NONE);
    List<Found> found =
        hopTwo.select(
            origins,
            centroid,
            options,
            filter,
            options.fill() || known.isEmpty()
                ? Deserving.ALL
                : document ->
                    Confidence.deservesPlace(known, ofSong.apply(index.songAt(document))));
    Timing timing = new Timing(between - start, System.nanoTime() - between);
    List<SongHit> songs = reader(found, options, filter).ofPictures(found, connected, ofSong);
    return new TwoHopResult(songs, hits(anchors), timing, known);
  }

  /** The pictures that a query starts from; none for words alone. */
  private List<Anchor> anchors(TwoHopQuery query, TwoHopOptions options) throws IOException {
    if (query instanceof TwoHopQuery.Keyword keyword) {
      return hopOne.ofKeyword(keyword.keyword(), options);
    }
    if (query instanceof TwoHopQuery.Words words) {
      QueryVectors.check(words, index);
      return words.pictures().isEmpty() ? List.of() : anchors(words.pictures().get(), options);
    }
    return hopOne.likePictures(QueryVectors.combine((TwoHopQuery.Pictures) query, index), options);
  }

  private static List<Neighbour> neighbours(List<Anchor> anchors) {
    return anchors.stream()
        .map(anchor -> new Neighbour(anchor.hit().distance(), weights(anchor.hit().keywords())))
        .toList();
  }

  private static Map<String, Double> weights(List<WeightedKeyword> keywords) {
    return Confidence.byKeyword(
        keywords.stream().map(WeightedKeyword::keyword).toList(),
        keywords.stream().map(WeightedKeyword::weight).toList());
  }

  private HitReader reader(List<Found> found, TwoHopOptions options, Optional<Query> filter)
      throws IOException {
    Set<Long> keys = new HashSet<>();
    if (options.versions()) {
      found.forEach(each -> keys.add(each.pick().song().contentKey()));
    }
    IndexSearcher searcher = new IndexSearcher(index.reader());
    Set<String> boosted =
        options.boosts().stream()
            .filter(boost -> boost.weight() > 0)
            .map(KeywordBoost::keyword)
            .collect(Collectors.toSet());
    return new HitReader(
        index.documents(),
        DocumentValues.versions(searcher, keys, filter, IndexLayout.ID),
        boosted);
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

  private TwoHopResult nearSong(
      String id, TwoHopOptions options, Optional<Query> filter, long start) throws IOException {
    int document = index.document(IndexLayout.documentId(IndexLayout.SONG, id));
    if (document < 0) {
      throw new QueryException("index " + index.folder() + " has no song '" + id + "'");
    }
    float[] embedding = index.vectorAt(IndexLayout.SONG_GRAPH_EMBEDDING, document).values();
    if (embedding.length == 0) {
      throw new QueryException(
          "song '"
              + id
              + "' of index "
              + index.folder()
              + " has no keyword, so no graph embedding to search by; ask by another song");
    }
    float[] moved = directions.of(options.boosts()).move(embedding);
    List<Anchor> anchors = hopOne.nearEmbedding(embedding, options);
    long between = System.nanoTime();
    List<Found> found =
        hopTwo.select(
            moved.length == 0 ? List.of() : List.of(moved),
            Centroid.NONE,
            options,
            filter,
            Deserving.ALL);
    Timing timing = new Timing(between - start, System.nanoTime() - between);
    List<SongHit> songs = reader(found, options, filter).ofSong(found, index.songAt(document));
    return new TwoHopResult(songs, hits(anchors), timing, NONE);
  }

  /**
   * Which filters of songs and pictures hold for nothing in the index, so that an empty answer has
   * a reason, and which boosts are of keywords that nothing carries.
   *
   * @return a sentence for each such filter and boost, with up to five similar values that do occur
   * @throws QueryException if a filter does not fit the index
   */
  public List<String> unmetFilters(TwoHopOptions options) throws IOException {
    return FilterCheck.notes(index, options);
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
   */
  public List<String> pictureIds(EncodedImage query, TwoHopOptions options) throws IOException {
    return hopOne.idsLookingLike(QueryVectors.check(query, index), options);
  }

  private static List<PictureHit> hits(List<Anchor> anchors) {
    return anchors.stream().map(Anchor::hit).toList();
  }
}
