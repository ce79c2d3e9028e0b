package org.seesong.knn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatFieldVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.IOUtils;

/** Writes full vectors through Lucene's flat format, then their quantised twins. */
final class IvfVectorsWriter extends KnnVectorsWriter {
  private final FlatVectorsWriter flat;
  private final int minVectors;
  private final QuantizerOptions options;
  private final IndexOutput meta;
  private final IndexOutput data;
  private final List<Field> fields = new ArrayList<>();

  private record Field(FieldInfo info, FlatFieldVectorsWriter<?> vectors) {}

  IvfVectorsWriter(
      SegmentWriteState state, FlatVectorsWriter flat, int minVectors, QuantizerOptions options)
      throws IOException {
    this.flat = flat;
    this.minVectors = minVectors;
    this.options = options;
    IndexOutput first = null;
    IndexOutput second = null;
    boolean done = false;
    try {
      first = create(state, IvfVectorsFormat.META_EXTENSION, IvfVectorsFormat.META_CODEC);
      second = create(state, IvfVectorsFormat.DATA_EXTENSION, IvfVectorsFormat.DATA_CODEC);
      done = true;
    } finally {
      if (!done) {
        IOUtils.closeWhileHandlingException(first, second, flat);
      }
    }
    meta = first;
    data = second;
  }

  private static IndexOutput create(SegmentWriteState state, String extension, String codec)
      throws IOException {
    String file =
        IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, extension);
    IndexOutput out = state.directory.createOutput(file, state.context);
    boolean done = false;
    try {
      CodecUtil.writeIndexHeader(
          out, codec, IvfVectorsFormat.VERSION, state.segmentInfo.getId(), state.segmentSuffix);
      done = true;
      return out;
    } finally {
      if (!done) {
        IOUtils.closeWhileHandlingException(out);
      }
    }
  }

  @Override
  public KnnFieldVectorsWriter<?> addField(FieldInfo info) throws IOException {
    FlatFieldVectorsWriter<?> vectors = flat.addField(info);
    if (IvfVectorsFormat.isClustered(info)) {
      fields.add(new Field(info, vectors));
    }
    return vectors;
  }

  @Override
  public void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
    flat.flush(maxDoc, sortMap);
    for (Field field : fields) {
      @SuppressWarnings("unchecked") // isClustered: FLOAT32
      List<float[]> vectors = (List<float[]>) field.vectors().getVectors();
      int[] oldOrdinals = null;
      if (sortMap != null) {
        oldOrdinals = new int[vectors.size()];
        mapOldOrdToNewOrd(field.vectors().getDocsWithFieldSet(), sortMap, null, oldOrdinals, null);
      }
      int[] order = oldOrdinals;
      write(field.info(), vectors.size(), () -> new ListCursor(vectors, order));
    }
  }

  /** Vectors in memory, in the order that the segment is sorted by; null for their own. */
  private static final class ListCursor implements VectorSource.Cursor {
    private final List<float[]> vectors;
    private final int[] order;
    private int at = -1;

    ListCursor(List<float[]> vectors, int[] order) {
      this.vectors = vectors;
      this.order = order;
    }

    @Override
    public boolean next() {
      return ++at < vectors.size();
    }

    @Override
    public float[] vector() {
      return vectors.get(order == null ? at : order[at]);
    }
  }

  @Override
  public void mergeOneField(FieldInfo info, MergeState state) throws IOException {
    flat.mergeOneField(info, state);
    if (IvfVectorsFormat.isClustered(info)) {
      VectorSource merged =
          () -> LuceneVectors.cursor(MergedVectorValues.mergeFloatVectorValues(info, state));
      // The merged values' size counts deleted documents too.
      write(info, merged.count(), merged);
    }
  }

  private void write(FieldInfo info, int size, VectorSource source) throws IOException {
    if (size < minVectors) {
      return;
    }
    QuantizedVectors vectors =
        QuantizedVectorsBuilder.build(size, info.getVectorDimension(), source, options);
    meta.writeInt(info.number);
    meta.writeVLong(data.alignFilePointer(Long.BYTES));
    vectors.summary().write(meta);
    vectors.write(data);
  }

  @Override
  public void finish() throws IOException {
    flat.finish();
    meta.writeInt(-1);
    CodecUtil.writeFooter(meta);
    CodecUtil.writeFooter(data);
  }

  @Override
  public long ramBytesUsed() {
    return flat.ramBytesUsed();
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(flat, meta, data);
  }
}
