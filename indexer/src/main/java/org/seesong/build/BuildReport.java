package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.DocumentValues;
import org.seesong.index.FieldBytes;
import org.seesong.index.IndexMetadata;
import org.seesong.text.CleaningCounts;

/**
 * What a build did.
 *
 * @param identity the spaces and options of the index
 * @param songs songs in the index
 * @param pictures pictures in the index
 * @param isolatedSongs songs without a keyword, which no picture leads to
 * @param isolatedPictures pictures without a keyword, which lead to no song
 * @param inferredPictures pictures without a label of their own that were given keywords
 * @param versions songs with nearly the same lyrics as another one, beside the first of each group
 * @param songsWithVersions how many others these are versions of
 * @param keywordsWithoutSongs keywords that no song holds, which lead to none
 * @param bytesByField size of the index, by field
 * @param notTaken files below picture folders that were not taken
 * @param rejectedRows rows of the catalogue that were left out, by kind
 * @param unreadablePictures pictures that were left out because they could not be decoded
 * @param ignoredValues values that were ignored or cleaned, while their songs and pictures stay
 * @param problems all that was left out or ignored, each with its place and reason; the first of
 *     very many
 * @param lyrics what was found in the lyrics beside sung words
 * @param stages what each stage did and took
 */
public record BuildReport(
    IndexMetadata identity,
    int songs,
    int pictures,
    int isolatedSongs,
    int isolatedPictures,
    int inferredPictures,
    int versions,
    int songsWithVersions,
    List<String> keywordsWithoutSongs,
    SortedMap<String, Long> bytesByField,
    FilesNotTaken notTaken,
    Map<String, Long> rejectedRows,
    int unreadablePictures,
    long ignoredValues,
    List<String> problems,
    CleaningCounts lyrics,
    List<StageReport> stages) {
  public BuildReport {
    Objects.requireNonNull(identity, "identity");
    keywordsWithoutSongs = List.copyOf(keywordsWithoutSongs);
    Objects.requireNonNull(notTaken, "notTaken");
    bytesByField = new TreeMap<>(bytesByField);
    rejectedRows = new LinkedHashMap<>(rejectedRows);
    problems = List.copyOf(problems);
    Objects.requireNonNull(lyrics, "lyrics");
    stages = List.copyOf(stages);
  }

  /**
   * The report of a build whose index is complete.
   *
   * @param index its folder
   */
  static BuildReport of(
      FittedCatalogue fitted,
      IndexMetadata metadata,
      int inferred,
      List<String> problems,
      Path index,
      StageLog log)
      throws IOException {
    int[] versions;
    SortedMap<String, Long> sizes;
    try (CatalogueIndex open = CatalogueIndex.open(index)) {
      versions =
          DocumentValues.songsByContentKey(open.reader()).values().stream()
              .mapToInt(songs -> songs - 1)
              .filter(others -> others > 0)
              .toArray();
      sizes = FieldBytes.of(open);
    }
    Map<String, Long> rejected = new LinkedHashMap<>();
    fitted
        .catalogue()
        .problems()
        .leftOutByKind()
        .forEach((kind, count) -> rejected.put(kind.name().toLowerCase(Locale.ROOT), count));
    return new BuildReport(
        metadata,
        fitted.catalogue().songs().size(),
        fitted.readablePictures(),
        fitted.isolatedSongs(),
        fitted.isolatedPictures(),
        inferred,
        Arrays.stream(versions).sum(),
        versions.length,
        fitted.keywords().report().keywordsWithoutSong(),
        sizes,
        fitted.catalogue().notTaken(),
        rejected,
        fitted.encoded().problems().size(),
        fitted.catalogue().problems().ignoredValues(),
        problems,
        fitted.keywords().report().lyrics(),
        log.reports());
  }

  /**
   * How many rows and pictures were left out.
   *
   * @return 0 if the whole catalogue is in the index
   */
  public long rejected() {
    return rejectedRows.values().stream().mapToLong(Long::longValue).sum() + unreadablePictures;
  }

  /** The report as plain values, for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("songs", songs);
    map.put("pictures", pictures);
    map.put("isolatedSongs", isolatedSongs);
    map.put("isolatedPictures", isolatedPictures);
    map.put("inferredPictures", inferredPictures);
    map.put("versions", versions);
    map.put("songsWithVersions", songsWithVersions);
    map.put("keywordsWithoutSongs", keywordsWithoutSongs);
    map.put("filesNotTaken", notTaken.reasons());
    map.put("rejected", rejected());
    map.put("rejectedRows", rejectedRows);
    map.put("unreadablePictures", unreadablePictures);
    map.put("ignoredValues", ignoredValues);
    map.put("lyricsCleaning", lyrics.toMap());
    Map<String, Object> spaces = new LinkedHashMap<>();
    spaces.put("encoder", identity.encoderSpace().id());
    spaces.put("embedding", identity.graphSpace().id());
    map.put("spaces", spaces);
    map.put("processor", ProcessorKind.own());
    map.put("bytesByField", bytesByField);
    map.put("stages", stages.stream().map(BuildReport::stage).toList());
    return map;
  }

  private static Map<String, Object> stage(StageReport report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stage", report.stage().title());
    map.put("summary", report.summary());
    map.put("wallMillis", report.wall().toMillis());
    map.put("cpuMillis", report.cpu().toMillis());
    return map;
  }
}
