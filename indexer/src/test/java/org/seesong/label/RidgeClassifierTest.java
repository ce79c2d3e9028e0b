package org.seesong.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.io.FramedFile;
import org.seesong.keyword.KeywordRows;

/** Pictures of two kinds, told apart by the sign of one of twelve numbers. */
class RidgeClassifierTest {
  private static final int DIMENSION = 12;

  private record Pictures(float[][] rows) implements PictureVectors {
    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public boolean read(int picture, float[] into) {
      System.arraycopy(rows[picture], 0, into, 0, DIMENSION);
      return true;
    }
  }

  private static Pictures pictures(int number) {
    Random random = new Random(5);
    float[][] rows = new float[number][DIMENSION];
    for (int i = 0; i < number; i++) {
      for (int j = 0; j < DIMENSION; j++) {
        rows[i][j] = (float) random.nextGaussian();
      }
      rows[i][3] = (i % 2 == 0 ? 1 : -1) * (0.6f + random.nextFloat());
    }
    return new Pictures(rows);
  }

  private static KeywordRows labels(int number, int unlabelledFrom, int wrong) {
    KeywordRows.Builder labels = new KeywordRows.Builder();
    for (int i = 0; i < number; i++) {
      if (i < unlabelledFrom) {
        labels.add((i == wrong ? i + 1 : i) % 2, 1);
      }
      labels.endRow();
    }
    return labels.build();
  }

  private static float[][] predicted(
      KeywordRows labels, Pictures pictures, int[] labelled, int threads) throws Exception {
    LabelFit fit = fit(labels, pictures, labelled, threads);
    float[][] predicted = new float[pictures.size()][];
    for (int picture = 0; picture < predicted.length; picture++) {
      predicted[picture] = fit.predict(picture);
    }
    return predicted;
  }

  private static LabelFit fit(
      KeywordRows labels, PictureVectors pictures, int[] labelled, int threads) throws Exception {
    return LabelFit.of(labels, pictures, labelled, 2, threads, done -> {});
  }

