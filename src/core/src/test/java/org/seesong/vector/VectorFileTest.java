package org.seesong.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.io.ContentKey;

class VectorFileTest {
  private static final ContentKey KEY = ContentKey.of("a picture".getBytes(UTF_8));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() throws IOException {
    file = folder.toRealPath().resolve("vectors.bin");
  }

  @Test
  void whatWasAppendedIsReadBackAlsoAfterReopening() throws IOException {
    float[] vector = {1.5f, -0f, Float.MIN_VALUE};
    try (VectorFile vectors = VectorFile.open(file, "descriptor-1", 3)) {
      vectors.append(KEY, vector);
      vectors.append(KEY, new float[] {9, 9, 9});
      vectors.sync();
      assertThat(read(vectors)).isEqualTo(vector);
    }
    try (VectorFile vectors = VectorFile.open(file, "descriptor-1", 3)) {
      assertThat(read(vectors)).isEqualTo(vector);
      assertThat(vectors.contains(KEY)).isTrue();
      assertThat(vectors.size()).isEqualTo(1);
      assertThat(vectors.damage().isNone()).isTrue();
    }
  }

  private static float[] read(VectorFile vectors) throws IOException {
    float[] into = new float[3];
    vectors.read(KEY, into);
    return into;
  }

  @Test
  void anotherEncoderOrDimensionIsRefused() throws IOException {
    VectorFile.open(file, "descriptor-1", 3).close();
    assertThatThrownBy(() -> VectorFile.open(file, "descriptor-1", 4))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " holds records of 'encoder=descriptor-1;dimension=3', but records of"
                + " 'encoder=descriptor-1;dimension=4' were asked for; use a file for each");
    assertThatThrownBy(() -> VectorFile.open(file, "x;dimension=3", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "id of a vector space must be 1 to 200 printable characters without ';'; got:"
                + " 'x;dimension=3'");
  }

  @Test
  void vectorsThatDoNotFitAreRefused() throws IOException {
    try (VectorFile vectors = VectorFile.open(file, "descriptor-1", 3)) {
      assertThatThrownBy(() -> vectors.append(KEY, new float[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("vectors of " + file + " have 3 dimensions; got: 2");
      assertThatThrownBy(() -> vectors.append(KEY, new float[] {1, Float.NaN, 3}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("value 1 of vector " + KEY + " must be finite; got: NaN");
      assertThat(vectors.size()).isZero();
    }
  }

  @Test
  void readingOnlyChangesNothingAndFindsVectorsAroundDamage() throws IOException {
    ContentKey[] keys = new ContentKey[5];
    try (VectorFile vectors = VectorFile.open(file, "descriptor-1", 3)) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = ContentKey.of(new byte[] {(byte) i});
        vectors.append(keys[i], new float[] {i, 1, 2});
      }
    }
    Files.delete(file.resolveSibling("vectors.bin.lock"));
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length - 48 - 3 * 52 - 1] ^= 1; // behind it three records and the footer
    Files.write(file, damaged);
    try (VectorFile vectors = VectorFile.openForReading(file, "descriptor-1", 3)) {
      assertThat(vectors.keys()).containsExactlyInAnyOrder(keys[0], keys[2], keys[3], keys[4]);
      assertThat(vectors.damage().ranges()).hasSize(1);
      float[] into = new float[3];
      vectors.read(keys[4], into);
      assertThat(into).containsExactly(4, 1, 2);
      assertThatThrownBy(() -> vectors.append(keys[1], new float[3]))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot append to " + file + ": it was opened for reading");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> VectorFile.openForReading(folder.resolve("no"), "descriptor-1", 3))
        .isInstanceOf(NoSuchFileException.class);
  }
}
