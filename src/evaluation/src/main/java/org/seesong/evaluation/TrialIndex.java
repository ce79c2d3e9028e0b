package org.seesong.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seesong.build.CatalogueModel;
import org.seesong.embedding.Embedding;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.graph.Graph;
import org.seesong.index.BuildInfo;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.index.IndexMetadata;
import org.seesong.index.LyricsSignature;
import org.seesong.index.PictureDocument;
import org.seesong.index.SearchText;
import org.seesong.index.SongDetails;
import org.seesong.index.SongDocument;
import org.seesong.index.Thumbnail;
import org.seesong.index.VectorFormat;
import org.seesong.keyword.KeywordRows;
import org.seesong.label.LabelPropagation;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * An index for one trial: the same songs and pictures with another embedding, and nothing else that
 * a search does not need. So trials are answered by the search that users run.
 */
final class TrialIndex {
  private final Snapshot snapshot;
  private final VectorSpace visual;
  private final Path folder;
  private final int threads;

  TrialIndex(Snapshot snapshot, VectorSpace visual, Path folder, int threads) {
    this.snapshot = snapshot;
    this.visual = visual;
    this.folder = folder;
    this.threads = threads;
  }

  /** Learns and writes; the index is in the folder until {@link #delete}. */
  CatalogueIndex make(EmbeddingOptions options, LabelPropagationOptions propagation)
      throws IOException, InterruptedException {
    KeywordRows labels = snapshot.pictures().labels();
    KeywordRows propagated =
        LabelPropagation.of(labels, snapshot.pictures(), propagation, threads, done -> {}).rows();
    KeywordRows songs = snapshot.songs().rows();
    Graph graph =
        CatalogueModel.graph(
            songs,
            propagated,
            snapshot.keywords().size(),
            CatalogueModel.pictureScale(songs, labels),
            picture -> true);
    FloatMatrix network = Embedding.train(graph, options, done -> {});
    delete();
    try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(folder, VectorFormat.IVF)) {
      for (int picture = 0; picture < snapshot.pictures().size(); picture++) {
        writer.addPicture(picture(picture, graph, network));
      }
      for (int song = 0; song < snapshot.songs().size(); song++) {
        writer.addSong(song(song, graph, network));
      }
      writer.commit(
          IndexMetadata.of(
              visual,
              new VectorSpace("trial", network.dimension()),
              new BuildInfo(options.seed(), "", "", new TreeMap<>())));
    }
    return CatalogueIndex.open(folder);
  }

  private PictureDocument picture(int picture, Graph graph, FloatMatrix network) {
    PictureTable pictures = snapshot.pictures();
    return new PictureDocument(
        pictures.ids().get(picture),
        "",
        List.of(),
        List.of(),
        new FloatVector(pictures.visual().row(picture)),
        vector(graph, network, graph.pictureVertex(picture)),
        new Thumbnail(new byte[0]));
  }

  private SongDocument song(int song, Graph graph, FloatMatrix network) {
    return new SongDocument(
        snapshot.songs().id(song),
        new SongDetails("", "", "", 0, Double.NaN, Collections.emptySortedMap()),
        List.of(),
        List.of(),
        List.of(),
        new SearchText("", ""),
        vector(graph, network, graph.songVertex(song)),
        LyricsSignature.NONE);
  }

  private static FloatVector vector(Graph graph, FloatMatrix network, int vertex) {
    return graph.isIsolated(vertex) ? FloatVector.empty() : new FloatVector(network.row(vertex));
  }

  void delete() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