  @Test
  void unlabelledPicturesGetTheKeywordOfTheirSide() throws Exception {
    float[][] predicted =
        predicted(labels(200, 150, -1), pictures(200), IntStream.range(0, 150).toArray(), 2);
    int right = 0;
    for (int i = 150; i < 200; i++) {
      assertThat(predicted[i][0] + predicted[i][1]).isCloseTo(1, within(1e-5f));
      right += predicted[i][i % 2] > 0.5 ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(46);
  }

  @Test
  void aPicturesOwnLabelHasNoSay() throws Exception {
    int[] labelled = IntStream.range(0, 100).toArray();
    float[][] as = predicted(labels(100, 100, -1), pictures(100), labelled, 1);
    float[][] wrong = predicted(labels(100, 100, 40), pictures(100), labelled, 1);
    assertThat(wrong[40][0]).isCloseTo(as[40][0], within(0.05f));
  }

  /** With the mean, the mean label and the ridge of all, as the formulas say. */
  @Test
  void aLabelledPictureIsPredictedAsIfItHadBeenLeftOutOfTheSums() throws Exception {
    KeywordRows labels = labels(30, 30, 7);
    Pictures pictures = pictures(30);
    int[] labelled = IntStream.range(0, 30).toArray();
    LabelFit fit = fit(labels, pictures, labelled, 1);
    float[] mean = fit.classifier().mean();
    double[][] rows = new double[30][DIMENSION];
    double trace = 0;
    for (int i = 0; i < 30; i++) {
      float[] row = pictures.rows()[i].clone();
      assertThat(RidgeClassifier.centre(row, mean)).isTrue();
      for (int j = 0; j < DIMENSION; j++) {
        rows[i][j] = row[j];
        trace += rows[i][j] * rows[i][j];
      }
    }
    double[] meanLabel = fit.classifier().meanLabel();
    for (int out : new int[] {0, 7, 29}) {
      double[][] system = new double[DIMENSION][DIMENSION + 1];
      for (int a = 0; a < DIMENSION; a++) {
        system[a][a] = 0.1 * trace / DIMENSION;
        for (int i = 0; i < 30; i++) {
          double label = labels.keywords()[i] == 0 ? 1 : 0;
          for (int b = 0; b < DIMENSION && i != out; b++) {
            system[a][b] += rows[i][a] * rows[i][b];
          }
          system[a][DIMENSION] += i == out ? 0 : rows[i][a] * (label - meanLabel[0]);
        }
      }
      double[] solved = solve(system);
      double[] expected = {meanLabel[0], meanLabel[1]};
      for (int a = 0; a < DIMENSION; a++) {
        expected[0] += rows[out][a] * solved[a];
        expected[1] -= rows[out][a] * solved[a];
      }
      // The left-out picture's own label less the mean is in no sum: shares follow to rounding.
      assertThat(fit.predict(out)).containsExactly(RidgeClassifier.shares(expected), within(1e-6f));
    }
  }

  /** Gauss' elimination; the last column is the right-hand side. */
  private static double[] solve(double[][] system) {
    int size = system.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = 0; row < size; row++) {
        double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
        for (int column = pivot; column <= size && row != pivot; column++) {
          system[row][column] -= factor * system[pivot][column];
        }
      }
    }
    double[] solved = new double[size];
    for (int i = 0; i < size; i++) {
      solved[i] = system[i][size] / system[i][i];
    }
    return solved;
  }

  /** Notes into which arrays vectors are read, and how often each picture is. */
  private static final class Watched implements PictureVectors {
    private final Pictures pictures;
    private final Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int[] reads;

    Watched(Pictures pictures) {
      this.pictures = pictures;
      this.reads = new int[pictures.size()];
    }

    @Override
    public int size() {
      return pictures.size();
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public boolean read(int picture, float[] into) {
      arrays.add(into);
      reads[picture]++;
      return pictures.read(picture, into);
    }
  }

  @Test
  void vectorsAreReadTwiceAndNeverHeldTogether() throws Exception {
    KeywordRows labels = labels(1000, 1000, 7);
    Watched watched = new Watched(pictures(1000));
    int[] labelled = IntStream.range(0, 1000).toArray();
    List<Long> told = new ArrayList<>();
    int tile = 10 * (DIMENSION + 2 * 2);
    LabelFit fit = LabelFit.of(labels, watched, labelled, 2, 2, told::add, tile);
    assertThat(watched.arrays).hasSize(1 + 10);
    assertThat(watched.reads).containsOnly(2);
    assertThat(told).hasSize(100).startsWith(10L, 20L).endsWith(1000L);
    LabelFit whole = fit(labels, watched.pictures, labelled, 1);
    assertThat(fit.classifier().weights()).isDeepEqualTo(whole.classifier().weights());
    for (int picture = 0; picture < 1000; picture += 99) {
      assertThat(fit.predict(picture)).containsExactly(whole.predict(picture));
    }
  }

  @Test
  void threadsChangeNothing() throws Exception {
    int[] labelled = IntStream.range(0, 60).toArray();
    float[][] one = predicted(labels(80, 60, 7), pictures(80), labelled, 1);
    float[][] three = predicted(labels(80, 60, 7), pictures(80), labelled, 3);
    assertThat(three).isDeepEqualTo(one);
  }

  @Test
  void picturesThatAreAllTheSameGetTheMean() throws Exception {
    float[][] rows = new float[4][DIMENSION];
    for (float[] row : rows) {
      row[0] = 1;
    }
    float[][] predicted = predicted(labels(4, 2, -1), new Pictures(rows), new int[] {0, 1}, 1);
    assertThat(predicted[3]).containsExactly(new float[] {0.5f, 0.5f}, within(1e-5f));
  }

  @Test
  void aLaterPictureIsPredictedTheSameBitsAlsoFromTheFile(@TempDir Path folder) throws Exception {
    int[] labelled = IntStream.range(0, 60).toArray();
    Pictures pictures = pictures(80);
    LabelFit fit = fit(labels(80, 60, 7), pictures, labelled, 2);
    LabelModel model =
        new LabelModel(LabelPropagationOptions.DEFAULT, 0.5, fit.classifier(), List.of(1.5, -2.25));
    model.write(folder.resolve("labels"));
    LabelModel again = LabelModel.read(folder.resolve("labels"));
    assertThat(again.options()).isEqualTo(model.options());
    assertThat(again.reach()).isEqualTo(0.5);
    assertThat(again.known()).containsExactly(1.5, -2.25);
    RidgeClassifier read = again.classifier();
    assertThat(read.keywords()).isEqualTo(2);
    assertThat(read.dimension()).isEqualTo(DIMENSION);
    for (int later = 60; later < 80; later++) {
      assertThat(fit.classifier().predict(pictures.rows()[later].clone()))
          .containsExactly(fit.predict(later));
      assertThat(read.predict(pictures.rows()[later].clone())).containsExactly(fit.predict(later));
    }
    assertThat(read.predict(new float[DIMENSION])).containsExactly(0, 0);
    new LabelModel(LabelPropagationOptions.LABELS_ONLY, 0, RidgeClassifier.none(), List.of())
        .write(folder.resolve("none"));
    assertThat(LabelModel.read(folder.resolve("none")).classifier().keywords()).isZero();
  }

  @Test
  void aDamagedFileIsRefusedWhereverTheDamageIs(@TempDir Path folder) throws Exception {
    int[] labelled = IntStream.range(0, 60).toArray();
    Path file = folder.resolve("labels");
    new LabelModel(
            LabelPropagationOptions.DEFAULT,
            1,
            fit(labels(80, 60, 7), pictures(80), labelled, 2).classifier(),
            List.of(1.0, 2.0))
        .write(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, i % 2 == 0 ? damaged : Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertThatThrownBy(() -> LabelModel.read(file))
          .isInstanceOf(IOException.class)
          .hasMessage(
              file + " is damaged or of another version; build again, which writes it anew");
    }
  }

  @Test
  void sizesThatDoNotBelongTogetherAreRefusedThoughTheChecksumHolds(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("labels");
    int[][] sizes = {{-1, 12}, {2, -1}, {Integer.MAX_VALUE, Integer.MAX_VALUE}, {3, 12}};
    for (int[] size : sizes) {
      new FramedFile(file, "SeesongLabels", 1)
          .write(
              out -> {
                out.writeInt(15);
                FramedFile.writeDoubles(out, new double[] {0.15, 1, 0.5});
                out.writeInt(size[0]);
                out.writeInt(size[1]);
                out.writeBytes(new byte[12 * 4 + 2 * 13 * 8], 12 * 4 + 2 * 13 * 8);
              });
      assertThatThrownBy(() -> LabelModel.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is damaged or of another version");
    }
  }
}
