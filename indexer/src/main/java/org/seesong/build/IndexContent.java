package org.seesong.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.graph.Graph;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.Thumbnail;
import org.seesong.io.RecordFile;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.Keywords;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorFile;

/**
 * Everything an index is made of, put together document by document.
 *
 * @param catalogue songs and pictures
 * @param keywords what they carry, pictures also by their neighbours
 * @param labels what the owner says that pictures carry
 * @param encoded which pictures have a visual vector, and under which key
 * @param graph the network
 * @param network its vectors, a row a vertex
 * @param vectors visual vectors by content
 * @param thumbnails small pictures by content
 */
record IndexContent(
    Catalogue catalogue,
    Keywords keywords,
    KeywordRows labels,
    EncodedPictures encoded,
    Graph graph,
    FloatMatrix network,
    VectorFile vectors,
    RecordFile thumbnails) {
  /** Raised when documents of the same catalogue change, so that an older index is written anew. */
  private static final int CONTENT_VERSION = 5;

  IndexContent {
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(keywords, "keywords");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(encoded, "encoded");
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(vectors, "vectors");
    Objects.requireNonNull(thumbnails, "thumbnails");
  }

  int isolatedSongs() {
    int isolated = 0;
    for (int song = 0; song < graph.songs(); song++) {
      isolated += graph.isIsolated(graph.songVertex(song)) ? 1 : 0;
    }
    return isolated;
  }

  /** Readable pictures that no keyword joins to the network. */
  int isolatedPictures() {
    int isolated = 0;
    for (int picture = 0; picture < graph.pictures(); picture++) {
      boolean alone = graph.isIsolated(graph.pictureVertex(picture));
      isolated += alone && encoded.isReadable(picture) ? 1 : 0;
    }
    return isolated;
  }

  /** As written, in the order of the vocabulary. */
  List<String> keywordsWithoutSongs() {
    boolean[] held = new boolean[keywords.vocabulary().size()];
    for (int keyword : keywords.songs().keywords()) {
      held[keyword] = true;
    }
    List<String> without = new ArrayList<>();
    for (int keyword = 0; keyword < held.length; keyword++) {
      if (!held[keyword]) {
        without.add(keywords.vocabulary().displays().get(keyword));
      }
    }
    return without;
  }

  int readablePictures() {
    return catalogue.pictures().size() - encoded.problems().size();
  }

  /**
   * Adds all that documents are made of but their network vectors, which their space's id names.
   */
  void addTo(Fingerprint fingerprint) {
    fingerprint.add(CONTENT_VERSION).add(graph.hash());
    for (int i = 0; i < catalogue.pictures().size(); i++) {
      Picture picture = catalogue.pictures().get(i);
      fingerprint.add(picture.id()).add(picture.path()).add(encoded.keys().get(i).toString());
      fingerprint.add(DocumentMaker.carried(keywords.vocabulary(), labels, i).toString());
    }
    for (Song song : catalogue.songs()) {
      fingerprint.add(song.id()).add(song.title()).add(song.artist()).add(song.lyrics());
      fingerprint.add(song.language()).add(song.popularity()).add(song.year());
      fingerprint.add(song.attributes().toString());
    }
  }

  PictureDocument picture(int number, int dimension) throws IOException {
    Picture picture = catalogue.pictures().get(number);
    float[] visual = new float[dimension];
    vectors.read(encoded.keys().get(number), visual);
    return new PictureDocument(
        picture.id(),
        picture.path(),
        DocumentMaker.carried(keywords.vocabulary(), keywords.pictures(), number),
        DocumentMaker.carried(keywords.vocabulary(), labels, number),
        new FloatVector(visual),
        graphEmbedding(graph.pictureVertex(number)),
        new Thumbnail(thumbnails.read(encoded.keys().get(number))));
  }

  SongDocument song(int number, DocumentMaker maker) {
    return maker.song(
        catalogue.songs().get(number),
        keywords.songs(),
        number,
        graphEmbedding(graph.songVertex(number)));
  }

  private FloatVector graphEmbedding(int vertex) {
    return graph.isIsolated(vertex) ? FloatVector.empty() : new FloatVector(network.row(vertex));
  }
}
