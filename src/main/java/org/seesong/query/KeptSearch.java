package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.VectorUtil;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.LuceneVectors;
import org.seesong.query.KeptSongs.Kept;
import org.seesong.query.KeptSongs.KeptList;

/**
 * Answers hop two from {@link KeptSongs}, with the answer that an exact search gives.
 *
 * <p>Songs of segments that came after the lists are compared with every place. The consensus c of
 * places a with weights w, which add up to 1, needs no list of its own: for any song s, |s - c|^2
 * is the sum of w |s - a|^2 less the sum of w |a - c|^2. A song that is in no list is farther from
 * each a than that list reaches, so at least as far from c as these sums say; of the songs in the
 * lists, those nearer than that are surely the nearest of all. The same sums tell which of them
 * need not be read.
 *
 * <p>Immutable; safe for any number of threads.
 */
final class KeptSearch {
  /** Later songs up to which it is faster to compare all of them than to search. */
  private static final int MAX_FRESH = 20_000;

  /** Vectors of a consensus' songs that are read at a time, beside twice those wanted. */
  private static final int SPARE = 12;

  /** Above the rounding of squared distances in floats. */
  private static final double SLACK = 1e-4;

  private final KeptSongs kept;
  private final NearestVectors songs;
  private final Set<LeafReaderContext> fresh;

  private KeptSearch(KeptSongs kept, NearestVectors songs, Set<LeafReaderContext> fresh) {
    this.kept = kept;
    this.songs = songs;
    this.fresh = fresh;
  }

  /** A search, unless nothing is kept or too much has changed. */
  static Optional<KeptSearch> of(CatalogueIndex index, NearestVectors songs) throws IOException {
    Optional<KeptSongs> kept = KeptSongs.open(index);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Set<LeafReaderContext> fresh = new HashSet<>();
    int vectors = 0;
    for (LeafReaderContext leaf : index.reader().leaves()) {
      FloatVectorValues values =
          leaf.reader().getFloatVectorValues(IndexLayout.SONG_NETWORK_VECTOR);
      if (values != null && values.size() > 0 && !kept.get().covers(leaf)) {
        fresh.add(leaf);
        vectors += values.size();
      }
    }
    return vectors > MAX_FRESH
        ? Optional.empty()
        : Optional.of(new KeptSearch(kept.get(), songs, Set.copyOf(fresh)));
  }

  /** The k nearest of each picture of the index; empty where what is kept does not tell. */
  List<Optional<List<Neighbour>>> nearest(List<HopTwo.Place> places, int k) throws IOException {
    List<Optional<List<Kept>>> known = new ArrayList<>(places.size());
    List<Kept> all = new ArrayList<>(places.size() * k);
    for (HopTwo.Place place : places) {
      Optional<List<Kept>> first = kept.of(place.document()).flatMap(list -> first(list, k));
      first.ifPresent(all::addAll);
      known.add(first);
    }
    Map<Integer, String> ids = ids(all);
    List<Optional<List<Neighbour>>> result = new ArrayList<>(places.size());
    for (int i = 0; i < places.size(); i++) {
      if (known.get(i).isEmpty()) {
        result.add(Optional.empty());
        continue;
      }
      List<Neighbour> nearest = new ArrayList<>(k);
      for (Kept song : known.get(i).get()) {
        nearest.add(
            new Neighbour(song.document(), ids.get(song.document()), song.squaredDistance()));
      }
      result.add(Optional.of(withFresh(nearest, places.get(i).vector(), k)));
    }
    return result;
  }

  private static Optional<List<Kept>> first(KeptList list, int k) {
    List<Kept> songs = list.songs();
    boolean tells = songs.size() >= k || Float.isInfinite(list.squaredReach());
    return tells ? Optional.of(songs.subList(0, Math.min(k, songs.size()))) : Optional.empty();
  }

  /** Ids by document, read in the order of documents, the only one in which that is fast. */
  private static Map<Integer, String> ids(List<Kept> songs) throws IOException {
    songs.sort(Comparator.comparingInt(Kept::document));
    Map<Integer, String> ids = new HashMap<>(2 * songs.size());
    LeafReaderContext leaf = null;
    DocumentIds inLeaf = null;
    int last = -1;
    for (Kept song : songs) {
      if (song.leaf() != leaf) {
        leaf = song.leaf();
        inLeaf = new DocumentIds(leaf.reader(), IndexLayout.ID);
      }
      if (song.document() != last) {
        last = song.document();
        ids.put(last, inLeaf.of(song.documentInLeaf()));
      }
    }
    return ids;
  }

