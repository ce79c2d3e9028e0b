package org.seesong.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.seesong.build.KeywordLookup;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CataloguePicture;
import org.seesong.index.IndexMetadata;
import org.seesong.index.KeywordCount;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.FilterField;
import org.seesong.query.PictureHit;
import org.seesong.query.SongFinder;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;

/**
 * What requests ask about an index as a whole, gathered once for each of its states.
 *
 * @param metadata what the index is
 * @param songs their number
 * @param pictures their number
 * @param keywords all of them with counts
 * @param fields what songs can be filtered by
 * @param lookup finds keywords in any spelling
 * @param samples typical pictures of different keywords
 */
record IndexFacts(
    IndexMetadata metadata,
    int songs,
    int pictures,
    List<KeywordCount> keywords,
    List<FilterField> fields,
    KeywordLookup lookup,
    List<CataloguePicture> samples) {
  /** Values of a field that are named. */
  private static final int VALUES = 50;

  /** Most sample pictures. */
  static final int SAMPLES = 24;

  /** Pictures of a keyword among which a sample is looked for. */
  private static final int TYPICAL = 5;

  /** Gathers; a few dozen searches, so that it warms the index up, too. */
  static IndexFacts of(SongFinder finder) throws IOException {
    List<KeywordCount> keywords = finder.read(CatalogueIndex::keywords);
    List<CataloguePicture> samples = samples(finder, keywords);
    return finder.read(
        index -> {
          KeywordLookup lookup = new KeywordLookup(index);
          lookup.find(""); // loads while the index is surely open
          lookup.fold("風"); // loads what no other script needs
          return new IndexFacts(
              index.metadata(),
              index.songs(),
              index.pictures(),
              List.copyOf(keywords),
              FilterField.of(index, VALUES),
              lookup,
              samples);
        });
  }

  boolean hasKeyword(String keyword) {
    return keywords.stream().anyMatch(each -> each.keyword().equals(keyword));
  }

  /** For keywords of many songs the picture nearest to the mean of all that carry it. */
  private static List<CataloguePicture> samples(SongFinder finder, List<KeywordCount> keywords)
      throws IOException {
    List<String> names =
        keywords.stream()
            .filter(keyword -> keyword.songs() > 0 && keyword.pictures() > 0)
            .sorted(
                Comparator.comparingInt(KeywordCount::songs)
                    .reversed()
                    .thenComparing(KeywordCount::keyword))
            .map(KeywordCount::keyword)
            .toList();
    TwoHopOptions options = TwoHopOptions.builder().pictures(TYPICAL).songs(1).build();
    List<CataloguePicture> samples = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    for (String keyword : names) {
      if (samples.size() == SAMPLES) {
        break;
      }
      // A picture of two keywords, such as one in each language, stands for both.
      if (!shown.contains(keyword)) {
        finder.find(new TwoHopQuery.Keyword(keyword), options).pictures().stream()
            .map(PictureHit::picture)
            .filter(picture -> samples.stream().noneMatch(each -> each.id().equals(picture.id())))
            .findFirst()
            .ifPresent(
                picture -> {
                  samples.add(picture);
                  shown.addAll(names(picture));
                });
      }
    }
    return List.copyOf(samples);
  }

  private static Set<String> names(CataloguePicture picture) {
    return picture.keywords().stream().map(WeightedKeyword::keyword).collect(Collectors.toSet());
  }
}
