package org.seesong.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * An index opened for reading: the state of one commit, whatever is written to the folder later.
 *
 * <p>Safe for any number of threads. The caller that opens it closes it, after the last search.
 */
public final class CatalogueIndex implements Closeable {
  static final String HOW_TO_MAKE = "make one with 'seesong build'";

  private final Files files;
  private final DirectoryReader reader;
  private final IndexMetadata metadata;

  /** The files that an index and those {@linkplain #openIfChanged opened from it} read. */
  private record Files(Path folder, FSDirectory directory, AtomicInteger readers) {
    /** Closes the directory with its last reader. */
    void closeWith(DirectoryReader reader) {
      readers.incrementAndGet();
      reader
          .getReaderCacheHelper()
          .addClosedListener(
              key -> {
                if (readers.decrementAndGet() == 0) {
                  directory.close();
                }
              });
    }
  }

  private CatalogueIndex(Files files, DirectoryReader reader) throws IOException {
    this.files = files;
    this.reader = reader;
    Path folder = files.folder();
    this.metadata =
        IndexMetadata.fromUserData(reader.getIndexCommit().getUserData(), "index " + folder);
    checkField(IndexLayout.PICTURE_IMAGE_EMBEDDING, metadata.imageSpace());
    checkField(IndexLayout.PICTURE_GRAPH_EMBEDDING, metadata.graphSpace());
    checkField(IndexLayout.SONG_GRAPH_EMBEDDING, metadata.graphSpace());
    if (metadata.textSpace().isPresent()) {
      checkField(IndexLayout.SONG_TEXT_EMBEDDING, metadata.textSpace().get());
    }
    files.closeWith(reader);
  }

  /**
   * Opens an index.
   *
   * @param folder the folder that a build made, or the folder {@code index} in it
   * @return the index, to be closed by the caller
   * @throws IndexMismatchException if Seesong did not make it, or in another layout
   * @throws IOException if there is none or it cannot be read
   */
  public static CatalogueIndex open(Path folder) throws IOException {
    Path path = IndexFolder.requireIndex(folder.toAbsolutePath());
    FSDirectory directory = FSDirectory.open(path);
    DirectoryReader reader = null;
    try {
      reader = DirectoryReader.open(directory);
      return new CatalogueIndex(new Files(path, directory, new AtomicInteger()), reader);
    } catch (IndexMismatchException e) {
      IOUtils.closeWhileHandlingException(reader, directory);
      throw e;
    } catch (IOException | RuntimeException e) { // Lucene answers damaged files with any of these
      IOUtils.closeWhileHandlingException(reader, directory);
      throw new IOException("cannot read index " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * The index as of the newest commit, sharing with this one what has not changed.
   *
   * @return the newer index, to be closed by the caller as this one; nothing if this is the newest
   * @throws IndexMismatchException if the newer state is in another layout
   */
  public Optional<CatalogueIndex> openIfChanged() throws IOException {
    DirectoryReader newer = null;
    try {
      newer = DirectoryReader.openIfChanged(reader);
      return newer == null ? Optional.empty() : Optional.of(new CatalogueIndex(files, newer));
    } catch (IndexMismatchException e) {
      IOUtils.closeWhileHandlingException(newer);
      throw e;
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(newer);
      throw new IOException("cannot read index " + folder() + " anew: " + e.getMessage(), e);
    }
  }

  /**
   * Compares all that was committed since another state, or ever, with its checksums, which takes
   * one pass over the files. Without it a search of damaged files can answer wrongly.
   *
   * @param verified an earlier state of this index that was verified; empty if there is none
   * @throws IOException if a file is damaged or cannot be read; names it and what to do
   */
  public void verify(Optional<CatalogueIndex> verified) throws IOException {
    Set<Object> known = new HashSet<>();
    for (LeafReaderContext leaf : verified.map(i -> i.reader.leaves()).orElse(List.of())) {
      known.add(leaf.reader().getCoreCacheHelper().getKey());
    }
    for (LeafReaderContext leaf : reader.leaves()) {
      if (!known.contains(leaf.reader().getCoreCacheHelper().getKey())) {
        try {
          leaf.reader().checkIntegrity();
        } catch (IOException | RuntimeException e) {
          throw new IOException(
              "index "
                  + folder()
                  + " is damaged and not searched ("
                  + e.getMessage()
                  + "); 'seesong check' says what is lost and what mends it",
              e);
        }
      }
    }
  }

  private void checkField(String field, VectorSpace space) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
      if (info != null
          && (info.getVectorDimension() != space.dimension()
              || info.getVectorSimilarityFunction() != IndexLayout.SIMILARITY)) {
        throw new IndexMismatchException(
            "index "
                + folder()
                + " says it holds vectors of "
                + space
                + ", but its field '"
                + field
                + "' has "
                + info.getVectorDimension()
                + " dimensions and similarity "
                + info.getVectorSimilarityFunction()
                + "; build the index again");
      }
    }
  }

  /**
   * Refuses vectors of another encoder than the pictures of this index were encoded with.
   *
   * @param query the space that query vectors will come from
   * @throws IndexMismatchException if it is not the index's; names both
   */
  public void requireEncoder(VectorSpace query) throws IndexMismatchException {
    metadata.checkEncoder(query, "index " + folder());
  }

  /** The folder of Lucene's files, absolute. */
  public Path folder() {
    return files.folder();
  }

  /** What the index is. */
  public IndexMetadata metadata() {
    return metadata;
  }

  /** The Lucene index, with fields as {@link IndexLayout} says; this object closes it. */
  public DirectoryReader reader() {
    return reader;
  }

  /** Number of pictures. */
  public int pictures() throws IOException {
    return count(IndexLayout.KIND, IndexLayout.PICTURE);
  }

  /** Number of songs. */
  public int songs() throws IOException {
    return count(IndexLayout.KIND, IndexLayout.SONG);
  }

  /** Documents with a term that are not removed; without removals a look at the term is enough. */
  private int count(String field, String term) throws IOException {
    return new IndexSearcher(reader).count(new TermQuery(new Term(field, term)));
  }

  /**
   * Number of documents that have a vector in a field; those without keywords lack a graph
   * embedding.
   */
  public int vectors(String field) throws IOException {
    int count = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      FloatVectorValues values = leaf.reader().getFloatVectorValues(field);
      count += values == null ? 0 : values.size();
    }
    return count;
  }

