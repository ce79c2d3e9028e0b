package org.seesong.push;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a push did.
 *
 * @param place which catalogue is where
 * @param songs songs that Solr holds of it
 * @param pictures pictures that Solr holds of it
 * @param load what was sent
 * @param compared documents whose vectors were compared
 * @param switched whether readers get it now
 * @param kept earlier collections that are still there
 * @param dropped earlier collections that were deleted
 */
public record PushReport(
    Place place,
    long songs,
    long pictures,
    Sent load,
    int compared,
    boolean switched,
    List<String> kept,
    List<String> dropped) {
  public PushReport {
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
  }

  /**
   * Which catalogue is where.
   *
   * @param catalogue the id of this state of the catalogue
   * @param collections collection by alias
   * @param configset the configset's name
   * @param solr version of Solr
   */
  public record Place(
      String catalogue, Map<String, String> collections, String configset, String solr) {
    public Place {
      collections = Collections.unmodifiableMap(new LinkedHashMap<>(collections));
    }
  }

  /**
   * What was sent, or written into files and copied.
   *
   * @param sent documents sent or written by this run
   * @param present documents that an earlier run had sent
   * @param absent songs that an existing collection lacks, so that nothing was sent
   * @param bytes about how many bytes they were; of files exactly
   * @param retried requests that had to be sent again
   * @param sending time from the first document to the last one taken, or until all files were
   *     whole
   * @param committing time until all were visible
   */
  public record Sent(
      long sent,
      long present,
      long absent,
      long bytes,
      int retried,
      Duration sending,
      Duration committing) {
    /**
     * The rate of sending, the commit included.
     *
     * @return documents a second
     */
    public double documentsPerSecond() {
      double seconds = sending.plus(committing).toNanos() / 1e9;
      return sent == 0 ? 0 : sent / Math.max(1e-9, seconds);
    }
  }

  /**
   * For JSON.
   *
   * @return names and values
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("catalogue", place.catalogue());
    map.put("collections", place.collections());
    map.put("configset", place.configset());
    map.put("solr", place.solr());
    map.put("songs", songs);
    map.put("pictures", pictures);
    map.put("sent", load.sent());
    map.put("present", load.present());
    map.put("absent", load.absent());
    map.put("bytes", load.bytes());
    map.put("retried", load.retried());
    map.put("sendMillis", load.sending().toMillis());
    map.put("commitMillis", load.committing().toMillis());
    map.put("documentsPerSecond", Math.round(load.documentsPerSecond() * 10) / 10.0);
    map.put("compared", compared);
    map.put("switched", switched);
    map.put("kept", kept);
    map.put("dropped", dropped);
    return map;
  }
}
