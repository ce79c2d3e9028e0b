package org.seesong.index;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.seesong.vector.VectorSpace;

/**
 * Lucene's own graph of full vectors, with room for long ones, built in a tenth of the time, and a
 * {@link VectorSketch} in one more file beside Lucene's.
 *
 * <p>Files, names and what is in them are as {@link Lucene99HnswVectorsFormat} has them, so an
 * index made with this opens in any Lucene that knows that format; Lucene's limit of 1,024
 * dimensions is checked only when a document is added. Any Lucene carries the file of sketches
 * along as long as the segment lives. A segment that another program merged has none, and is
 * searched as Lucene does.
 */
final class SketchingVectorsFormat extends KnnVectorsFormat {
  private final HnswOptions.Graph graph;
  private final HnswOptions.Sketch sketch;
  private final KnnVectorsFormat reading = new Lucene99HnswVectorsFormat();

  SketchingVectorsFormat(HnswOptions.Graph graph, HnswOptions.Sketch sketch) {
    super(new Lucene99HnswVectorsFormat().getName());
    this.graph = graph;
    this.sketch = sketch;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    SketchScorer scorer = new SketchScorer(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());
    Lucene99FlatVectorsWriter flat = new Lucene99FlatVectorsWriter(state, scorer);
    KnnVectorsWriter lucene =
        new Lucene99HnswVectorsWriter(
            state, graph.connections(), graph.candidates(), flat, 1, null);
    return new SketchingVectorsWriter(state, lucene, scorer, sketch);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return reading.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return VectorSpace.MAX_DIMENSION;
  }

  @Override
  public String toString() {
    return "SketchingVectorsFormat(" + graph + ", " + sketch + ")";
  }
}
