package org.seesong.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * Holds long vectors back until all of a segment are there, makes their sketch, and only then lets
 * Lucene write them and build their graph, by the sketch. Shorter ones, of bytes or compared in
 * another way pass through.
 *
 * <p>For one thread.
 */
final class SketchingVectorsWriter extends KnnVectorsWriter {
  private final SegmentWriteState state;
  private final KnnVectorsWriter lucene;
  private final SketchScorer scorer;
  private final HnswOptions.Sketch options;
  private final List<HeldField> held = new ArrayList<>();
  private final List<SketchFile.Entry> sketches = new ArrayList<>();

  SketchingVectorsWriter(
      SegmentWriteState state,
      KnnVectorsWriter lucene,
      SketchScorer scorer,
      HnswOptions.Sketch options) {
    this.state = state;
    this.lucene = lucene;
    this.scorer = scorer;
    this.options = options;
  }

  private boolean isSketched(FieldInfo field) {
    return field.getVectorEncoding() == VectorEncoding.FLOAT32
        && field.getVectorSimilarityFunction() == VectorSimilarityFunction.EUCLIDEAN
        && options.applies(field.getVectorDimension());
  }

  @Override
  public KnnFieldVectorsWriter<?> addField(FieldInfo field) throws IOException {
    if (!isSketched(field)) {
      return lucene.addField(field);
    }
    HeldField vectors = new HeldField(field);
    held.add(vectors);
    return vectors;
  }

  @Override
  public void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
    for (HeldField field : held) {
      release(field, sortMap);
    }
    lucene.flush(maxDoc, sortMap);
  }

  private void release(HeldField field, Sorter.DocMap sortMap) throws IOException {
    List<float[]> vectors = field.vectors;
    // A sorted segment numbers its vectors anew after the graph is built.
    Optional<VectorSketch> sketch =
        sortMap != null
            ? Optional.empty()
            : sketch(
                vectors.size(),
                consumer -> {
                  for (float[] vector : vectors) {
                    consumer.accept(vector);
                  }
                });
    scorer.use(sketch);
    @SuppressWarnings("unchecked") // the field's encoding is FLOAT32
    KnnFieldVectorsWriter<float[]> writer =
        (KnnFieldVectorsWriter<float[]>) lucene.addField(field.info);
    for (int i = 0; i < vectors.size(); i++) {
      writer.addValue(field.documents.get(i), vectors.get(i));
      vectors.set(i, null); // Lucene has a copy
    }
    scorer.use(Optional.empty());
    sketch.ifPresent(made -> sketches.add(new SketchFile.Entry(field.info.number, made)));
    field.clear();
  }

  @Override
  public void mergeOneField(FieldInfo field, MergeState mergeState) throws IOException {
    if (!isSketched(field)) {
      lucene.mergeOneField(field, mergeState);
      return;
    }
    VectorSketch.Source merged =
        consumer -> {
          FloatVectorValues values = MergedVectorValues.mergeFloatVectorValues(field, mergeState);
          while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            consumer.accept(values.vectorValue());
          }
        };
    int[] size = {0};
    merged.forEach(vector -> size[0]++);
    Optional<VectorSketch> sketch = sketch(size[0], merged);
    scorer.use(sketch);
    lucene.mergeOneField(field, mergeState);
    scorer.use(Optional.empty());
    sketch.ifPresent(made -> sketches.add(new SketchFile.Entry(field.number, made)));
  }

  private Optional<VectorSketch> sketch(int size, VectorSketch.Source vectors) throws IOException {
    if (size < options.minVectors()) {
      return Optional.empty();
    }
    int samples = Math.min(size, options.samples());
    List<float[]> sample = new ArrayList<>(samples);
    int[] rows = new int[samples];
    int[] row = {0};
    vectors.forEach(
        vector -> {
          // Evenly spread, for vectors come in the order of their keywords.
          if ((long) row[0] * samples / size == sample.size()) {
            rows[sample.size()] = row[0];
            sample.add(vector.clone());
          }
          row[0]++;
        });
    VectorSketch sketch =
        VectorSketch.of(size, new SketchTraining(sample), options.width(), vectors);
    return SketchTrial.keepsNeighbours(sketch, sample, rows)
        ? Optional.of(sketch)
        : Optional.empty();
  }

  @Override
  public void finish() throws IOException {
    lucene.finish();
    if (!sketches.isEmpty()) {
      SketchFile.write(state, sketches);
    }
  }

  @Override
  public long ramBytesUsed() {
    return lucene.ramBytesUsed() + held.stream().mapToLong(field -> field.bytes).sum();
  }

  @Override
  public void close() throws IOException {
    lucene.close();
  }

  /** Vectors of a field until the segment is flushed. */
  private static final class HeldField extends KnnFieldVectorsWriter<float[]> {
    private final FieldInfo info;
    private final List<float[]> vectors = new ArrayList<>();
    private final List<Integer> documents = new ArrayList<>();
    private long bytes;

    HeldField(FieldInfo info) {
      this.info = info;
    }

    @Override
    public void addValue(int document, float[] vector) {
      if (!documents.isEmpty() && documents.get(documents.size() - 1) == document) {
        throw new IllegalArgumentException(
            "VectorValuesField \""
                + info.name
                + "\" appears more than once in this document (only one value is allowed per"
                + " field)");
      }
      vectors.add(copyValue(vector));
      documents.add(document);
      bytes += (long) vector.length * Float.BYTES + 64;
    }

    @Override
    public float[] copyValue(float[] vector) {
      return vector.clone();
    }

    @Override
    public long ramBytesUsed() {
      return bytes;
    }

    void clear() {
      vectors.clear();
      documents.clear();
      bytes = 0;
    }
  }
}
