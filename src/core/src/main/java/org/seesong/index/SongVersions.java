package org.seesong.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * Groups versions of songs as songs come: a song joins the first group that its lyrics are like, or
 * begins one. All songs of a group are indexed with the signature of the song that began it, and
 * others are compared to that one only: similarity does not pass from song to song, and a group
 * stays the same when the song that began it is removed.
 *
 * <p>Groups are found by the bands of signatures: those of this writer in hash chains (about 280
 * bytes a group), those of the index in its terms. For one thread.
 */
final class SongVersions {
  private static final int BANDS = LyricsSignature.BANDS;

  /** A group by the signature of its first song, and where that is in the order of songs. */
  private record Group(LyricsSignature signature, long order) {}

  private final List<Group> groups = new ArrayList<>();
  private final Map<Long, Group> byKey = new HashMap<>();

  /** By the hash of a band, 1 + number of the newest group that has it, times bands, plus band. */
  private int[] heads = new int[1 << 12];

  /** For each group and band the next older one of the same hash, as in {@link #heads}; or 0. */
  private int[] next = new int[0];

  /**
   * The signature to index a song with.
   *
   * @param own the signature of its lyrics
   * @param before an index whose songs come before those that were given here
   */
  LyricsSignature group(LyricsSignature own, IndexReader before) throws IOException {
    if (own.hasHashes()) {
      for (LeafReaderContext leaf : before.leaves()) {
        for (BytesRef term : own.bandTerms()) {
          read(leaf, term);
        }
      }
    }
    return group(own);
  }

  /** The signature to index a song with, by the songs that were given here. */
  LyricsSignature group(LyricsSignature own) {
    if (!own.hasHashes()) {
      return own;
    }
    Group first = find(own);
    return first == null ? add(own, Integer.MAX_VALUE + (long) groups.size()) : first.signature();
  }

  /** The first group that has the same lyrics or similar ones; null if there is none. */
  private Group find(LyricsSignature own) {
    Group first = byKey.get(own.contentKey());
    for (int band = 0; band < BANDS; band++) {
      for (int at = heads[slot(own, band)]; at != 0; at = next[at - BANDS]) {
        Group other = groups.get(at / BANDS - 1);
        if ((first == null || other.order() < first.order()) && other.signature().isLike(own)) {
          first = other;
        }
      }
    }
    return first;
  }

  /** Reads the groups of a segment's songs that have a band. */
  private void read(LeafReaderContext leaf, BytesRef band) throws IOException {
    PostingsEnum songs =
        leaf.reader().postings(new Term(IndexLayout.SONG_LYRICS_BAND, band), PostingsEnum.NONE);
    NumericDocValues keys = leaf.reader().getNumericDocValues(IndexLayout.SONG_CONTENT_KEY);
    Bits live = leaf.reader().getLiveDocs();
    if (songs == null || keys == null) {
      return;
    }
    for (int song = songs.nextDoc();
        song != DocIdSetIterator.NO_MORE_DOCS;
        song = songs.nextDoc()) {
      if ((live == null || live.get(song))
          && keys.advanceExact(song)
          && !byKey.containsKey(keys.longValue())) {
        BinaryDocValues values =
            leaf.reader().getBinaryDocValues(IndexLayout.SONG_LYRICS_SIGNATURE);
        if (values != null && values.advanceExact(song)) {
          BytesRef hashes = BytesRef.deepCopyOf(values.binaryValue());
          add(new LyricsSignature(keys.longValue(), hashes.bytes), leaf.docBase + song);
        }
      }
    }
  }

  private LyricsSignature add(LyricsSignature signature, long order) {
    Group group = new Group(signature, order);
    groups.add(group);
    byKey.put(signature.contentKey(), group);
    next = ArrayUtil.grow(next, groups.size() * BANDS);
    if (groups.size() * BANDS > heads.length) {
      heads = new int[2 * heads.length];
      for (int i = 0; i < groups.size(); i++) {
        link(i);
      }
    } else {
      link(groups.size() - 1);
    }
    return signature;
  }

  private void link(int group) {
    for (int band = 0; band < BANDS; band++) {
      int slot = slot(groups.get(group).signature(), band);
      int at = (group + 1) * BANDS + band;
      next[at - BANDS] = heads[slot];
      heads[slot] = at;
    }
  }

  private int slot(LyricsSignature signature, int band) {
    int hash = signature.band(band) * 0x9e3779b9;
    return (hash ^ hash >>> 15) & heads.length - 1;
  }
}
