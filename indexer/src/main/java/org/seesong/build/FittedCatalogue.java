package org.seesong.build;

import java.io.IOException;
import java.util.Objects;
import org.seesong.build.CatalogueModel.EncodedPicture;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.Picture;
import org.seesong.graph.Graph;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.Thumbnail;
import org.seesong.io.RecordFile;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.Keywords;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.FloatVector;

/**
 * Everything an index is made of.
 *
 * @param keywords keywords of songs, and labels of pictures as their owners gave them
 * @param propagated keywords of pictures with those propagated to them
 * @param images image embeddings of pictures
 * @param graph songs, keywords and pictures
 * @param embedding {@code float[vertices][dimension]}
 * @param thumbnails small pictures by content
 */
record FittedCatalogue(
    Catalogue catalogue,
    Keywords keywords,
    KeywordRows propagated,
    StoredVectors images,
    Graph graph,
    FloatMatrix embedding,
    RecordFile thumbnails) {
  /** Raised when documents of the same catalogue change, so that an older index is written anew. */
  private static final int CONTENT_VERSION = 7;

  FittedCatalogue {
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(keywords, "keywords");
    Objects.requireNonNull(propagated, "propagated");
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(thumbnails, "thumbnails");
  }

  EncodedPictures encoded() {
    return images.pictures();
  }

  int isolatedSongs() {
    int isolated = 0;
    for (int song = 0; song < graph.songs(); song++) {
      isolated += graph.isIsolated(graph.songVertex(song)) ? 1 : 0;
    }
    return isolated;
  }

  /** Readable pictures without a keyword. */
  int isolatedPictures() {
    int isolated = 0;
    for (int picture = 0; picture < graph.pictures(); picture++) {
      boolean alone = graph.isIsolated(graph.pictureVertex(picture));
      isolated += alone && encoded().isReadable(picture) ? 1 : 0;
    }
    return isolated;
  }

  int readablePictures() {
    return catalogue.pictures().size() - encoded().problems().size();
  }

  /**
   * Adds all that documents are made of but their graph embeddings, which their space's id names.
   */
  void addTo(Fingerprint fingerprint) {
    fingerprint.add(CONTENT_VERSION).add(graph.hash());
    KeywordRows labels = keywords.pictures();
    for (int i = 0; i < catalogue.pictures().size(); i++) {
      Picture picture = catalogue.pictures().get(i);
      fingerprint.add(picture.id()).add(picture.path()).add(encoded().keys().get(i).toString());
      for (int at = labels.offsets()[i]; at < labels.offsets()[i + 1]; at++) {
        fingerprint.add(labels.keywords()[at]).add(labels.weights()[at]);
      }
      fingerprint.add(-1);
    }
    catalogue.songs().forEach(fingerprint::add);
  }

  /** A picture's graph embedding; empty if it has none. */
  FloatVector pictureEmbedding(int number) {
    return CatalogueModel.embedding(embedding.row(graph.pictureVertex(number)));
  }

  /** A song's graph embedding; empty if it has none. */
  FloatVector songEmbedding(int number) {
    return CatalogueModel.embedding(embedding.row(graph.songVertex(number)));
  }

  PictureDocument picture(int number, CatalogueModel model) throws IOException {
    float[] vector = new float[images.dimension()];
    images.read(number, vector);
    return model.picture(
        catalogue.pictures().get(number),
        new EncodedPicture(
            new FloatVector(vector), new Thumbnail(thumbnails.read(encoded().keys().get(number)))),
        keywords.pictures(),
        propagated,
        number,
        embedding.row(graph.pictureVertex(number)));
  }

  SongDocument song(int number, CatalogueModel model) {
    return model.song(
        catalogue.songs().get(number),
        keywords.songs(),
        number,
        embedding.row(graph.songVertex(number)));
  }
}
