package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.build.CatalogueModel.EncodedPicture;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.embedding.ClosedFormOptions;
import org.seesong.embedding.Embedding;
import org.seesong.embedding.FoldIn;
import org.seesong.graph.Graph;
import org.seesong.index.BuildInfo;
import org.seesong.index.IndexMetadata;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.Thumbnail;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordTagger;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Keywords;
import org.seesong.keyword.Segmenters;
import org.seesong.label.LabelModel;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.label.RidgeClassifier;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

class CatalogueModelTest {
  private static final KeywordTools TOOLS = KeywordTools.builtIn(Segmenters.byName("unicode"));
  private static final EncodedPicture ENCODED =
      new EncodedPicture(new FloatVector(new float[] {1, 2}), new Thumbnail(new byte[] {1}));

  @TempDir Path folder;
  private final List<Song> songs = new ArrayList<>();
  private Keywords keywords;
  private FloatMatrix trained;
  private Graph graph;
  private CatalogueModel model;

  private static Song song(String id, String lyrics) {
    return new Song(id, "t" + id, "", lyrics, "", Double.NaN, 0, new TreeMap<>());
  }

  private static Picture picture(String id, String... labels) {
    List<WeightedKeyword> weighted =
        Arrays.stream(labels).map(label -> new WeightedKeyword(label, 1)).toList();
    return new Picture(id, id, Path.of(id), weighted);
  }

  @BeforeEach
  void fit() throws Exception {
    for (int i = 0; i < 12; i++) {
      songs.add(song("s" + i, i == 7 ? "" : (i % 2 == 0 ? "雪 雪" : "海") + (i % 3 == 0 ? " 花" : "")));
    }
    List<Picture> pictures = List.of(picture("p", "雪"), picture("q", "海", "花"), picture("r"));
    keywords =
        Keywords.of(
            new Catalogue(songs, pictures, Problems.NONE, FilesNotTaken.NONE),
            KeywordOptions.DEFAULT.toBuilder().keywords(0).build(),
            TOOLS,
            KeywordList.none(),
            done -> {});
    float scale = CatalogueModel.pictureScale(keywords.songs(), keywords.pictures());
    graph =
        CatalogueModel.graph(
            keywords.songs(), keywords.pictures(), keywords.vocabulary().size(), scale, p -> true);
    trained = Embedding.train(graph, ClosedFormOptions.DEFAULT, done -> {});
    model =
        new CatalogueModel(
            new KeywordTagger(keywords.model(), TOOLS),
            new LabelModel(
                LabelPropagationOptions.LABELS_ONLY, 0, RidgeClassifier.none(), List.of()),
            scale,
            FoldIn.of(graph, ClosedFormOptions.DEFAULT, trained, "space"),
            Optional.empty());
  }

