package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.DocumentValues;
import org.seesong.index.IndexLayout;

/** Turns filters of songs and of pictures into Lucene queries. */
final class FilterQueries {
  private static final String RANGE = "..";

  /** The fields that every index has, by the name a filter gives them. */
  private static final Map<String, String> TEXT_FIELDS =
      Map.of(
          "title", IndexLayout.SONG_TITLE,
          "artist", IndexLayout.SONG_ARTIST,
          "language", IndexLayout.SONG_LANGUAGE,
          "keyword", IndexLayout.SONG_KEYWORD);

  private FilterQueries() {}

  /**
   * A query that all filters hold for and no excluded song; empty if every song passes. Versions of
   * an excluded song are excluded with it.
   */
  static Optional<Query> ofSongs(
      List<SongFilter> filters, Set<String> excluded, CatalogueIndex index) throws IOException {
    if (filters.isEmpty() && excluded.isEmpty()) {
      return Optional.empty();
    }
    BooleanQuery.Builder all = ofKind(IndexLayout.SONG);
    for (SongFilter filter : filters) {
      all.add(condition(filter, index), occur(filter.negated()));
    }
    if (!excluded.isEmpty()) {
      List<BytesRef> ids =
          excluded.stream()
              .map(id -> new BytesRef(IndexLayout.documentId(IndexLayout.SONG, id)))
              .toList();
      Query songs = new TermInSetQuery(IndexLayout.ID, ids);
      all.add(songs, BooleanClause.Occur.MUST_NOT);
      long[] keys = contentKeys(songs, ids.size(), index.reader());
      if (keys.length > 0) {
        all.add(
            NumericDocValuesField.newSlowSetQuery(IndexLayout.SONG_CONTENT_KEY, keys),
            BooleanClause.Occur.MUST_NOT);
      }
    }
    return Optional.of(all.build());
  }

  private static long[] contentKeys(Query songs, int most, IndexReader reader) throws IOException {
    List<Integer> documents =
        Arrays.stream(new IndexSearcher(reader).search(songs, most).scoreDocs)
            .map(found -> found.doc)
            .toList();
    return DocumentValues.contentKeys(reader, documents).values().stream()
        .mapToLong(Long::longValue)
        .distinct()
        .toArray();
  }

  /** A query that all filters hold for; empty without filters. */
  static Optional<Query> ofPictures(List<PictureFilter> filters, CatalogueIndex index)
      throws IOException {
    if (filters.isEmpty()) {
      return Optional.empty();
    }
    BooleanQuery.Builder all = ofKind(IndexLayout.PICTURE);
    for (PictureFilter filter : filters) {
      all.add(condition(filter, index), occur(filter.negated()));
    }
    return Optional.of(all.build());
  }

  /** Both hold; one may be absent. */
  static Optional<Query> both(Optional<Query> filter, Query another) {
    return Optional.of(
        filter
            .<Query>map(
                query ->
                    new BooleanQuery.Builder()
                        .add(query, BooleanClause.Occur.FILTER)
                        .add(another, BooleanClause.Occur.FILTER)
                        .build())
            .orElse(another));
  }

  /** Lets a query of negations alone have something to take away from. */
  private static BooleanQuery.Builder ofKind(String kind) {
    return new BooleanQuery.Builder()
        .add(new TermQuery(new Term(IndexLayout.KIND, kind)), BooleanClause.Occur.FILTER);
  }

  private static BooleanClause.Occur occur(boolean negated) {
    return negated ? BooleanClause.Occur.MUST_NOT : BooleanClause.Occur.FILTER;
  }

  /** What meets a condition, negated or not. */
  static Query condition(PictureFilter filter, CatalogueIndex index) throws IOException {
    String value = filter.value();
    return switch (filter.field()) {
      case "keyword" -> new TermQuery(new Term(IndexLayout.PICTURE_KEYWORD, value));
      case "id" ->
          new TermQuery(
              new Term(IndexLayout.ID, IndexLayout.documentId(IndexLayout.PICTURE, value)));
      default -> pathBegins(filter, index);
    };
  }

  private static Query pathBegins(PictureFilter filter, CatalogueIndex index) throws IOException {
    checkLength(filter.value(), filter);
    if (MultiTerms.getTerms(index.reader(), IndexLayout.PICTURE_PATH) == null) {
      throw new QueryException(
          "picture filter '"
              + filter
              + "' cannot be used: index "
              + index.folder()
              + " was built without searchable paths; build it again");
    }
    return new PrefixQuery(new Term(IndexLayout.PICTURE_PATH, filter.value()));
  }

