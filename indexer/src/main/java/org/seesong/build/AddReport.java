package org.seesong.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.text.CleaningCounts;

/**
 * What an addition did.
 *
 * @param songs songs put into the index
 * @param replacedSongs those among them that replaced one of the same id
 * @param pictures pictures put into the index
 * @param replacedPictures those among them that replaced one of the same id
 * @param isolatedSongs songs put without a keyword
 * @param isolatedPictures pictures put without a keyword
 * @param inferredPictures pictures without a label that were given keywords
 * @param unknownKeywords labels that are not among the index's keywords, and pictures bearing each
 * @param notTaken files below picture folders that were not taken
 * @param rejected rows and pictures left out
 * @param ignoredValues values that were ignored or cleaned, while their songs and pictures stay
 * @param problems what was left out or ignored, with place and reason; the first of very many
 * @param lyrics what was found in the lyrics of the songs beside sung words
 * @param songsNow songs in the index
 * @param picturesNow pictures in the index
 */
public record AddReport(
    int songs,
    int replacedSongs,
    int pictures,
    int replacedPictures,
    int isolatedSongs,
    int isolatedPictures,
    int inferredPictures,
    SortedMap<String, Integer> unknownKeywords,
    FilesNotTaken notTaken,
    long rejected,
    long ignoredValues,
    List<String> problems,
    CleaningCounts lyrics,
    int songsNow,
    int picturesNow) {
  public AddReport {
    unknownKeywords = new TreeMap<>(unknownKeywords);
    problems = List.copyOf(problems);
  }

  /** The report as plain values, for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("songs", songs);
    map.put("replacedSongs", replacedSongs);
    map.put("pictures", pictures);
    map.put("replacedPictures", replacedPictures);
    map.put("isolatedSongs", isolatedSongs);
    map.put("isolatedPictures", isolatedPictures);
    map.put("inferredPictures", inferredPictures);
    map.put("unknownKeywords", unknownKeywords);
    map.put("filesNotTaken", notTaken.reasons());
    map.put("rejected", rejected);
    map.put("ignoredValues", ignoredValues);
    map.put("lyricsCleaning", lyrics.toMap());
    map.put("songsNow", songsNow);
    map.put("picturesNow", picturesNow);
    return map;
  }
}
