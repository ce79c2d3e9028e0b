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
    if (info == null || !(reader instanceof SegmentReader segment)) {
      return Optional.empty();
    }
    SegmentInfo about = segment.getSegmentInfo().info;
    if (!about.getUseCompoundFile()) {
      return read(about.dir, about, info);
    }
    try (Directory compound =
        about.getCodec().compoundFormat().getCompoundReader(about.dir, about, IOContext.DEFAULT)) {
      return read(compound, about, info);
    }
  }

  private static Optional<VectorSketch> read(Directory directory, SegmentInfo about, FieldInfo info)
      throws IOException {
    for (String file : directory.listAll()) {
      if (IndexFileNames.parseSegmentName(file).equals(about.name)
          && IndexFileNames.matchesExtension(file, EXTENSION)) {
        for (Entry entry : readAll(directory, file, about)) {
          if (entry.field() == info.number) {
            return Optional.of(entry.sketch());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<Entry> readAll(Directory directory, String file, SegmentInfo about)
      throws IOException {
    String rest = IndexFileNames.stripExtension(IndexFileNames.stripSegmentName(file));
    try (IndexInput in = directory.openInput(file, IOContext.DEFAULT)) {
      CodecUtil.checksumEntireFile(in);
      in.seek(0);
      CodecUtil.checkIndexHeader(in, CODEC, VERSION, VERSION, about.getId(), rest.substring(1));
      List<Entry> entries = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        entries.add(new Entry(in.readInt(), VectorSketch.read(in)));
      }
      return entries;
    }
  }
}
