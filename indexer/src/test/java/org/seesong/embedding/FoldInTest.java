package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

class FoldInTest {
  @TempDir private Path folder;

  private static EmbeddingOptions options(String method) {
    EmbeddingOptions options = EmbeddingOptions.of(method).withDimension(16);
    return options instanceof LineOptions line ? line.withSamples(400_000) : options;
  }

  private static FloatMatrix train(Graph graph, EmbeddingOptions options) throws Exception {
    return Embedding.train(graph, options, done -> {});
  }

  private static FoldIn foldIn(String method, Graph graph) throws Exception {
    EmbeddingOptions options = options(method);
    return FoldIn.of(graph, options, train(graph, options), "space-1");
  }

  private static float[] song(FoldIn foldIn, int[] keywords, float[] weights) {
    GraphBuilder builder = new GraphBuilder(1, foldIn.keywords(), 0);
    for (int i = 0; i < keywords.length; i++) {
      builder.addSongEdge(0, keywords[i], weights[i]);
    }
    return foldIn.songs(builder.build()).data();
  }

  private static float[] picture(FoldIn foldIn, int[] keywords, float[] weights) {
    GraphBuilder builder = new GraphBuilder(0, foldIn.keywords(), 1);
    for (int i = 0; i < keywords.length; i++) {
      builder.addPictureEdge(0, keywords[i], weights[i]);
    }
    return foldIn.pictures(builder.build()).data();
  }