  private static IndexMetadata index(String option) {
    TreeMap<String, String> options = new TreeMap<>();
    options.put("keywords", option);
    return IndexMetadata.of(
        new VectorSpace("encoder", 2),
        new VectorSpace("space", 64),
        new BuildInfo(0, "vocabulary", "fingerprint", options));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aSongAloneIsTheDocumentOfTheBuild() {
    for (int i = 0; i < songs.size(); i++) {
      SongDocument built =
          model.song(songs.get(i), keywords.songs(), i, trained.row(graph.songVertex(i)));
      SongDocument alone = model.song(songs.get(i));
      assertThat(alone).isEqualTo(built);
      assertThat(alone.graphEmbedding().isEmpty()).isEqualTo(i == 7);
    }
  }

  @Test
  void aPictureAloneIsTheDocumentOfTheBuildWithoutPropagation() {
    List<Picture> pictures = List.of(picture("p", "雪"), picture("q", "海", "花"), picture("r"));
    for (int i = 0; i < pictures.size(); i++) {
      PictureDocument built =
          model.picture(
              pictures.get(i),
              ENCODED,
              keywords.pictures(),
              keywords.pictures(),
              i,
              trained.row(graph.pictureVertex(i)));
      assertThat(model.picture(pictures.get(i), ENCODED)).isEqualTo(built);
    }
    assertThat(model.picture(pictures.get(2), ENCODED).graphEmbedding().isEmpty()).isTrue();
  }

  @Test
  void whatIsReadMakesTheSameDocuments() throws Exception {
    new ModelFolder(folder, index("a")).write(model, "0123");
    CatalogueModel read = new ModelFolder(folder, index("a")).read(Optional.empty());
    for (Song song : songs) {
      assertThat(read.song(song)).isEqualTo(model.song(song));
    }
    Picture picture = picture("new", "雪", "海");
    assertThat(read.picture(picture, ENCODED)).isEqualTo(model.picture(picture, ENCODED));
    assertThat(read.labels().options()).isEqualTo(model.labels().options());
    assertThat(new ModelFolder(folder, index("a")).readKeywords()).isEqualTo(keywords.model());
  }

  @Test
  void theFilesOfOtherIndexesAreRemovedWhenTheIndexIsCommitted() throws Exception {
    ModelFolder old = new ModelFolder(folder, index("a"));
    old.write(model, "0123");
    ModelFolder next = new ModelFolder(folder, index("b"));
    next.write(model, "4567");
    assertThat(names()).hasSize(8);
    assertThat(old.read(Optional.empty()).song(songs.get(0)))
        .isEqualTo(next.read(Optional.empty()).song(songs.get(0)));
    next.removeOthers();
    assertThat(names()).hasSize(4).contains("4567.labels").doesNotContain("0123.labels");
    assertThat(next.files()).hasSize(4).allMatch(Files::exists);
    assertThatThrownBy(() -> old.read(Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            ".json is missing, without which nothing can be added to the index; run the same"
                + " 'seesong build' again, which writes it");
  }

  @Test
  void labelsThatAreThereAndWholeAreLeft() throws Exception {
    ModelFolder files = new ModelFolder(folder, index("a"));
    files.write(model, "0123");
    Path labels = ModelFolder.labels(folder, "0123");
    Object before = Files.getLastModifiedTime(labels);
    files.write(model, "0123");
    assertThat(Files.getLastModifiedTime(labels)).isEqualTo(before);
    Files.write(labels, new byte[] {1, 2, 3});
    files.write(model, "0123");
    assertThat(files.read(Optional.empty()).labels().reach()).isZero();
  }

  @Test
  void anyDamagedOrMissingFileIsNamedWithWhatMendsIt() throws Exception {
    ModelFolder files = new ModelFolder(folder, index("a"));
    files.write(model, "0123");
    for (String name : names()) {
      Path file = folder.resolve(name);
      byte[] good = Files.readAllBytes(file);
      boolean manifest = file.equals(files.files().get(0));
      for (int at = 0; at < good.length; at += 1 + good.length / 200) {
        byte[] bad = good.clone();
        bad[at] ^= 1;
        Files.write(file, at % 5 == 0 ? Arrays.copyOf(good, at) : bad);
        if (manifest) {
          isNamedOrHarmless(files);
        } else {
          assertThatThrownBy(() -> files.read(Optional.empty()))
              .isInstanceOf(IOException.class)
              .hasMessageContaining(file.toString())
              .hasMessageContaining("run the same 'seesong build' again");
        }
      }
      Files.delete(file);
      assertThatThrownBy(() -> files.read(Optional.empty()))
          .hasMessageContaining(name + " is missing");
      Files.write(file, good);
    }
  }

  /** Spaces and descriptions of the manifest may change without harm. */
  private void isNamedOrHarmless(ModelFolder files) {
    try {
      assertThat(files.read(Optional.empty()).song(songs.get(0)))
          .isEqualTo(model.song(songs.get(0)));
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("run the same 'seesong build' again");
    }
  }

  @Test
  void partsThatDoNotBelongTogetherAreRefused() {
    FoldIn factors = FoldIn.of(graph, ClosedFormOptions.DEFAULT, trained, "space");
    KeywordTagger tagger = new KeywordTagger(keywords.model(), TOOLS);
    assertThatThrownBy(
            () -> new CatalogueModel(tagger, model.labels(), 0, factors, Optional.empty()))
        .hasMessage("pictureScale must be a finite number above 0; got: 0.0");
    Keywords more =
        Keywords.of(
            new Catalogue(songs, List.of(), Problems.NONE, FilesNotTaken.NONE),
            KeywordOptions.DEFAULT,
            TOOLS,
            new KeywordList(List.of("雪")),
            done -> {});
    assertThatThrownBy(
            () ->
                new CatalogueModel(
                    new KeywordTagger(more.model(), TOOLS),
                    model.labels(),
                    1,
                    factors,
                    Optional.empty()))
        .hasMessage("factors of 3 keywords for a vocabulary of 1");
  }
}
