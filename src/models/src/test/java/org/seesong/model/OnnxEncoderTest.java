package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ImageEncoderTestCase;
import org.seesong.encoder.ModelHome;
import org.seesong.image.ClassLoaderTest;
import org.seesong.image.RgbImage;

/** A narrow VGG-19 in ONNX Runtime keeps what an encoder promises. */
class OnnxEncoderTest extends ImageEncoderTestCase {
  @TempDir static Path temp;
  private static ModelHome home;

  @BeforeAll
  static void install() throws Exception {
    home = new ModelHome(temp);
    Vgg19.install(
        new RandomWeights(Vgg19Test.NARROW, 1), Vgg19.Target.of(home, "narrow"), done -> {});
  }

  @Override
  protected ImageEncoder open() throws Exception {
    return home.open("narrow");
  }

  @Test
  void everyClassLoaderGetsARuntimeOfItsOwn() throws Exception {
    ClassLoaderTest.assertSameInEveryClassLoader(temp);
  }

  @Test
  void closingWaitsForWhatRuns() throws Exception {
    RgbImage picture = picture();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        ImageEncoder encoder = open();
        List<Future<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          calls.add(threads.submit(() -> encodesUntilClosed(encoder, picture)));
        }
        encoder.encode(List.of(picture));
        encoder.close();
        for (Future<Boolean> call : calls) {
          assertThat(call.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static RgbImage picture() {
    return RgbImage.fromBufferedImage(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
  }

  private static boolean encodesUntilClosed(ImageEncoder encoder, RgbImage picture) {
    while (true) {
      try {
        encoder.encode(List.of(picture));
      } catch (IllegalStateException e) {
        return e.getMessage().endsWith(" is closed");
      }
    }
  }
}
