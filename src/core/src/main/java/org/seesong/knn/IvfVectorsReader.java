package org.seesong.knn;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.IOUtils;

/**
 * Reads what {@link IvfVectorsWriter} writes and searches it. Codes are loaded into memory at a
 * field's first search; merges and checks do without. Safe for any number of threads.
 */
final class IvfVectorsReader extends LuceneVectorsReader {
  /** Candidates of a collector that asks for no number. */
  static final int DEFAULT_CANDIDATES = 150;

  /** Candidates beyond 1.5 k where codes leave nothing of a vector out. */
  private static final int SPARE_CANDIDATES = 5;

  /** Candidates beyond 2 k that an exact search compares first. */
  private static final int FIRST_CANDIDATES = 20;

  /**
   * A filter that passes fewer vectors than this many numbers hold is answered by comparing them
   * all: projecting a query and ordering clusters costs more. Comparing one vector costs what
   * {@link #VECTOR_OVERHEAD} further numbers would. Measured between 64 and 4,096 dimensions.
   */
  private static final int FEW_NUMBERS = 320_000;

  private static final int VECTOR_OVERHEAD = 256;

  private final FieldInfos fields;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private final Map<Integer, QuantizedVectors> loaded = new ConcurrentHashMap<>();
  private final IndexInput data;

  /** Where a field's data is. */
  private record Entry(long start, QuantizedVectors.Summary summary, long length) {
    static Entry read(DataInput meta, FieldInfo field) throws IOException {
      long start = meta.readVLong();
      QuantizedVectors.Summary summary = QuantizedVectors.Summary.read(meta);
      long length = QuantizedVectors.bytes(summary, field.getVectorDimension());
      return new Entry(start, summary, length);
    }
  }

  IvfVectorsReader(SegmentReadState state, FlatVectorsReader flat) throws IOException {
    super(flat);
    this.fields = state.fieldInfos;
    IndexInput opened = null;
    boolean done = false;
    try {
      readMeta(state);
      opened = state.directory.openInput(dataFile(state), IOContext.DEFAULT);
      checkHeader(opened, IvfVectorsFormat.DATA_CODEC, state);
      CodecUtil.retrieveChecksum(opened);
      done = true;
    } finally {
      if (!done) {
        IOUtils.closeWhileHandlingException(opened, flat);
      }
    }
    this.data = opened;
  }

  private static String dataFile(SegmentReadState state) {
    return IndexFileNames.segmentFileName(
        state.segmentInfo.name, state.segmentSuffix, IvfVectorsFormat.DATA_EXTENSION);
  }

  private static void checkHeader(IndexInput in, String codec, SegmentReadState state)
      throws IOException {
    int version = IvfVectorsFormat.VERSION;
    CodecUtil.checkIndexHeader(
        in, codec, version, version, state.segmentInfo.getId(), state.segmentSuffix);
  }

  private void readMeta(SegmentReadState state) throws IOException {
    String file =
        IndexFileNames.segmentFileName(
            state.segmentInfo.name, state.segmentSuffix, IvfVectorsFormat.META_EXTENSION);
    try (ChecksumIndexInput in = LuceneVectors.openChecked(state.directory, file)) {
      Throwable failure = null;
      try {
        checkHeader(in, IvfVectorsFormat.META_CODEC, state);
        for (int number = in.readInt(); number >= 0; number = in.readInt()) {
          FieldInfo field = fields.fieldInfo(number);
          if (field == null) {
            throw new CorruptIndexException("there is no field " + number, in);
          }
          entries.put(number, Entry.read(in, field));
        }
      } catch (Throwable e) {
        failure = e;
      } finally {
        CodecUtil.checkFooter(in, failure);
      }
    }
  }

  private QuantizedVectors quantized(FieldInfo field) throws IOException {
    QuantizedVectors known = loaded.get(field.number);
    Entry entry = entries.get(field.number);
    if (known != null || entry == null) {
      return known;
    }
    synchronized (entry) {
      known = loaded.get(field.number);
      if (known == null) {
        IndexInput slice = data.slice("quantised vectors", entry.start(), entry.length());
        known = QuantizedVectors.read(entry.summary(), field.getVectorDimension(), slice);
        loaded.put(field.number, known);
      }
      return known;
    }
  }