  private static Neighbour neighbour(
      Kept song, float squaredDistance, Map<LeafReaderContext, DocumentIds> ids)
      throws IOException {
    DocumentIds known = ids.get(song.leaf());
    if (known == null) {
      known = new DocumentIds(song.leaf().reader(), IndexLayout.ID);
      ids.put(song.leaf(), known);
    }
    return new Neighbour(song.document(), known.of(song.documentInLeaf()), squaredDistance);
  }

  private List<Neighbour> withFresh(List<Neighbour> nearest, float[] target, int k)
      throws IOException {
    if (!fresh.isEmpty()) {
      nearest.addAll(songs.exactIn(fresh, target, k));
    }
    return nearest.stream().sorted(Neighbour.NEAREST).limit(k).toList();
  }

  /** The k nearest of a consensus; empty if what is kept does not tell. */
  Optional<List<Neighbour>> nearest(HopTwo.Middle middle, List<HopTwo.Place> places, int k)
      throws IOException {
    double bound = 0;
    double apart = 0;
    Map<Integer, Candidate> candidates = new HashMap<>();
    for (int i = 0; i < places.size(); i++) {
      Optional<KeptList> list = kept.of(places.get(i).document());
      if (list.isEmpty()) {
        return Optional.empty();
      }
      double weight = middle.weights()[i];
      double reach = list.get().squaredReach();
      bound += weight * reach * (1 - SLACK);
      apart +=
          weight * VectorUtil.squareDistance(places.get(i).vector(), middle.vector()) * (1 + SLACK);
      for (Kept song : list.get().songs()) {
        candidates
            .computeIfAbsent(song.document(), document -> new Candidate(song))
            .isInList(weight, song.squaredDistance(), reach);
      }
    }
    if (bound <= apart) {
      return Optional.empty(); // places too far apart for their lists to tell
    }
    List<Neighbour> sure = sure(candidates.values(), middle.vector(), bound, apart, k);
    if (sure.size() < k && !Double.isInfinite(bound)) {
      return Optional.empty();
    }
    return Optional.of(withFresh(sure, middle.vector(), k));
  }

  /**
   * The nearest candidates that are nearer than any other song. Only vectors of those that may be
   * among the k nearest are read, for they lie all over the file.
   */
  private static List<Neighbour> sure(
      Collection<Candidate> candidates, float[] middle, double bound, double apart, int k)
      throws IOException {
    Map<LeafReaderContext, DocumentIds> ids = new HashMap<>();
    PriorityQueue<Neighbour> nearest = new PriorityQueue<>(Neighbour.NEAREST.reversed());
    List<Candidate> order = likelyFirst(candidates, bound);
    int stretch = 2 * k + SPARE;
    for (int from = 0; from < order.size(); from += stretch) {
      double least = order.get(from).least(bound) - apart;
      if (nearest.size() == k && least > nearest.element().squaredDistance()) {
        break;
      }
      // In the order of documents, the only one in which vectors can be read.
      List<Candidate> next =
          new ArrayList<>(order.subList(from, Math.min(order.size(), from + stretch)));
      next.sort(Comparator.comparingInt(Candidate::document));
      Map<LeafReaderContext, LuceneVectors> vectors = new HashMap<>();
      for (Candidate candidate : next) {
        float squared = VectorUtil.squareDistance(middle, vector(candidate.song, vectors));
        if (squared < bound - apart) {
          nearest.add(neighbour(candidate.song, squared, ids));
          if (nearest.size() > k) {
            nearest.remove();
          }
        }
      }
    }
    return new ArrayList<>(nearest);
  }

  private static List<Candidate> likelyFirst(Collection<Candidate> candidates, double bound) {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(Comparator.comparingDouble(each -> each.least(bound)));
    return order;
  }

  /** A song of some lists. What the others say is that it is beyond their reach. */
  private static final class Candidate {
    private final Kept song;
    private double known;
    private double reached;

    Candidate(Kept song) {
      this.song = song;
    }

    int document() {
      return song.document();
    }

    void isInList(double weight, double squaredDistance, double squaredReach) {
      known += weight * squaredDistance * (1 - SLACK);
      reached += weight * squaredReach * (1 - SLACK);
    }

    /** The weighted sum of its squared distances is no less; all reaches add up to {@code all}. */
    double least(double all) {
      // Lists of infinite reach have all songs, so where one is, all are.
      return Double.isInfinite(all) ? known : known + all - reached - SLACK * all;
    }
  }

  private static float[] vector(Kept song, Map<LeafReaderContext, LuceneVectors> vectors)
      throws IOException {
    LuceneVectors known = vectors.get(song.leaf());
    if (known == null) {
      known =
          LuceneVectors.open(song.leaf().reader(), IndexLayout.SONG_NETWORK_VECTOR).orElseThrow();
      vectors.put(song.leaf(), known);
    }
    known.documents().advance(song.documentInLeaf());
    return known.current();
  }
}