  /** Names of the attributes that songs have, the owner's own fields, in order. */
  public List<String> attributes() {
    TreeSet<String> names = new TreeSet<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      for (FieldInfo info : leaf.reader().getFieldInfos()) {
        if (info.name.startsWith(IndexLayout.ATTRIBUTE_PREFIX)) {
          names.add(info.name.substring(IndexLayout.ATTRIBUTE_PREFIX.length()));
        }
      }
    }
    return List.copyOf(names);
  }

  /**
   * All keywords in order, and how many songs and pictures carry each. Cost: one pass over the
   * keywords, not over what carries them, unless some were removed.
   */
  public List<KeywordCount> keywords() throws IOException {
    Map<String, Integer> songs = counts(IndexLayout.SONG_KEYWORD);
    Map<String, Integer> pictures = counts(IndexLayout.PICTURE_KEYWORD);
    TreeSet<String> names = new TreeSet<>(songs.keySet());
    names.addAll(pictures.keySet());
    List<KeywordCount> result = new ArrayList<>(names.size());
    for (String name : names) {
      result.add(
          new KeywordCount(name, songs.getOrDefault(name, 0), pictures.getOrDefault(name, 0)));
    }
    return result;
  }

  private Map<String, Integer> counts(String field) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    Terms terms = MultiTerms.getTerms(reader, field);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        String keyword = term.utf8ToString();
        int carriers = reader.hasDeletions() ? count(field, keyword) : each.docFreq();
        if (carriers > 0) {
          counts.put(keyword, carriers);
        }
      }
    }
    return counts;
  }

  /** A picture by its owner's id, if the index has it. */
  public Optional<CataloguePicture> picture(String id) throws IOException {
    int document = document(IndexLayout.documentId(IndexLayout.PICTURE, id));
    return document < 0 ? Optional.empty() : Optional.of(pictureAt(document));
  }

  /** A song by its owner's id, if the index has it. */
  public Optional<CatalogueSong> song(String id) throws IOException {
    int document = document(IndexLayout.documentId(IndexLayout.SONG, id));
    return document < 0 ? Optional.empty() : Optional.of(songAt(document));
  }

  /** The thumbnail of a picture by its owner's id, if the picture is there and has one. */
  public Optional<Thumbnail> thumbnail(String pictureId) throws IOException {
    int document = document(IndexLayout.documentId(IndexLayout.PICTURE, pictureId));
    if (document < 0) {
      return Optional.empty();
    }
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
    BinaryDocValues values = leaf.reader().getBinaryDocValues(IndexLayout.PICTURE_THUMBNAIL);
    if (values == null || !values.advanceExact(document - leaf.docBase)) {
      return Optional.empty();
    }
    return Optional.of(new Thumbnail(BytesRef.deepCopyOf(values.binaryValue()).bytes));
  }

  /** A reader of documents for one thread; to read several, keep it, for each sets up buffers. */
  public CatalogueDocuments documents() throws IOException {
    return new CatalogueDocuments(folder(), reader.storedFields());
  }

  /** The picture in a Lucene document, which must be one. */
  public CataloguePicture pictureAt(int document) throws IOException {
    return documents().picture(document);
  }

  /** The labels that its owner gave the picture in a Lucene document, strongest first. */
  public List<WeightedKeyword> labelsAt(int document) throws IOException {
    return documents().labels(document);
  }

  /** The song in a Lucene document, which must be one. */
  public CatalogueSong songAt(int document) throws IOException {
    return documents().song(document);
  }

  /** A vector of a Lucene document, empty if it has none in this field. */
  public FloatVector vectorAt(String field, int document) throws IOException {
    return DocumentValues.vector(reader, field, document);
  }

  /** Number of the Lucene document with an id ({@link IndexLayout#documentId}), -1 if none has. */
  public int document(String documentId) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      PostingsEnum found = leaf.reader().postings(new Term(IndexLayout.ID, documentId));
      Bits live = leaf.reader().getLiveDocs();
      if (found != null) {
        int document = found.nextDoc();
        while (document != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(document)) {
          document = found.nextDoc();
        }
        if (document != DocIdSetIterator.NO_MORE_DOCS) {
          return leaf.docBase + document;
        }
      }
    }
    return -1;
  }

  /** Closes the reader, and with the last reader of the folder's files the directory. */
  @Override
  public void close() throws IOException {
    reader.close();
  }
}
