package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.UnknownEncoderException;
import org.seesong.image.ImageException;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexUpdater;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMismatchException;
import org.seesong.index.TestCatalogue;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.vector.EncodedImage;

class SongFinderTest {
  private static final TestCatalogue CATALOGUE =
      TestCatalogue.random(new TestCatalogue.Size(20, 40, 3, 4, 20), 1);

  @TempDir Path temporary;
  private Path folder;
  private Path photo;

  /** Its vectors are the mean red, green and blue, 0 to 20, and count how often it is closed. */
  private static final class MeanColour implements ImageEncoder {
    private final String id;
    private int closed;

    MeanColour(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public int inputSize() {
      return 8;
    }

    @Override
    public int preferredBatch() {
      return 1;
    }

    @Override
    public float[] encode(List<RgbImage> batch) {
      float[] means = new float[3 * batch.size()];
      for (int i = 0; i < batch.size(); i++) {
        byte[] pixels = batch.get(i).pixels();
        for (int at = 0; at < pixels.length; at++) {
          means[3 * i + at % 3] += (pixels[at] & 255) * 60f / 255 / pixels.length;
        }
      }
      return means;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @BeforeEach
  void writeFiles() throws IOException {
    folder = temporary.resolve("my-index");
    CATALOGUE.write(folder.resolve("index"));
    photo = temporary.resolve("photo.png");
    ImageIO.write(PictureFiles.scene(40, 30, 1), "png", photo.toFile());
  }

  private static List<String> ids(TwoHopResult result) {
    return result.songs().stream().map(SongHit::id).toList();
  }

  @Test
  void everyKindOfQueryIsTheSearchers() throws IOException {
    try (MeanColour encoder = new MeanColour("descriptor-1");
        SongFinder finder = SongFinder.builder(folder).encoder(encoder).open();
        CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      EncodedImage image = finder.encode(photo);
      assertThat(ids(finder.find(photo)))
          .hasSize(10)
          .isEqualTo(ids(searcher.search(image, TwoHopOptions.DEFAULT)));
      TwoHopOptions three = TwoHopOptions.builder().songs(3).build();
      assertThat(ids(finder.find(photo, three))).hasSize(3);
      for (TwoHopQuery query :
          List.of(
              TwoHopQuery.ofPicture("p3"),
              new TwoHopQuery.Pictures(
                  List.of(new Example.Encoded(image, 2), new Example.Indexed("p3", -0.5))),
              new TwoHopQuery.Keyword("雪"),
              new TwoHopQuery.Song(ids(finder.find(photo)).get(0)))) {
        assertThat(ids(finder.find(query)))
            .as("%s", query)
            .isEqualTo(ids(searcher.search(query, TwoHopOptions.DEFAULT)));
        assertThat(ids(finder.find(query, three))).isEqualTo(ids(searcher.search(query, three)));
      }
      TwoHopOptions nowhere = TwoHopOptions.builder().filters("language=xx").build();
      assertThat(finder.unmetFilters(nowhere))
          .containsExactly("no song of the index meets language=xx");
    }
  }

  @Test
  void anEncoderOfTheCallersIsNotClosed() throws IOException {
    MeanColour encoder = new MeanColour("descriptor-1");
    SongFinder finder = SongFinder.builder(folder).encoder(encoder).open();
    finder.find(photo);
    finder.close();
    finder.close();
    assertThat(encoder.closed).isZero();
    assertThatThrownBy(() -> finder.find(photo)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEncoderOfAnotherSpaceIsRefused() throws IOException {
    try (MeanColour encoder = new MeanColour("mean-colour");
        SongFinder finder = SongFinder.builder(folder).encoder(encoder).open()) {
      assertThatThrownBy(() -> finder.find(photo))
          .isInstanceOf(IndexMismatchException.class)
          .hasMessageContaining("descriptor-1")
          .hasMessageContaining("mean-colour");
      assertThat(finder.find(TwoHopQuery.ofPicture("p3")).songs()).hasSize(10);
    }
  }

  @Test
  void theEncoderIsOpenedWhenAnImageNeedsIt() throws IOException {
    ModelHome empty = new ModelHome(temporary.resolve("models"));
    try (SongFinder finder = SongFinder.builder(folder).models(empty).encoderName("vgg19").open()) {
      assertThat(finder.find(TwoHopQuery.ofPicture("p3")).songs()).hasSize(10);
      assertThatThrownBy(() -> finder.find(temporary.resolve("absent.jpg")))
          .isInstanceOf(ImageException.class);
      assertThatThrownBy(() -> finder.find(photo))
          .isInstanceOf(UnknownEncoderException.class)
          .hasMessageContaining("vgg19");
    }
  }

  @Test
  void aRefreshShowsWhatWasCommitted() throws IOException {
    try (SongFinder finder = SongFinder.open(folder)) {
      String first = ids(finder.find(TwoHopQuery.ofPicture("p3"))).get(0);
      try (CatalogueIndexUpdater updater = CatalogueIndexUpdater.open(folder.resolve("index"))) {
        updater.remove(IndexLayout.SONG, first);
        updater.commit();
      }
      assertThat(ids(finder.find(TwoHopQuery.ofPicture("p3")))).startsWith(first);
      assertThat(finder.refresh()).isTrue();
      assertThat(finder.refresh()).isFalse();
      assertThat(ids(finder.find(TwoHopQuery.ofPicture("p3")))).doesNotContain(first);
      boolean there = finder.read(index -> index.song(first).isPresent());
      assertThat(there).isFalse();
    }
  }

  @Test
  void manyThreadsFindWhatOneFinds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (MeanColour encoder = new MeanColour("descriptor-1");
        SongFinder finder = SongFinder.builder(folder).encoder(encoder).open()) {
      List<String> expected = ids(finder.find(photo));
      List<Future<List<String>>> found = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        found.add(threads.submit(() -> ids(finder.find(photo))));
      }
      for (Future<List<String>> each : found) {
        assertThat(each.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
