package org.seesong.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.StoredFields;

/**
 * Reads what documents of an index hold, one after another, into the same buffers. Setting these up
 * costs more than reading a document. For one thread; usable while the index is open.
 */
public final class CatalogueDocuments {
  private final Path folder;
  private final StoredFields stored;

  CatalogueDocuments(Path folder, StoredFields stored) {
    this.folder = folder;
    this.stored = stored;
  }

  /**
   * The picture in a Lucene document.
   *
   * @param document number of a document that is a picture
   */
  public CataloguePicture picture(int document) throws IOException {
    try {
      return Documents.picture(stored.document(document));
    } catch (IllegalArgumentException e) {
      throw damaged(document, e);
    }
  }

  /**
   * The labels that its owner gave the picture in a Lucene document.
   *
   * @param document number of a document that is a picture
   * @return labels, strongest first; of an index of an earlier version none
   */
  public List<WeightedKeyword> labels(int document) throws IOException {
    try {
      return Documents.labels(stored.document(document, Documents.LABEL_FIELDS));
    } catch (IllegalArgumentException e) {
      throw damaged(document, e);
    }
  }

  /**
   * The song in a Lucene document.
   *
   * @param document number of a document that is a song
   */
  public CatalogueSong song(int document) throws IOException {
    try {
      return Documents.song(stored.document(document));
    } catch (IllegalArgumentException e) {
      throw damaged(document, e);
    }
  }

  private IOException damaged(int document, IllegalArgumentException cause) {
    return new IOException(
        "document "
            + document
            + " of index "
            + folder
            + " is not as its layout says ("
            + cause.getMessage()
            + "); build the index again",
        cause);
  }
}
