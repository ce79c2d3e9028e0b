package org.seesong.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.seesong.io.FileDamage;
import org.seesong.knn.LuceneVectors;
import org.seesong.vector.FloatVector;

/**
 * Finds out whether an index is whole: Lucene's own check of all files, then what {@link
 * IndexLayout} promises. Reads everything, so it takes as long as reading the index, a few times
 * over. Opens nothing for writing and takes no lock; an index that is committed to meanwhile is
 * checked again.
 */
public final class IndexCheck {
  /** Problems that are told one by one; the rest are counted. */
  public static final int MAX_TOLD = 100;

  /** How often an index that others commit to is checked. */
  private static final int TRIES = 10;

  private static final String DAMAGE = "Lucene finds damage: ";

  private static final String HOW_TO_MEND =
      "run the same 'seesong build' again, which writes the index anew, then add again what was"
          + " added since";

  /** How far a graph embedding's length may be from 1. */
  private static final double TOLERANCE = 1e-3;

  private final CatalogueIndex index;
  private final List<String> problems = new ArrayList<>();
  private int count;

  /**
   * What was found.
   *
   * @param pictures number of pictures
   * @param songs number of songs
   * @param problemCount number of problems; 0 if the index is whole
   * @param problems the first {@value #MAX_TOLD} of them, for people to read
   */
  public record Report(int pictures, int songs, int problemCount, List<String> problems) {
    public Report {
      problems = List.copyOf(problems);
    }

    /**
     * Whether the index is whole.
     *
     * @return true if there is no problem
     */
    public boolean isWhole() {
      return problemCount == 0;
    }
  }

  private IndexCheck(CatalogueIndex index) {
    this.index = index;
  }

  /**
   * Checks an index.
   *
   * @throws IOException if there is no index, or a file cannot be read at all
   */
  public static Report check(Path folder) throws IOException {
    Path path = IndexFolder.requireIndex(folder.toAbsolutePath());
    for (int i = 1; ; i++) {
      String commit = newestCommit(path);
      boolean last = i == TRIES;
      try {
        Report report = checkOnce(path);
        if (report.isWhole() || last || commit.equals(newestCommit(path))) {
          return report;
        }
      } catch (IOException e) {
        if (last || commit.equals(newestCommit(path))) {
          throw e;
        }
      }
    }
  }

