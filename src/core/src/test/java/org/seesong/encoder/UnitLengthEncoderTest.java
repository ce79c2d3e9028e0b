package org.seesong.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;

class UnitLengthEncoderTest extends ImageEncoderTestCase {
  /** Gives 3 and 4 times a picture's number, and zeros for a picture of black. */
  private static final class Slope implements ImageEncoder {
    private final List<String> calls = new ArrayList<>();
    private final ImageEncoder descriptor = new DescriptorEncoder();

    @Override
    public String id() {
      return "slope-untrained-0123456789ab";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public int inputSize() {
      return descriptor.inputSize();
    }

    @Override
    public int preferredBatch() {
      return 7;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      calls.add("encode " + batch.size());
      float[] vectors = new float[2 * batch.size()];
      for (int i = 1; i < batch.size(); i++) {
        vectors[2 * i] = 3 * i;
        vectors[2 * i + 1] = 4 * i;
      }
      return vectors;
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  @Override
  protected ImageEncoder open() {
    return new UnitLengthEncoder(new DescriptorEncoder());
  }

  @Test
  void vectorsKeepTheirDirectionAndGetLengthOne() {
    Slope slope = new Slope();
    try (ImageEncoder unit = new UnitLengthEncoder(slope)) {
      RgbImage image = PictureFiles.noise(unit.inputSize(), unit.inputSize(), 1);
      assertThat(unit.encode(List.of(image, image, image)))
          .containsExactly(0, 0, 0.6f, 0.8f, 0.6f, 0.8f);
      assertThat(unit.encode(List.of())).isEmpty();
      assertThat(unit.id()).isEqualTo("slope-untrained-0123456789ab-unit");
      assertThat(ModelDescription.saysUntrained(unit.id())).isTrue();
      assertThat(unit.preferredBatch()).isEqualTo(7);
    }
    assertThat(slope.calls).containsExactly("encode 3", "encode 0", "close");
  }

  @Test
  void aNameChoosesIt(@TempDir Path folder) throws IOException {
    ModelHome home = new ModelHome(folder);
    assertThat(ModelHome.unit("vgg19")).isEqualTo("vgg19:unit");
    assertThat(ModelHome.unit("vgg19:unit")).isEqualTo("vgg19:unit");
    try (ImageEncoder encoder = home.open(ModelHome.unit(ModelHome.DESCRIPTOR))) {
      assertThat(encoder.id()).isEqualTo("descriptor-2-unit");
    }
    assertThatThrownBy(() -> home.open("absent:unit"))
        .isInstanceOf(UnknownEncoderException.class)
        .hasMessageContaining("'absent'");
  }
}
