package org.seesong.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.seesong.vector.VectorSpace;

/** Files of a model folder: the first byte says in place of which of them the rest is put. */
public final class ModelFolderFuzz {
  private static final IndexMetadata INDEX =
      IndexMetadata.of(
          new VectorSpace("encoder", 2),
          new VectorSpace("space", 64),
          new BuildInfo(0, "vocabulary", "fingerprint", new TreeMap<>()));
  private static final Path FOLDER = folder();
  private static final List<Path> FILES = files();
  private static final List<byte[]> WHOLE = FILES.stream().map(ModelFolderFuzz::bytes).toList();

  private ModelFolderFuzz() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      write(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path folder) throws IOException, InterruptedException {
    KeywordTools tools = KeywordTools.builtIn(Segmenters.byName("unicode"));
    List<Song> songs =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    new Song(
                        "s" + i,
                        "t" + i,
                        "",
                        i % 2 == 0 ? "雪 雪" : "海 花",
                        "",
                        Double.NaN,
                        0,
                        new TreeMap<>()))
            .toList();
    Picture picture = new Picture("p", "p", Path.of("p"), List.of(new WeightedKeyword("雪", 1)));
    Keywords keywords =
        Keywords.of(
            new Catalogue(songs, List.of(picture), Problems.NONE, FilesNotTaken.NONE),
            KeywordOptions.DEFAULT.toBuilder().keywords(0).build(),
            tools,
            KeywordList.none(),
            done -> {});
    float scale = CatalogueModel.pictureScale(keywords.songs(), keywords.pictures());
    Graph graph =
        CatalogueModel.graph(
            keywords.songs(), keywords.pictures(), keywords.vocabulary().size(), scale, p -> true);
    ClosedFormOptions options = ClosedFormOptions.DEFAULT;
    CatalogueModel model =
        new CatalogueModel(
            new KeywordTagger(keywords.model(), tools),
            new LabelModel(
                LabelPropagationOptions.LABELS_ONLY, 0, RidgeClassifier.none(), List.of()),
            scale,
            FoldIn.of(graph, options, Embedding.train(graph, options, done -> {}), "space"),
            Optional.empty());
    new ModelFolder(folder, INDEX).write(model, "0123");
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    int file = (input[0] & 0xff) % FILES.size();
    Files.write(FILES.get(file), Arrays.copyOfRange(input, 1, input.length));
    try {
      new ModelFolder(FOLDER, INDEX).read(Optional.empty()).close();
    } catch (IOException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException(e);
      }
    } finally {
      Files.write(FILES.get(file), WHOLE.get(file));
    }
  }
}
