package org.seesong.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * Where a segment's sketches are: a file of the segment beside those of Lucene's vectors, with
 * Lucene's header and sum, then the number of sketches and for each the field's number and the
 * sketch.
 */
final class SketchFile {
  private static final String CODEC = "SeesongSketch";
  private static final String EXTENSION = "ske";
  private static final int VERSION = 0;

  private SketchFile() {}

  /** The sketch of a field. */
  record Entry(int field, VectorSketch sketch) {}

  static void write(SegmentWriteState state, List<Entry> entries) throws IOException {
    String name =
        IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, EXTENSION);
    try (IndexOutput out = state.directory.createOutput(name, state.context)) {
      CodecUtil.writeIndexHeader(
          out, CODEC, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        out.writeInt(entry.field());
        entry.sketch().write(out);
      }
      CodecUtil.writeFooter(out);
    }
  }

  /** Reads the sketch of a segment's field, if there is one. */
  static Optional<VectorSketch> read(LeafReader reader, String field) throws IOException {
    FieldInfo info = reader.getFieldInfos().fieldInfo(field);
    if (info == null) {
      return Optional.empty();
    }
    if (!(reader instanceof SegmentReader segment)) {
      return Optional.empty();
    }
    SegmentInfo about = segment.getSegmentInfo().info;
    if (!about.getUseCompoundFile()) {
      return read(about.dir, List.copyOf(about.files()), about, info.number);
    }
    try (Directory compound = LuceneVectors.compound(about)) {
      return read(compound, List.of(compound.listAll()), about, info.number);
    }
  }

  private static Optional<VectorSketch> read(
      Directory directory, List<String> files, SegmentInfo about, int field) throws IOException {
    for (String file : files) {
      if (isSketch(file)) {
        String rest = IndexFileNames.stripExtension(IndexFileNames.stripSegmentName(file));
        try (IndexInput in = directory.openInput(file, IOContext.DEFAULT)) {
          for (Entry entry : readAll(in, about, rest.substring(1))) {
            if (entry.field() == field) {
              return Optional.of(entry.sketch());
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a file of an index is one of these. */
  static boolean isSketch(String file) {
    return IndexFileNames.matchesExtension(file, EXTENSION);
  }

  private static List<Entry> readAll(IndexInput in, SegmentInfo about, String suffix)
      throws IOException {
    CodecUtil.checksumEntireFile(in);
    in.seek(0);
    CodecUtil.checkIndexHeader(in, CODEC, VERSION, VERSION, about.getId(), suffix);
    List<Entry> entries = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      entries.add(new Entry(in.readInt(), VectorSketch.read(in)));
    }
    return entries;
  }
}
