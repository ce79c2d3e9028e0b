package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;
import org.seesong.encoder.ImageEncoder;
import org.seesong.evaluation.Query.Neighbor;
import org.seesong.index.IndexMetadata;
import org.seesong.keyword.Vocabulary;
import org.seesong.vector.FloatMatrix;

/** Encodes the query pictures, looks up their keywords in the index and finds their neighbours. */
record QueryPreparation(
    EvaluationOptions options,
    EvaluationListener listener,
    Workers workers,
    Snapshot snapshot,
    Vocabulary vocabulary,
    Statistics statistics) {
  /** Pictures that a query names. */
  private static final int NEIGHBORS = 5;

  /**
   * Prepares all queries.
   *
   * @throws IOException if no query is left, or vectors cannot be read or written
   */
  EvaluationQueries prepare(ImageEncoder encoder, IndexMetadata metadata)
      throws IOException, InterruptedException {
    List<String> leftOut = new ArrayList<>();
    List<LabelledQuery> known = known(leftOut);
    listener.started("encoding queries", "pictures");
    QueryEncoding.Encoded encoded =
        new QueryEncoding(encoder, options.output().vectors())
            .encode(known, done -> listener.progress(done, known.size()));
    leftOut.addAll(encoded.unreadable());
    List<LabelledQuery> pictures = encoded.queries();
    if (pictures.isEmpty()) {
      throw new IOException(
          "no query is left to be judged, of "
              + options.queries().size()
              + (leftOut.isEmpty()
                  ? "; name labelled pictures"
                  : ":\n" + String.join("\n", leftOut)));
    }
    listener.finished(
        String.format(
            Locale.ROOT,
            "%,d queries, %,d left out",
            pictures.size(),
            options.queries().size() - pictures.size()));
    List<int[]> labels = pictures.stream().map(this::keywords).toList();
    listener.started("finding pictures", "queries");
    FloatMatrix vectors = encoded.vectors();
    for (int i = 0; i < vectors.rows(); i++) {
      float[] row = vectors.row(i);
      metadata.centering().ifPresent(by -> by.apply(row));
      System.arraycopy(row, 0, vectors.data(), i * row.length, row.length);
    }
    List<List<Neighbor>> nearest =
        workers.each(
            pictures.size(),
            i -> nearest(vectors.row(i), HopOneReport.VOTERS, false),
            done -> listener.progress(done, pictures.size()));
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      queries.add(query(i, vectors.row(i), nearest.get(i)));
    }
    HopOneReport hopOne = HopOneReport.of(pictures, labels, nearest, snapshot, statistics);
    listener.finished(
        String.format(Locale.ROOT, "nearest picture right for %.3f", hopOne.nearest().value()));
    return new EvaluationQueries(
        pictures, metadata.imageSpace(), vectors, labels, queries, hopOne, leftOut);
  }

  private List<LabelledQuery> known(List<String> leftOut) {
    Map<String, Integer> unknown = new TreeMap<>();
    List<LabelledQuery> known = new ArrayList<>();
    for (LabelledQuery query : options.queries()) {
      if (keywords(query).length > 0) {
        known.add(query);
      } else {
        query.labels().forEach(label -> unknown.merge(label, 1, Integer::sum));
      }
    }
    unknown.forEach(
        (label, count) ->
            leftOut.add(
                count
                    + " queries of '"
                    + label
                    + "', which no song of the index holds as keyword"));
    return known;
  }

  /** A query's keywords that some song holds. */
  private int[] keywords(LabelledQuery query) {
    return query.labels().stream()
        .mapToInt(vocabulary::idOf)
        .filter(id -> id >= 0 && snapshot.songs().holders(id).length > 0)
        .distinct()
        .toArray();
  }

  /** The nearest pictures by comparison with all, nearest first, ties in the index's order. */
  private List<Neighbor> nearest(float[] query, int most, boolean labelledOnly) {
    PictureTable pictures = snapshot.pictures();
    float[] row = new float[pictures.dimension()];
    float[] distances = new float[pictures.size()];
    for (int i = 0; i < distances.length; i++) {
      pictures.read(i, row);
      distances[i] = VectorUtil.squareDistance(query, row);
    }
    return IntStream.range(0, distances.length)
        .filter(i -> !labelledOnly || pictures.isLabelled(i))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distances[i]))
        .limit(most)
        .map(i -> new Neighbor(i, Math.sqrt(distances[i]), pictures.keywords()[i]))
        .toList();
  }

  private Query query(int number, float[] vector, List<Neighbor> known) {
    List<Neighbor> nearest = known.subList(0, Math.min(NEIGHBORS, known.size()));
    boolean some = nearest.stream().anyMatch(picture -> picture.keywords().length > 0);
    return new Query(number, some ? nearest : nearest(vector, NEIGHBORS, true));
  }
}
