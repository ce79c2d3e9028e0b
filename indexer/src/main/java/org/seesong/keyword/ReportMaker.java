package org.seesong.keyword;

import java.util.ArrayList;
import java.util.List;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.Song;
import org.seesong.text.CleaningCounts;

/** Sums the rows up by keyword. */
final class ReportMaker {
  private final Catalogue catalogue;
  private final Vocabulary vocabulary;
  private final KeywordRows songs;
  private final KeywordRows pictures;

  ReportMaker(Catalogue catalogue, Vocabulary vocabulary, KeywordRows songs, KeywordRows pictures) {
    this.catalogue = catalogue;
    this.vocabulary = vocabulary;
    this.songs = songs;
    this.pictures = pictures;
  }

  KeywordReport report(CleaningCounts lyrics) {
    int size = vocabulary.size();
    int[] documents = new int[size];
    double[] totals = new double[size];
    int[][] samples = new int[size][KeywordReport.SAMPLES];
    float[][] best = new float[size][KeywordReport.SAMPLES];
    for (int song = 0; song < songs.rows(); song++) {
      for (int i = songs.offsets()[song]; i < songs.offsets()[song + 1]; i++) {
        int keyword = songs.keywords()[i];
        documents[keyword]++;
        totals[keyword] += songs.weights()[i];
        insert(best[keyword], samples[keyword], songs.weights()[i], song);
      }
    }
    int[] pictureCounts = new int[size];
    for (int keyword : pictures.keywords()) {
      pictureCounts[keyword]++;
    }
    List<KeywordReport.Line> lines = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < KeywordReport.SAMPLES && best[id][i] > 0; i++) {
        names.add(name(catalogue.songs().get(samples[id][i])));
      }
      lines.add(
          new KeywordReport.Line(
              vocabulary.displays().get(id), documents[id], totals[id], pictureCounts[id], names));
    }
    return new KeywordReport(lines, lyrics);
  }

  /** Keeps the heaviest songs, the earlier one before an equal. */
  private static void insert(float[] weights, int[] songs, float weight, int song) {
    int rank = weights.length;
    while (rank > 0 && weight > weights[rank - 1]) {
      rank--;
    }
    for (int i = weights.length - 1; i > rank; i--) {
      weights[i] = weights[i - 1];
      songs[i] = songs[i - 1];
    }
    if (rank < weights.length) {
      weights[rank] = weight;
      songs[rank] = song;
    }
  }

  private static String name(Song song) {
    String title = song.title().isEmpty() ? song.id() : song.title();
    return song.artist().isEmpty() ? title : title + " - " + song.artist();
  }
}
