package org.seesong.select;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;

/** The songs selected so far, and which others may follow. For one thread. */
final class Selection {
  private final int songs;
  private final int maxPerArtist;
  private final Predicate<Candidate> deserving;
  private final List<Pick> picks = new ArrayList<>();
  private final Set<String> songIds = new HashSet<>();
  private final Set<Long> contentKeys = new HashSet<>();
  private final Map<String, Integer> byArtist = new HashMap<>();

  private final Map<String, Boolean> tested = new HashMap<>();
  private boolean rejectedSome;

  Selection(int songs, int maxPerArtist, Predicate<Candidate> deserving) {
    this.songs = songs;
    this.maxPerArtist = maxPerArtist;
    this.deserving = deserving;
  }

  boolean isFull() {
    return picks.size() >= songs;
  }

  /** A view. */
  List<Pick> picks() {
    return Collections.unmodifiableList(picks);
  }

  /** Whether a song is not selected, ruled out or rejected; once false for a song, it stays so. */
  boolean isEligible(Candidate song) {
    return !songIds.contains(song.songId())
        && tested.getOrDefault(song.songId(), true)
        && !(song.contentKey() != 0 && contentKeys.contains(song.contentKey()))
        && (maxPerArtist == 0 || byArtist.getOrDefault(song.artist(), 0) < maxPerArtist);
  }

  /** Whether an eligible song, whose turn it is, deserves the place; tested once a song. */
  boolean deserves(Candidate song) {
    boolean deserves = tested.computeIfAbsent(song.songId(), id -> deserving.test(song));
    rejectedSome |= !deserves;
    return deserves;
  }

  /** Whether some song had its turn and did not deserve the place. */
  boolean rejectedSome() {
    return rejectedSome;
  }

  void add(Pick pick) {
    picks.add(pick);
    songIds.add(pick.song().songId());
    contentKeys.add(pick.song().contentKey());
    if (!pick.song().artist().isEmpty()) {
      byArtist.merge(pick.song().artist(), 1, Integer::sum);
    }
  }
}
