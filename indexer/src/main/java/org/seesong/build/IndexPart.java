package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.store.DataInput;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.index.IndexCheck;
import org.seesong.index.IndexMetadata;
import org.seesong.index.VectorFormat;
import org.seesong.io.FramedFile;
import org.seesong.part.PartFolder;
import org.seesong.part.PartTask;

/**
 * Writes one part of an index on whichever machine: a Lucene folder of its own for each attempt,
 * then a {@link FramedFile} that names it.
 *
 * @param attempts where to write
 * @param documents of the part, in their order
 */
record IndexPart(int part, String attempts, IndexSource source, List<PartDocuments> documents)
    implements PartTask {
  static final String CODEC = "SeesongIndexPart";
  static final int VERSION = 1;

  IndexPart {
    documents = List.copyOf(documents);
  }

  @Override
  public String run() throws IOException, InterruptedException {
    Path file = PartFolder.attempt(attempts, part);
    String name = file.getFileName().toString().replace(PartFolder.SUFFIX, ".index");
    IndexMetadata identity = source.identity();
    try (CatalogueIndexWriter writer =
        CatalogueIndexWriter.open(file.resolveSibling(name), VectorFormat.of(identity))) {
      for (PartDocuments some : documents) {
        some.addTo(writer, source);
      }
      writer.commit(identity);
    }
    new FramedFile(file, CODEC, VERSION).write(out -> out.writeString(name));
    return file.toString();
  }

  /**
   * Finds the Lucene folder of a part.
   *
   * @throws IOException if a file of it is damaged or missing
   */
  static Path read(String attempts, DataInput in) throws IOException {
    Path index = Path.of(attempts, in.readString());
    CatalogueIndex.open(index).close();
    List<String> damaged = IndexCheck.damagedFiles(index);
    if (!damaged.isEmpty()) {
      throw new IOException(damaged.get(0));
    }
    return index;
  }
}
