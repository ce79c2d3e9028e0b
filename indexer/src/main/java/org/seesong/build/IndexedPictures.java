package org.seesong.build;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.util.Bits;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.Vocabulary;
import org.seesong.knn.LuceneVectors;
import org.seesong.label.PictureVectors;

/** The labelled pictures of an index: their owners' labels, and what they look like. */
final class IndexedPictures implements PictureVectors {
  private final CatalogueIndex index;
  private final KeywordRows labels;

  /** Document of each labelled picture, ascending. */
  private final int[] documents;

  private IndexedPictures(CatalogueIndex index, KeywordRows labels, int[] documents) {
    this.index = index;
    this.labels = labels;
    this.documents = documents;
  }

  /** No pictures at all. */
  static IndexedPictures none(CatalogueIndex index) {
    return new IndexedPictures(index, new KeywordRows.Builder().build(), new int[0]);
  }

  /** Reads all labels but those of pictures that are about to be replaced. */
  static IndexedPictures read(CatalogueIndex index, Vocabulary vocabulary, Set<String> replaced)
      throws IOException {
    KeywordRows.Builder labels = new KeywordRows.Builder();
    int[] documents = new int[16];
    int size = 0;
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Optional<LuceneVectors> vectors =
          LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_IMAGE_EMBEDDING);
      Bits live = leaf.reader().getLiveDocs();
      for (int row = 0; vectors.isPresent() && row < vectors.get().size(); row++) {
        int inLeaf = vectors.get().document(row);
        int document = leaf.docBase + inLeaf;
        if ((live == null || live.get(inLeaf))
            && add(index, document, vocabulary, replaced, labels)) {
          documents = size == documents.length ? Arrays.copyOf(documents, 2 * size) : documents;
          documents[size++] = document;
        }
      }
    }
    return new IndexedPictures(index, labels.build(), Arrays.copyOf(documents, size));
  }

  private static boolean add(
      CatalogueIndex index,
      int document,
      Vocabulary vocabulary,
      Set<String> replaced,
      KeywordRows.Builder labels)
      throws IOException {
    float[] row = new float[vocabulary.size()];
    boolean any = false;
    for (WeightedKeyword label : index.labelsAt(document)) {
      int id = vocabulary.idOf(label.keyword());
      if (id >= 0) {
        row[id] = (float) label.weight();
        any |= row[id] > 0;
      }
    }
    if (!any || replaced.contains(index.pictureAt(document).id())) {
      return false;
    }
    for (int id = 0; id < row.length; id++) {
      if (row[id] > 0) {
        labels.add(id, row[id]);
      }
    }
    labels.endRow();
    return true;
  }

  KeywordRows labels() {
    return labels;
  }

  @Override
  public int size() {
    return documents.length;
  }

  @Override
  public int dimension() {
    return index.metadata().imageSpace().dimension();
  }

  /** Opens the vectors anew each time, which is cheap and makes it safe for several threads. */
  @Override
  public boolean read(int picture, float[] into) throws IOException {
    int document = documents[picture];
    LeafReaderContext leaf =
        index.reader().leaves().get(ReaderUtil.subIndex(document, index.reader().leaves()));
    LuceneVectors vectors =
        LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_IMAGE_EMBEDDING).orElseThrow();
    vectors.documents().advance(document - leaf.docBase);
    System.arraycopy(vectors.current(), 0, into, 0, into.length);
    return true;
  }
}