  /** Longer values are not indexed whole, so a condition on one would never hold. */
  private static void checkLength(String value, Object filter) {
    if (value.length() > IndexLayout.MAX_TERM_LENGTH) {
      throw new QueryException(
          "value of filter '"
              + filter.toString().substring(0, 40)
              + "...' must have at most "
              + IndexLayout.MAX_TERM_LENGTH
              + " characters, which is how far texts are searchable; got: "
              + value.length());
    }
  }

  /** What meets a condition, negated or not. */
  static Query condition(SongFilter filter, CatalogueIndex index) throws IOException {
    String field = fieldOf(filter, index);
    if (field.equals("year")) {
      Range<Integer> years =
          range(filter, Integer::valueOf, Integer.MIN_VALUE, Integer.MAX_VALUE, "a whole number");
      return IntPoint.newRangeQuery(IndexLayout.SONG_YEAR, years.from(), years.to());
    }
    if (field.equals("popularity")) {
      Range<Double> popularities =
          range(
              filter,
              FilterQueries::finite,
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              "a number");
      return DoublePoint.newRangeQuery(
          IndexLayout.SONG_POPULARITY, popularities.from(), popularities.to());
    }
    checkLength(filter.value(), filter);
    Term term = new Term(textField(field), filter.value());
    if (isRange(filter.value()) && index.reader().docFreq(term) == 0) {
      throw new QueryException(
          "filter '"
              + filter
              + "' asks for a range, but ranges are for year and popularity; "
              + field
              + " is compared as text, so name one value"
              + example(field, index));
    }
    return new TermQuery(term);
  }

  /** Two dots with a number on one side at least and nothing else. */
  private static boolean isRange(String value) {
    return value.matches("[-+0-9.eE ]{0,40}\\.\\.[-+0-9.eE ]{0,40}") && value.matches(".*[0-9].*");
  }

  private static String example(String field, CatalogueIndex index) throws IOException {
    Terms terms = MultiTerms.getTerms(index.reader(), textField(field));
    TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
    BytesRef first = each.next();
    while (first != null && isJoined(field, first.utf8ToString())) {
      first = each.next();
    }
    return first == null ? "" : ", such as " + field + "=" + first.utf8ToString();
  }

  /** Whether a value is a list of an attribute's values, which the index has one by one as well. */
  static boolean isJoined(String field, String value) {
    return !TEXT_FIELDS.containsKey(field) && value.indexOf(IndexLayout.VALUE_SEPARATOR) >= 0;
  }

  /** The field that texts of a name are in, see {@link #fieldOf}. */
  static String textField(String name) {
    return TEXT_FIELDS.getOrDefault(name, IndexLayout.ATTRIBUTE_PREFIX + name);
  }

  static boolean isNumber(String name) {
    return name.equals("year") || name.equals("popularity");
  }

  /** The name of a filter's field as the index has it; upper and lower case count alike. */
  static String fieldOf(SongFilter filter, CatalogueIndex index) {
    List<String> names = new ArrayList<>(new TreeSet<>(TEXT_FIELDS.keySet()));
    names.addAll(List.of("year", "popularity"));
    names.addAll(index.attributes());
    if (names.contains(filter.field())) {
      return filter.field();
    }
    List<String> alike = names.stream().filter(filter.field()::equalsIgnoreCase).toList();
    if (alike.size() == 1) {
      return alike.get(0);
    }
    throw new QueryException(
        "filter '"
            + filter
            + "' names a field '"
            + filter.field()
            + (alike.isEmpty()
                ? "' that songs of index " + index.folder() + " do not have"
                : "', which can be any of " + String.join(", ", alike))
            + NearNames.hint(NearNames.of(filter.field(), names))
            + "; they have: "
            + String.join(", ", names));
  }

  private record Range<T>(T from, T to) {}

  private static <T extends Comparable<T>> Range<T> range(
      SongFilter filter, Function<String, T> number, T min, T max, String kind) {
    String value = filter.value();
    int dots = value.indexOf(RANGE);
    String from = dots < 0 ? value : value.substring(0, dots).strip();
    String to = dots < 0 ? value : value.substring(dots + RANGE.length()).strip();
    try {
      Range<T> range =
          new Range<>(
              from.isEmpty() ? min : number.apply(from), to.isEmpty() ? max : number.apply(to));
      if (range.from().compareTo(range.to()) <= 0 && !(from.isEmpty() && to.isEmpty())) {
        return range;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for all values that are no range.
    }
    throw new QueryException(
        "value '"
            + value
            + "' of filter '"
            + filter
            + "' must be "
            + kind
            + " or a range from low to high, such as 1990..1999, 1990.. or ..1999");
  }

  private static Double finite(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new NumberFormatException(text);
    }
    return number;
  }
}
