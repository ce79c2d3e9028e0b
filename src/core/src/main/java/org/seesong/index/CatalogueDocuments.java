package org.seesong.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;

/**
 * Reads documents of an index one after another into the same buffers, which cost more to set up
 * than a document to read. For one thread; usable while the index is open.
 */
public final class CatalogueDocuments {
  private final Path folder;
  private final StoredFields stored;

  CatalogueDocuments(Path folder, StoredFields stored) {
    this.folder = folder;
    this.stored = stored;
  }

  /** The picture in a document, which must be one. */
  public CataloguePicture picture(int document) throws IOException {
    return read(document, stored.document(document), Documents::picture);
  }

  /** The labels that its owner gave a picture, strongest first. */
  public List<WeightedKeyword> labels(int document) throws IOException {
    return read(document, stored.document(document, Documents.LABEL_FIELDS), Documents::labels);
  }

  /** The keywords of a document, a song or a picture, without reading the rest of it. */
  public CarriedKeywords keywords(int document) throws IOException {
    return read(document, stored.document(document, Documents.CARRIED_FIELDS), Documents::carried);
  }

  /** The song in a document, which must be one. */
  public CatalogueSong song(int document) throws IOException {
    return read(document, stored.document(document), Documents::song);
  }

  private <T> T read(int number, Document document, Function<Document, T> reading)
      throws IOException {
    try {
      return reading.apply(document);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "document "
              + number
              + " of index "
              + folder
              + " is not as its layout says ("
              + e.getMessage()
              + "); build the index again",
          e);
    }
  }
}
