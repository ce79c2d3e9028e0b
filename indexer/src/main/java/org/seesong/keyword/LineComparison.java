package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seesong.catalogue.Song;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextEncoder.Role;

/**
 * The lines that hold keywords in songs, and how close they are to the keywords in meaning: the
 * inner product of the line's vector with that of the keyword's gloss, less the mean over the other
 * keywords' glosses, so that lines which are like everything count no more than lines like nothing.
 */
final class LineComparison {
  /** Whether an entry's line is compared. */
  interface EntryFilter {
    boolean test(int song, int entry);
  }

  private final SongCounts counts;

  /** Text of each entry of the counts, by number; -1 where none is compared. */
  private final int[] texts;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /**
   * Finds the lines.
   *
   * @param songs those of the counts
   * @param compared which entries
   */
  LineComparison(SongCounts counts, List<Song> songs, EntryFilter compared, KeywordTools tools) {
    this.counts = counts;
    this.texts = new int[counts.size()];
    Arrays.fill(texts, -1);
    LyricLines[] lyrics = new LyricLines[1];
    int[] read = {-1};
    counts.forEachSung(
        (number, entry) -> {
          if (!compared.test(number, entry)) {
            return;
          }
          Song song = songs.get(number);
          if (read[0] != number) {
            read[0] = number;
            lyrics[0] =
                new LyricLines(tools.cleaner().clean(song.title(), song.lyrics()), tools.folder());
          }
          int at = counts.firstInLyrics(entry);
          String line = tools.folder().fold(at < 0 ? song.title() : lyrics[0].at(at)).strip();
          if (!line.isEmpty()) {
            texts[entry] = numbers.computeIfAbsent(line, text -> numbers.size());
          }
        });
  }

  /** The different lines that are compared. */
  List<String> lines() {
    return new ArrayList<>(numbers.keySet());
  }

  /** NaN for each entry of the counts: nothing is compared. */
  double[] none() {
    double[] none = new double[texts.length];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /**
   * The similarity of each entry of the counts, NaN where it was not compared.
   *
   * @param directions of keywords, by id
   */
  double[] similarities(TextEncoder encoder, float[][] directions) {
    double[] similarities = none();
    float[][] vectors = encoder.encode(lines(), Role.PASSAGE);
    for (int entry = 0; entry < texts.length; entry++) {
      if (texts[entry] >= 0) {
        similarities[entry] = dot(vectors[texts[entry]], directions[counts.keyword(entry)]);
      }
    }
    return similarities;
  }

  /**
   * The direction of each keyword: the vector of its gloss less the mean of the others.
   *
   * @param glosses at least 2
   * @return {@code float[glosses][dimension]}
   */
  static float[][] directions(TextEncoder encoder, List<String> glosses) {
    float[][] vectors = encoder.encode(glosses, Role.QUERY);
    int dimension = encoder.dimension();
    double[] sum = new double[dimension];
    for (float[] vector : vectors) {
      for (int i = 0; i < dimension; i++) {
        sum[i] += vector[i];
      }
    }
    float[][] directions = new float[vectors.length][dimension];
    for (int keyword = 0; keyword < vectors.length; keyword++) {
      for (int i = 0; i < dimension; i++) {
        double others = (sum[i] - vectors[keyword][i]) / (vectors.length - 1);
        directions[keyword][i] = (float) (vectors[keyword][i] - others);
      }
    }
    return directions;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