  @Override
  public void search(String field, float[] target, KnnCollector collector, Bits acceptDocs)
      throws IOException {
    FloatVectorValues values = flat.getFloatVectorValues(field);
    if (values.size() == 0 || collector.k() == 0) {
      return;
    }
    FieldInfo info = fields.fieldInfo(field);
    LuceneVectors vectors = LuceneVectors.of(values);
    QuantizedVectors quantized = quantized(info);
    int passing = acceptDocs instanceof BitSet filter ? filter.cardinality() : -1;
    int few = FEW_NUMBERS / (values.dimension() + VECTOR_OVERHEAD);
    boolean passFew = passing >= 0 && passing <= few;
    if (quantized == null || passFew) {
      VectorSimilarityFunction similarity = info.getVectorSimilarityFunction();
      compareAll(vectors, similarity, target, collector, acceptDocs, passFew);
      return;
    }
    Bits accepted = vectors.acceptedRows(acceptDocs);
    QuantizedQuery query = new QuantizedQuery(quantized, target);
    Rescorer rescorer = new Rescorer(query, vectors, target, collector);
    int candidates = candidates(collector, quantized.projection().isLossless());
    if (candidates == KnnSearcher.ALL) {
      compareWithin(query, rescorer, accepted, collector);
      return;
    }
    boolean selective = passing >= 0 && passing < vectors.size() / 2;
    int asked = Math.min(candidates, vectors.size());
    rescoreNearest(query, rescorer, asked, accepted, selective, collector);
  }

  /** The likely ones first, so that few others are left. */
  private static void compareWithin(
      QuantizedQuery query, Rescorer rescorer, Bits accepted, KnnCollector collector)
      throws IOException {
    int likely = Math.min(2 * collector.k() + FIRST_CANDIDATES, query.size());
    compareOutliers(query, rescorer, accepted, collector);
    int[] found = query.nearest(likely, accepted, false, budget(collector));
    for (int position : found) {
      rescorer.compare(position);
    }
    query.within(rescorer.remaining(accepted, found), budget(collector));
  }

  private static void compareOutliers(
      QuantizedQuery query, Rescorer rescorer, Bits accepted, KnnCollector collector)
      throws IOException {
    int[] outliers = query.outliers(accepted);
    for (int position : outliers) {
      rescorer.compare(position);
    }
    budget(collector).isSpent(outliers.length);
  }

  /**
   * Compares the best candidates in full. Where the last of them may still compete, many vectors
   * are equally far away, or the search is by radius, which looks like one for a single neighbour
   * and wants all within it: then the rest is searched by exact bounds.
   */
  private static void rescoreNearest(
      QuantizedQuery query,
      Rescorer rescorer,
      int candidates,
      Bits accepted,
      boolean selective,
      KnnCollector collector)
      throws IOException {
    compareOutliers(query, rescorer, accepted, collector);
    int[] found = query.nearest(candidates, accepted, selective, budget(collector));
    for (int position : found) {
      rescorer.offer(position);
    }
    if (found.length == candidates
        && !collector.earlyTerminated()
        && query.estimate(found[candidates - 1]) <= rescorer.maxSquaredDistance()) {
      query.within(rescorer.remaining(accepted, found), budget(collector));
    }
  }

  private static int candidates(KnnCollector collector, boolean lossless) {
    int asked =
        collector instanceof NeighbourCollector given
            ? given.candidates()
            : Math.max(DEFAULT_CANDIDATES, 2 * collector.k());
    return candidates(collector.k(), asked, lossless);
  }

  /** Fewer are enough where estimates err by rounding only. */
  static int candidates(int k, int asked, boolean lossless) {
    return lossless && asked != KnnSearcher.ALL
        ? Math.min(asked, k * 3 / 2 + SPARE_CANDIDATES)
        : Math.max(asked, k);
  }

  /**
   * Lucene's limit of visited vectors; it wants to be told of more than none and no more than it.
   */
  private static QuantizedQuery.Budget budget(KnnCollector collector) {
    return compared -> {
      long count = Math.min(compared, collector.visitLimit() - collector.visitedCount());
      if (count > 0) {
        collector.incVisitedCount((int) count);
      }
      return collector.earlyTerminated();
    };
  }

  /** Compares all accepted vectors; where few are, goes from one to the next. */
  private static void compareAll(
      LuceneVectors vectors,
      VectorSimilarityFunction similarity,
      float[] target,
      KnnCollector collector,
      Bits accepted,
      boolean few)
      throws IOException {
    DocIdSetIterator documents =
        few
            ? ConjunctionUtils.intersectIterators(
                List.of(new BitSetIterator((BitSet) accepted, 0), vectors.documents()))
            : vectors.documents();
    for (int document = documents.nextDoc();
        document != DocIdSetIterator.NO_MORE_DOCS && !collector.earlyTerminated();
        document = documents.nextDoc()) {
      if (few || accepted == null || accepted.get(document)) {
        collector.incVisitedCount(1);
        if (collector instanceof NeighbourCollector neighbours) {
          neighbours.offer(document, vectors.current());
        } else {
          collector.collect(document, similarity.compare(target, vectors.current()));
        }
      }
    }
  }

  @Override
  public void checkIntegrity() throws IOException {
    flat.checkIntegrity();
    CodecUtil.checksumEntireFile(data);
  }

  @Override
  long loadedBytes() {
    return loaded.values().stream().mapToLong(QuantizedVectors::ramBytesUsed).sum();
  }

  @Override
  public void close() throws IOException {
    loaded.clear();
    IOUtils.close(flat, data);
  }
}
