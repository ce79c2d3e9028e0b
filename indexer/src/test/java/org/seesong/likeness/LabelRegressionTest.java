package org.seesong.likeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.keyword.KeywordRows;

/** Pictures of two kinds, told apart by the sign of one of twelve numbers. */
class LabelRegressionTest {
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

  private static float[][] foretold(
      KeywordRows labels, Pictures pictures, int[] labelled, int threads) throws Exception {
    return LabelFit.of(labels, pictures, labelled, 2, threads).foretold();
  }

  @Test
  void unlabelledPicturesGetTheKeywordOfTheirSide() throws Exception {
    float[][] foretold =
        foretold(labels(200, 150, -1), pictures(200), IntStream.range(0, 150).toArray(), 2);
    int right = 0;
    for (int i = 150; i < 200; i++) {
      assertThat(foretold[i][0] + foretold[i][1]).isCloseTo(1, within(1e-5f));
      right += foretold[i][i % 2] > 0.5 ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(46);
  }

  @Test
  void aPicturesOwnLabelHasNoSay() throws Exception {
    int[] labelled = IntStream.range(0, 100).toArray();
    float[][] as = foretold(labels(100, 100, -1), pictures(100), labelled, 1);
    float[][] wrong = foretold(labels(100, 100, 40), pictures(100), labelled, 1);
    assertThat(wrong[40][0]).isCloseTo(as[40][0], within(0.05f));
  }

  @Test
  void threadsChangeNothing() throws Exception {
    int[] labelled = IntStream.range(0, 60).toArray();
    float[][] one = foretold(labels(80, 60, 7), pictures(80), labelled, 1);
    float[][] three = foretold(labels(80, 60, 7), pictures(80), labelled, 3);
    assertThat(three).isDeepEqualTo(one);
  }

  @Test
  void picturesThatAreAllTheSameGetTheMean() throws Exception {
    float[][] rows = new float[4][DIMENSION];
    for (float[] row : rows) {
      row[0] = 1;
    }
    float[][] foretold = foretold(labels(4, 2, -1), new Pictures(rows), new int[] {0, 1}, 1);
    assertThat(foretold[3]).containsExactly(new float[] {0.5f, 0.5f}, within(1e-5f));
  }

  @Test
  void aLaterPictureIsForetoldTheSameBitsAlsoFromTheFile(@TempDir Path folder) throws Exception {
    int[] labelled = IntStream.range(0, 60).toArray();
    Pictures pictures = pictures(80);
    LabelFit.Result fit = LabelFit.of(labels(80, 60, 7), pictures, labelled, 2, 2);
    fit.regression().write(folder.resolve("labels"));
    LabelRegression read = LabelRegression.read(folder.resolve("labels"));
    assertThat(read.keywords()).isEqualTo(2);
    assertThat(read.dimension()).isEqualTo(DIMENSION);
    for (int later = 60; later < 80; later++) {
      assertThat(fit.regression().foretell(pictures.rows()[later].clone()))
          .containsExactly(fit.foretold()[later]);
      assertThat(read.foretell(pictures.rows()[later].clone()))
          .containsExactly(fit.foretold()[later]);
    }
    assertThat(read.foretell(new float[DIMENSION])).containsExactly(0, 0);
    LabelRegression.none().write(folder.resolve("none"));
    assertThat(LabelRegression.read(folder.resolve("none")).keywords()).isZero();
  }

  @Test
  void aDamagedFileIsRefusedWhereverTheDamageIs(@TempDir Path folder) throws Exception {
    int[] labelled = IntStream.range(0, 60).toArray();
    Path file = folder.resolve("labels");
    LabelFit.of(labels(80, 60, 7), pictures(80), labelled, 2, 2).regression().write(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, i % 2 == 0 ? damaged : Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertThatThrownBy(() -> LabelRegression.read(file))
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
      ByteBuffer buffer = ByteBuffer.allocate(20 + 12 * 4 + 2 * 13 * 8);
      buffer.putInt(0x53534c52).putInt(1).putInt(size[0]).putInt(size[1]);
      CRC32C checksum = new CRC32C();
      checksum.update(buffer.array(), 0, buffer.capacity() - 4);
      buffer.putInt(buffer.capacity() - 4, (int) checksum.getValue());
      Files.write(file, buffer.array());
      assertThatThrownBy(() -> LabelRegression.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is damaged or of another version");
    }
  }
}
