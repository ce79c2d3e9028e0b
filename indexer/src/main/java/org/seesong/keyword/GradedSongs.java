package org.seesong.keyword;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seesong.catalogue.Song;
import org.seesong.relevance.RelevanceModel;

/** Features of graded songs, to fit and to judge a {@link RelevanceModel} by. */
public final class GradedSongs {
  private GradedSongs() {}

  /**
   * A graded song whose lyrics hold the keyword.
   *
   * @param keyword as in the grades
   * @param song id
   */
  public record GradedSong(String keyword, String song, RelevanceModel.Example example) {}

  /**
   * Reads features, as a build of these songs does.
   *
   * @param songs the whole catalogue, of which statistics are taken
   * @param grades grade 0, 1 or 2 by keyword and song id; songs whose lyrics do not hold the
   *     keyword are left out
   */
  public static List<GradedSong> read(
      List<Song> songs,
      Map<String, Map<String, Integer>> grades,
      KeywordOptions options,
      KeywordTools tools) {
    CatalogueStatistics titles = new CatalogueStatistics();
    songs.forEach(song -> titles.addTitle(song, tools));
    SharedTitlePrefixes prefixes = SharedTitlePrefixes.fit(titles, options);
    SongTexts texts = new SongTexts(tools, prefixes);
    CatalogueStatistics words = new CatalogueStatistics();
    songs.forEach(song -> words.addWords(List.of(), texts.read(song).text()));
    Vocabulary vocabulary = Vocabulary.of(grades.keySet(), tools.folder());
    Set<String> boundPairs = words.pairs().bound();
    List<Song> graded =
        songs.stream()
            .filter(song -> grades.values().stream().anyMatch(of -> of.containsKey(song.id())))
            .toList();
    SongCounts counts = new SongCounter(texts, vocabulary, boundPairs).count(graded);
    List<GradedSong> examples = new ArrayList<>();
    for (int song = 0; song < graded.size(); song++) {
      for (int entry = counts.row(song); entry < counts.row(song + 1); entry++) {
        String keyword = vocabulary.displays().get(counts.keyword(entry));
        Integer grade = grades.get(keyword).get(graded.get(song).id());
        if (grade != null && counts.isSung(song, entry)) {
          RelevanceModel.Example example =
              new RelevanceModel.Example(grade, counts.features(song, entry));
          examples.add(new GradedSong(keyword, graded.get(song).id(), example));
        }
      }
    }
    return examples;
  }
}