  private static String newestCommit(Path folder) throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder, NoLockFactory.INSTANCE)) {
      return "" + SegmentInfos.getLastCommitSegmentsFileName(directory);
    }
  }

  private static Report checkOnce(Path path) throws IOException {
    List<String> damaged = damagedFiles(path);
    if (damaged.isEmpty()) {
      damaged = lucene(path);
    }
    if (!damaged.isEmpty()) {
      return new Report(0, 0, damaged.size(), damaged);
    }
    try (CatalogueIndex index = CatalogueIndex.open(path)) {
      IndexCheck check = new IndexCheck(index);
      check.documents();
      check.ids();
      check.visualVectors();
      check.graphEmbeddings(IndexLayout.PICTURE_GRAPH_EMBEDDING, IndexLayout.PICTURE);
      check.graphEmbeddings(IndexLayout.SONG_GRAPH_EMBEDDING, IndexLayout.SONG);
      return new Report(index.pictures(), index.songs(), check.count, check.problems);
    }
  }

  /**
   * Compares all files of an index's newest commit with their checksums, and does nothing else.
   *
   * @return a line for each file that is damaged or missing
   * @throws IOException if the folder cannot be read
   */
  public static List<String> damagedFiles(Path folder) throws IOException {
    List<String> problems = new ArrayList<>();
    try (FSDirectory directory = FSDirectory.open(folder, NoLockFactory.INSTANCE)) {
      String commit = SegmentInfos.getLastCommitSegmentsFileName(directory);
      Collection<String> files;
      String howToMend = HOW_TO_MEND;
      try {
        files = SegmentInfos.readCommit(directory, commit).files(true);
      } catch (IOException | RuntimeException e) { // damaged numbers can make any of these
        files = new ArrayList<>(List.of(directory.listAll()));
        files.removeIf(file -> !file.equals(commit) && !file.startsWith("_"));
        howToMend = "delete the folder " + folder + " and " + HOW_TO_MEND;
      }
      for (String file : new TreeSet<>(files)) {
        try (IndexInput in = directory.openInput(file, IOContext.READONCE)) {
          CodecUtil.checksumEntireFile(in);
        } catch (IOException | RuntimeException e) {
          problems.add(problem(folder, file, e) + howToMend);
        }
      }
    }
    return problems;
  }

  private static String problem(Path folder, String file, Exception cause) throws IOException {
    return DAMAGE
        + damage(folder, file, cause)
        + (file.startsWith("_")
            ? " pictures and songs of this segment are lost; "
            : " the whole index is lost; ");
  }

  /** Lucene keeps one checksum a file, so damage can lie anywhere in it. */
  private static String damage(Path folder, String file, Exception cause) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path)
        ? new FileDamage.Range(0, Files.size(path)).in(path) + " (" + cause.getMessage() + ");"
        : path + " is missing;";
  }

  private static List<String> lucene(Path folder) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (FSDirectory directory = FSDirectory.open(folder, NoLockFactory.INSTANCE);
        CheckIndex check = new CheckIndex(directory)) {
      check.setThreadCount(1);
      check.setInfoStream(new PrintStream(log, false, StandardCharsets.UTF_8), false);
      return check.checkIndex().clean
          ? List.of()
          : List.of(DAMAGE + failure(log.toString(StandardCharsets.UTF_8)) + "; " + HOW_TO_MEND);
    }
  }

  /** The line of Lucene's log that names the failure. */
  private static String failure(String log) {
    return log.lines()
        .map(String::strip)
        .filter(line -> line.contains("Exception") || line.startsWith("ERROR"))
        .findFirst()
        .orElse(log.strip());
  }

  private void problem(String format, Object... values) {
    count++;
    if (problems.size() < MAX_TOLD) {
      problems.add(String.format(Locale.ROOT, format, values));
    }
  }

  /** Every document is a picture or a song and reads back. */
  private void documents() throws IOException {
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      for (int document = 0; document < leaf.reader().maxDoc(); document++) {
        if (live == null || live.get(document)) {
          document(leaf.docBase + document);
        }
      }
    }
  }

  private void document(int document) throws IOException {
    String kind = index.reader().storedFields().document(document).get(IndexLayout.KIND);
    String id = index.reader().storedFields().document(document).get(IndexLayout.ID);
    if (!IndexLayout.PICTURE.equals(kind) && !IndexLayout.SONG.equals(kind)) {
      problem("document %d is neither a picture nor a song but '%s'", document, kind);
      return;
    }
    if (id == null || !id.startsWith(kind + ":")) {
      problem("document %d is a %s, but its id is '%s'", document, kind, id);
      return;
    }
    try {
      if (kind.equals(IndexLayout.PICTURE)) {
        index.pictureAt(document);
      } else {
        index.songAt(document);
      }
    } catch (IOException e) {
      problem("%s: %s", id, e.getMessage());
    }
  }

  private void ids() throws IOException {
    Terms terms = MultiTerms.getTerms(index.reader(), IndexLayout.ID);
    Bits live = MultiBits.getLiveDocs(index.reader());
    if (terms == null) {
      return;
    }
    TermsEnum each = terms.iterator();
    PostingsEnum postings = null;
    for (BytesRef id = each.next(); id != null; id = each.next()) {
      if (each.docFreq() == 1) {
        continue;
      }
      postings = each.postings(postings, PostingsEnum.NONE);
      int documents = 0;
      while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        documents += live == null || live.get(postings.docID()) ? 1 : 0;
      }
      if (documents > 1) {
        problem("%s is there %d times", id.utf8ToString(), documents);
      }
    }
  }

  private void visualVectors() throws IOException {
    int found = 0;
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Optional<LuceneVectors> vectors =
          LuceneVectors.open(leaf.reader(), IndexLayout.PICTURE_IMAGE_EMBEDDING);
      Bits live = leaf.reader().getLiveDocs();
      for (int row = 0; vectors.isPresent() && row < vectors.get().size(); row++) {
        int document = vectors.get().document(row);
        if (live == null || live.get(document)) {
          found++;
          imageEmbedding(leaf.docBase + document, vectors.get().vector(row));
        }
      }
    }
    int live = live(IndexLayout.PICTURE);
    if (found != live) {
      problem("there are %d pictures but %d image embeddings", live, found);
    }
  }

  private void imageEmbedding(int document, float[] vector) throws IOException {
    if (isFinite(document, IndexLayout.PICTURE_IMAGE_EMBEDDING, vector)
        && new FloatVector(vector).norm() > IndexLayout.MAX_NORM) {
      problem("%s: its image embedding is longer than %s", id(document), IndexLayout.MAX_NORM);
    }
    requireKind(document, IndexLayout.PICTURE, IndexLayout.PICTURE_IMAGE_EMBEDDING);
  }

  private void graphEmbeddings(String field, String kind) throws IOException {
    for (LeafReaderContext leaf : index.reader().leaves()) {
      Optional<LuceneVectors> vectors = LuceneVectors.open(leaf.reader(), field);
      Bits live = leaf.reader().getLiveDocs();
      for (int row = 0; vectors.isPresent() && row < vectors.get().size(); row++) {
        int document = vectors.get().document(row);
        if (live == null || live.get(document)) {
          graphEmbedding(leaf.docBase + document, field, kind, vectors.get().vector(row));
        }
      }
    }
  }

  private void graphEmbedding(int document, String field, String kind, float[] vector)
      throws IOException {
    if (isFinite(document, field, vector)) {
      double norm = new FloatVector(vector).norm();
      if (Math.abs(norm - 1) > TOLERANCE) {
        problem("%s: its graph embedding must have length 1 but has %.4f", id(document), norm);
      }
    }
    requireKind(document, kind, field);
  }

  private boolean isFinite(int document, String field, float[] vector) throws IOException {
    int odd = FloatVector.firstNotFinite(vector);
    if (odd >= 0) {
      problem("%s: value %d of its %s is %s", id(document), odd, field, vector[odd]);
    }
    return odd < 0;
  }

  private void requireKind(int document, String kind, String field) throws IOException {
    String id = id(document);
    if (id == null || !id.startsWith(kind + ":")) {
      problem("%s has a %s, which only a %s may have", id, field, kind);
    }
  }

  private String id(int document) throws IOException {
    return index
        .reader()
        .storedFields()
        .document(document, Set.of(IndexLayout.ID))
        .get(IndexLayout.ID);
  }

  /** Documents of a kind that are not deleted. */
  private int live(String kind) throws IOException {
    return new IndexSearcher(index.reader()).count(new TermQuery(new Term(IndexLayout.KIND, kind)));
  }
}
