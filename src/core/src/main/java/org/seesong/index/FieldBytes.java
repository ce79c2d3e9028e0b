package org.seesong.index;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.Directory;
import org.seesong.knn.LuceneVectors;

/**
 * How an index's bytes on disk fall to its fields. The sum is exactly the size of the files of the
 * commit.
 *
 * <p>Lucene keeps fields of one sort in common files. What is a field's own (vectors of a format,
 * thumbnails) is told exactly; a common file is divided: vectors and their graphs by numbers of
 * floats, terms and postings by entries, points by values, and stored fields, which are compressed
 * together, stand as one.
 */
public final class FieldBytes {
  /** Name under which stored fields stand, which are compressed together. */
  public static final String STORED = "(stored)";

  /** Name for what belongs to no field: segment descriptions, removals. */
  public static final String OTHER = "(other)";

  /** What follows a vector field's name for the graph over its vectors. */
  public static final String GRAPH = ".graph";

  private static final String FORMAT = "PerFieldKnnVectorsFormat.format";
  private static final String SUFFIX = "PerFieldKnnVectorsFormat.suffix";

  /**
   * An entry of a sorted field beyond its document's number, guessed: ids share their beginnings.
   */
  private static final long SORTED_ENTRY_BYTES = 12;

  private final SortedMap<String, Long> bytes = new TreeMap<>();

  private FieldBytes() {}

  /** Shares out the bytes of an index. Reads descriptions only, not what fields hold. */
  public static SortedMap<String, Long> of(CatalogueIndex index) throws IOException {
    FieldBytes sizes = new FieldBytes();
    Directory directory = index.reader().directory();
    long total = 0;
    for (String file : index.reader().getIndexCommit().getFileNames()) {
      total += directory.fileLength(file);
    }
    for (LeafReaderContext leaf : index.reader().leaves()) {
      if (leaf.reader() instanceof SegmentReader segment) {
        sizes.add(segment, directory);
      }
    }
    long told = sizes.bytes.values().stream().mapToLong(Long::longValue).sum();
    sizes.bytes.merge(OTHER, total - told, Long::sum);
    return Collections.unmodifiableSortedMap(sizes.bytes);
  }

  private void add(SegmentReader segment, Directory directory) throws IOException {
    SegmentCommitInfo info = segment.getSegmentInfo();
    if (info.info.getUseCompoundFile()) {
      try (Directory inner = LuceneVectors.compound(info.info)) {
        for (String file : inner.listAll()) {
          add(segment, file, inner.fileLength(file));
        }
      }
    } else {
      Collection<String> files = info.files();
      for (String file : files) {
        add(segment, file, directory.fileLength(file));
      }
    }
  }

  private void add(SegmentReader segment, String file, long length) throws IOException {
    String extension = file.substring(file.lastIndexOf('.') + 1);
    switch (extension) {
      case "fdt", "fdx", "fdm" -> bytes.merge(STORED, length, Long::sum);
      case "tim", "tip", "tmd", "doc", "pos", "pay", "psm" -> share(postings(segment), length);
      case "dvd", "dvm" -> share(docValues(segment, length), length);
      case "kdd", "kdi", "kdm" -> share(points(segment), length);
      case "nvd", "nvm" -> share(norms(segment), length);
      default -> share(vectors(segment, file, extension), length);
    }
  }

  /** What no field wants is left for {@link #OTHER}. */
  private void share(Map<String, Long> parts, long length) {
    double sum = parts.values().stream().mapToLong(Long::longValue).sum();
    long given = 0;
    double taken = 0;
    for (Map.Entry<String, Long> part : parts.entrySet()) {
      taken += part.getValue();
      long upTo = sum == 0 ? 0 : Math.round(length * (taken / sum));
      bytes.merge(part.getKey(), upTo - given, Long::sum);
      given = upTo;
    }
  }

  private static Map<String, Long> postings(LeafReader reader) throws IOException {
    Map<String, Long> parts = new LinkedHashMap<>();
    for (FieldInfo field : reader.getFieldInfos()) {
      Terms terms = reader.terms(field.name);
      if (terms != null) {
        long positions = terms.hasPositions() ? terms.getSumTotalTermFreq() : 0;
        long distinct = Math.max(1, terms.size());
        parts.put(field.name, terms.getSumDocFreq() + positions + SORTED_ENTRY_BYTES * distinct);
      }
    }
    return parts;
  }

  /** Sorted fields are small and of a known form; binary ones share the rest. */
  private static Map<String, Long> docValues(LeafReader reader, long length) {
    Map<String, Long> parts = new LinkedHashMap<>();
    long sorted = 0;
    int binary = 0;
    for (FieldInfo field : reader.getFieldInfos()) {
      if (field.getDocValuesType() == DocValuesType.BINARY) {
        binary++;
      } else if (field.getDocValuesType() != DocValuesType.NONE) {
        long part = Math.min(length, SORTED_ENTRY_BYTES * reader.maxDoc());
        parts.put(field.name, part);
        sorted += part;
      }
    }
    for (FieldInfo field : reader.getFieldInfos()) {
      if (field.getDocValuesType() == DocValuesType.BINARY) {
        parts.put(field.name, Math.max(1, length - sorted) / binary);
      }
    }
    return parts;
  }

  private static Map<String, Long> points(LeafReader reader) throws IOException {
    Map<String, Long> parts = new LinkedHashMap<>();
    for (FieldInfo field : reader.getFieldInfos()) {
      PointValues points =
          field.getPointDimensionCount() == 0 ? null : reader.getPointValues(field.name);
      if (points != null) {
        parts.put(field.name, points.size() * (field.getPointNumBytes() + Integer.BYTES));
      }
    }
    return parts;
  }

  private static Map<String, Long> norms(LeafReader reader) {
    Map<String, Long> parts = new LinkedHashMap<>();
    for (FieldInfo field : reader.getFieldInfos()) {
      if (field.hasNorms()) {
        parts.put(field.name, 1L);
      }
    }
    return parts;
  }

  /** The vector fields whose format wrote the file; its name has the format's. */
  private static Map<String, Long> vectors(LeafReader reader, String file, String extension)
      throws IOException {
    Map<String, Long> parts = new LinkedHashMap<>();
    for (FieldInfo field : reader.getFieldInfos()) {
      String format = field.getAttribute(FORMAT);
      if (format != null && file.contains("_" + format + "_" + field.getAttribute(SUFFIX) + ".")) {
        long floats =
            (long) field.getVectorDimension() * reader.getFloatVectorValues(field.name).size();
        boolean graph = extension.equals("vex");
        parts.put(graph ? field.name + GRAPH : field.name, floats);
      }
    }
    return parts;
  }
}
