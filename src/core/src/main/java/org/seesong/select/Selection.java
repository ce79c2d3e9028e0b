package org.seesong.select;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;

/** The songs selected so far, and which others may follow. For one thread. */
final class Selection {
  private final int songs;
  private final int maxPerArtist;
  private final List<Pick> picks = new ArrayList<>();
  private final Set<String> songIds = new HashSet<>();
  private final Set<Long> contentKeys = new HashSet<>();
  private final Map<String, Integer> byArtist = new HashMap<>();

  Selection(int songs, int maxPerArtist) {
    this.songs = songs;
    this.maxPerArtist = maxPerArtist;
  }

  boolean isFull() {
    return picks.size() >= songs;
  }

  /** A view. */
  List<Pick> picks() {
    return Collections.unmodifiableList(picks);
  }

  /** Once false for a song, it stays so. */
  boolean isEligible(Candidate song) {
    return !songIds.contains(song.songId())
        && !(song.contentKey() != 0 && contentKeys.contains(song.contentKey()))
        && (maxPerArtist == 0 || byArtist.getOrDefault(song.artist(), 0) < maxPerArtist);
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
