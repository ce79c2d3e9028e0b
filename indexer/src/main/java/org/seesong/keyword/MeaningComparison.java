package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seesong.catalogue.Song;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextEncoder.Role;
import org.seesong.relevance.RelevanceModel.Meaning;

/**
 * The lines that hold keywords in songs, and how these songs begin, to be compared with the
 * keywords in meaning: the inner product of a text's vector with that of the keyword's gloss, less
 * the mean over the other keywords' glosses, so that texts which are like everything count no more
 * than texts like nothing.
 */
final class MeaningComparison {
  /** Whether an entry of the counts is compared. */
  interface EntryFilter {
    boolean test(int song, int entry);
  }

  private final SongCounts counts;

  /** Numbers of texts for each entry of the counts; -1 where none is compared. */
  private final int[] lines;

  private final int[] beginnings;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /**
   * Finds the texts.
   *
   * @param songs those of the counts
   * @param compared which entries
   */
  MeaningComparison(SongCounts counts, List<Song> songs, EntryFilter compared, KeywordTools tools) {
    this.counts = counts;
    this.lines = new int[counts.size()];
    this.beginnings = new int[counts.size()];
    Arrays.fill(lines, -1);
    Arrays.fill(beginnings, -1);
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
            String beginning = lyrics[0].beginning();
            lines[entry] = number(line);
            beginnings[entry] = number(beginning.isEmpty() ? line : beginning);
          }
        });
  }

  private int number(String text) {
    return numbers.computeIfAbsent(text, any -> numbers.size());
  }

  /** The different texts that are compared. */
  List<String> texts() {
    return new ArrayList<>(numbers.keySet());
  }

  /**
   * Compares.
   *
   * @param directions of keywords, by id
   */
  Compared with(TextEncoder encoder, float[][] directions) {
    float[][] vectors = encoder.encode(texts(), Role.PASSAGE);
    return new Compared(
        encoder.id(),
        this,
        vectors,
        similarities(lines, vectors, directions),
        similarities(beginnings, vectors, directions));
  }

  private double[] similarities(int[] texts, float[][] vectors, float[][] directions) {
    double[] similarities = new double[texts.length];
    for (int entry = 0; entry < texts.length; entry++) {
      similarities[entry] =
          texts[entry] < 0
              ? Double.NaN
              : dot(vectors[texts[entry]], directions[counts.keyword(entry)]);
    }
    return similarities;
  }

  /** What a text encoder says of the entries that were compared. */
  static final class Compared {
    private final String encoder;
    private final MeaningComparison comparison;
    private final float[][] vectors;
    private final double[] lines;
    private final double[] beginnings;

    private Compared(
        String encoder,
        MeaningComparison comparison,
        float[][] vectors,
        double[] lines,
        double[] beginnings) {
      this.encoder = encoder;
      this.comparison = comparison;
      this.vectors = vectors;
      this.lines = lines;
      this.beginnings = beginnings;
    }

    /** The scales, with the least relevance of what was compared; none if lines do not differ. */
    MeaningScale scale(List<Double> least) {
      boolean differ =
          Arrays.stream(lines).filter(value -> !Double.isNaN(value)).distinct().count() > 1;
      return differ
          ? new MeaningScale(least, MeaningScale.Scale.of(lines), MeaningScale.Scale.of(beginnings))
          : MeaningScale.NONE;
    }

    boolean has(int entry) {
      return comparison.lines[entry] >= 0;
    }

    /** What is said of an entry that was compared. */
    Meaning of(int entry, MeaningScale scale) {
      return new Meaning(
          encoder,
          scale.lines().standardised(lines[entry]),
          scale.beginnings().standardised(beginnings[entry]),
          vectors[comparison.lines[entry]],
          vectors[comparison.beginnings[entry]]);
    }
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