  @Test
  void theClosedFormFoldsInWhatItTrainedToTheBit() throws Exception {
    Graph graph = PlantedGraphs.of(8, 200, 40, 5);
    FloatMatrix trained = train(graph, options("closed-form"));
    FoldIn foldIn = FoldIn.of(graph, options("closed-form"), trained, "space-1");
    float[] songs = foldIn.songs(graph).data();
    assertThat(songs).containsExactly(Arrays.copyOf(trained.data(), songs.length));
    float[] pictures = foldIn.pictures(graph).data();
    int from = trained.data().length - pictures.length;
    assertThat(pictures)
        .containsExactly(Arrays.copyOfRange(trained.data(), from, trained.data().length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1", "closed-form"})
  void newPicturesLieNearSongsOfTheirKeyword(String method) throws Exception {
    Graph graph = PlantedGraphs.of(8, 400, 80, 5);
    FloatMatrix trained = train(graph, options(method));
    FoldIn foldIn = FoldIn.of(graph, options(method), trained, "space-1");
    for (int keyword = 0; keyword < 8; keyword++) {
      float[] picture = picture(foldIn, new int[] {keyword}, new float[] {1});
      int nearest = 0;
      for (int song = 1; song < graph.songs(); song++) {
        if (distance(picture, trained.row(song)) < distance(picture, trained.row(nearest))) {
          nearest = song;
        }
      }
      assertThat(nearest % 8).isEqualTo(keyword);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1", "closed-form"})
  void newSongsLieNearPicturesOfTheirStrongestKeyword(String method) throws Exception {
    Graph graph = PlantedGraphs.of(8, 400, 80, 5);
    FloatMatrix trained = train(graph, options(method));
    FoldIn foldIn = FoldIn.of(graph, options(method), trained, "space-1");
    for (int keyword = 0; keyword < 8; keyword++) {
      float[] song = song(foldIn, new int[] {keyword, (keyword + 1) % 8}, new float[] {5, .2f});
      int nearest = 0;
      for (int picture = 1; picture < graph.pictures(); picture++) {
        if (distance(song, trained.row(graph.pictureVertex(picture)))
            < distance(song, trained.row(graph.pictureVertex(nearest)))) {
          nearest = picture;
        }
      }
      assertThat(nearest % 8).isEqualTo(keyword);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1", "closed-form"})
  void theSameEdgesGiveTheSameBitsWhateverStandsBeside(String method) throws Exception {
    FoldIn foldIn = foldIn(method, PlantedGraphs.of(8, 100, 20, 5));
    GraphBuilder builder = new GraphBuilder(3, 8, 0);
    builder.addSongEdge(0, 1, 7);
    builder.addSongEdge(2, 3, 2);
    builder.addSongEdge(2, 5, 1);
    FloatMatrix songs = foldIn.songs(builder.build());
    assertThat(songs.row(2))
        .containsExactly(song(foldIn, new int[] {5, 3}, new float[] {1, 2}))
        .containsExactly(
            song(
                foldIn(method, PlantedGraphs.of(8, 100, 20, 5)),
                new int[] {3, 5},
                new float[] {2, 1}));
    assertThat(songs.row(1)).containsOnly(0f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "line1", "closed-form"})
  void oddEdgesGiveFiniteRows(String method) throws Exception {
    FoldIn foldIn = foldIn(method, PlantedGraphs.withGaps());
    SplittableRandom random = new SplittableRandom(3);
    float[] weights = {Float.MIN_VALUE, 1e-20f, 1, 1e20f, Float.MAX_VALUE};
    for (int i = 0; i < 200; i++) {
      int[] keywords = {random.nextInt(3)};
      float[] weight = {weights[random.nextInt(weights.length)]};
      for (float[] row :
          new float[][] {song(foldIn, keywords, weight), picture(foldIn, keywords, weight)}) {
        double squares = 0;
        for (float x : row) {
          assertThat(x).isFinite();
          squares += (double) x * x;
        }
        assertThat(squares).isLessThan(1.00001);
      }
    }
    assertThat(picture(foldIn, new int[0], new float[0])).hasSize(16).containsOnly(0f);
  }

  @Test
  void aKeywordThatNothingWasTrainedWithGivesNoPlace() throws Exception {
    GraphBuilder builder = new GraphBuilder(2, 3, 0);
    builder.addSongEdge(0, 0, 1);
    builder.addSongEdge(1, 1, 1);
    FoldIn foldIn = foldIn("line2", builder.build());
    assertThat(song(foldIn, new int[] {2}, new float[] {1})).containsOnly(0f);
    float[] both = song(foldIn, new int[] {0, 2}, new float[] {1, 1});
    assertThat(distance(both, new float[16])).isCloseTo(1, within(1e-5));
  }

  @Test
  void anEmptyGraphFoldsInNothing() throws Exception {
    for (String method : EmbeddingOptions.methods()) {
      FoldIn foldIn = foldIn(method, new GraphBuilder(0, 0, 0).build());
      assertThat(foldIn.songs(new GraphBuilder(2, 0, 0).build()).data()).containsOnly(0f);
      assertThat(foldIn.keywords()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"line2", "closed-form"})
  void whatIsReadPlacesAsWhatWasWritten(String method) throws Exception {
    Graph graph = PlantedGraphs.of(8, 100, 20, 5);
    FoldIn foldIn = foldIn(method, graph);
    Path file = folder.resolve("foldin");
    foldIn.write(file);
    FoldIn again = FoldIn.read(file, "space-1");
    assertThat(again.songs(graph).data()).containsExactly(foldIn.songs(graph).data());
    assertThat(again.pictures(graph).data()).containsExactly(foldIn.pictures(graph).data());
    assertThat(again.dimension()).isEqualTo(16);
    assertThat(again.keywords()).isEqualTo(8);
    assertThat(again.space()).isEqualTo("space-1");
  }

  @Test
  void damagedFilesAreNamed() throws Exception {
    Path file = folder.resolve("foldin");
    assertThatThrownBy(() -> FoldIn.read(file, "space-1")).isInstanceOf(NoSuchFileException.class);
    foldIn("line2", PlantedGraphs.of(4, 20, 5, 1)).write(file);
    byte[] good = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : bad);
      assertThatThrownBy(() -> FoldIn.read(file, "space-1"))
          .isInstanceOf(IOException.class)
          .hasMessage(
              file + " is damaged or of another version; build again, which writes it anew");
    }
  }

  @Test
  void anotherSpaceIsRefused() throws Exception {
    Path file = folder.resolve("foldin");
    foldIn("closed-form", PlantedGraphs.of(4, 20, 5, 1)).write(file);
    assertThatThrownBy(() -> FoldIn.read(file, "space-2"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " folds songs and pictures into the space space-1, but the index has space-2;"
                + " build again");
  }

  @Test
  void mistakesAreNamed() throws Exception {
    Graph graph = PlantedGraphs.of(4, 20, 5, 1);
    FoldIn foldIn = foldIn("closed-form", graph);
    assertThatThrownBy(() -> foldIn.songs(new GraphBuilder(1, 5, 0).build()))
        .hasMessage(
            "new vertices must have edges to the 4 keywords of the space space-1; got a graph of 5"
                + " keywords");
    assertThatThrownBy(() -> song(foldIn, new int[1], new float[] {Float.NaN}))
        .hasMessage("weight of an edge must be a finite number above 0; got: NaN");
    assertThatThrownBy(() -> song(foldIn, new int[] {4}, new float[] {1}))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> FoldIn.of(graph, options("line2"), FloatMatrix.zeros(29, 8), "space-1"))
        .hasMessage(
            "vectors must be 29 rows of 16 dimensions, as 'line2' learns them for Graph[songs=20,"
                + " keywords=4, pictures=5, edges=40]; got: 29 rows of 8");
  }

  private static double distance(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += ((double) x[i] - y[i]) * ((double) x[i] - y[i]);
    }
    return sum;
  }
}
