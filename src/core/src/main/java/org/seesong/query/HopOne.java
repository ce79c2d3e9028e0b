package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.seesong.index.CatalogueDocuments;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CataloguePicture;
import org.seesong.index.DocumentValues;
import org.seesong.index.IndexLayout;
import org.seesong.knn.KnnSearcher;
import org.seesong.knn.Neighbour;
import org.seesong.vector.FloatVector;

/** Finds the pictures that a query starts from. Safe for any number of threads. */
record HopOne(
    CatalogueIndex index,
    KnnSearcher imageEmbeddings,
    KnnSearcher graphEmbeddings,
    EmbeddingMean means) {
  /** A picture of hop one and its graph embedding, which may be empty. */
  record Anchor(PictureHit hit, FloatVector embedding) {
    boolean isConnected() {
      return !embedding.isEmpty();
    }
  }

  /** The pictures that look most like the query. */
  List<Anchor> lookingLike(float[] point, TwoHopOptions options) throws IOException {
    return nearest(imageEmbeddings, point, options, filter(options));
  }

  /** The ids of the pictures that look most like the query. */
  List<String> idsLookingLike(float[] point, TwoHopOptions options) throws IOException {
    return neighbours(imageEmbeddings, point, options, filter(options)).stream()
        .map(neighbour -> IndexLayout.ownerId(neighbour.documentId()))
        .toList();
  }

  /** The pictures that look most like the query, or if none is connected, those that are. */
  List<Anchor> likePictures(float[] point, TwoHopOptions options) throws IOException {
    Optional<Query> filter = filter(options);
    List<Anchor> nearest = nearest(imageEmbeddings, point, options, filter);
    if (nearest.stream().anyMatch(Anchor::isConnected)) {
      return nearest;
    }
    Query connected = new FieldExistsQuery(IndexLayout.PICTURE_GRAPH_EMBEDDING);
    return nearest(imageEmbeddings, point, options, FilterQueries.both(filter, connected));
  }

  /** The most typical pictures of a keyword. */
  List<Anchor> ofKeyword(String keyword, TwoHopOptions options) throws IOException {
    Query carriers = new TermQuery(new Term(IndexLayout.PICTURE_KEYWORD, keyword));
    Optional<float[]> mean = means.of(carriers, IndexLayout.PICTURE_GRAPH_EMBEDDING);
    Optional<Query> filter = filter(options);
    if (mean.isPresent()) {
      return nearest(graphEmbeddings, mean.get(), options, FilterQueries.both(filter, carriers));
    }
    mean =
        means.of(
            new TermQuery(new Term(IndexLayout.SONG_KEYWORD, keyword)),
            IndexLayout.SONG_GRAPH_EMBEDDING);
    if (mean.isEmpty()) {
      throw new QueryException(
          "no picture and no song of index "
              + index.folder()
              + " carries the keyword '"
              + keyword
              + "'"
              + NearNames.hint(
                  NearNames.of(
                      keyword,
                      index.reader(),
                      List.of(IndexLayout.PICTURE_KEYWORD, IndexLayout.SONG_KEYWORD)))
              + "; 'seesong info' lists those there are");
    }
    return nearest(graphEmbeddings, mean.get(), options, filter);
  }

  /** The pictures nearest to a graph embedding. */
  List<Anchor> nearEmbedding(float[] embedding, TwoHopOptions options) throws IOException {
    return nearest(graphEmbeddings, embedding, options, filter(options));
  }

  private Optional<Query> filter(TwoHopOptions options) throws IOException {
    return FilterQueries.ofPictures(options.pictureFilters(), index);
  }

  private static List<Neighbour> neighbours(
      KnnSearcher vectors, float[] target, TwoHopOptions options, Optional<Query> filter)
      throws IOException {
    int candidates = options.candidatesFor(vectors.numbers());
    return vectors.nearest(List.of(target), options.pictures(), candidates, filter).get(0);
  }

  private List<Anchor> nearest(
      KnnSearcher vectors, float[] target, TwoHopOptions options, Optional<Query> filter)
      throws IOException {
    List<Neighbour> nearest = neighbours(vectors, target, options, filter);
    Map<Integer, FloatVector> embeddings =
        DocumentValues.vectors(
            index.reader(),
            IndexLayout.PICTURE_GRAPH_EMBEDDING,
            nearest.stream().map(Neighbour::document).toList());
    CatalogueDocuments documents = index.documents();
    List<Anchor> anchors = new ArrayList<>(nearest.size());
    for (Neighbour neighbour : nearest) {
      CataloguePicture picture = documents.picture(neighbour.document());
      anchors.add(
          new Anchor(
              new PictureHit(anchors.size() + 1, picture, neighbour.distance()),
              embeddings.getOrDefault(neighbour.document(), FloatVector.empty())));
    }
    return anchors;
  }
}
