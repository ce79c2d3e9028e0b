package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.seesong.index.CatalogueIndex;
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

  /** A query that all filters hold for and no excluded song; empty if every song passes. */
  static Optional<Query> ofSongs(
      List<SongFilter> filters, Set<String> excluded, CatalogueIndex index) {
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
      all.add(new TermInSetQuery(IndexLayout.ID, ids), BooleanClause.Occur.MUST_NOT);
    }
    return Optional.of(all.build());
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

  private static Query condition(PictureFilter filter, CatalogueIndex index) throws IOException {
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

  private static Query condition(SongFilter filter, CatalogueIndex index) {
    String field = filter.field();
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
    return new TermQuery(new Term(textField(filter, index), filter.value()));
  }

  private static String textField(SongFilter filter, CatalogueIndex index) {
    String known = TEXT_FIELDS.get(filter.field());
    if (known != null) {
      return known;
    }
    List<String> attributes = index.attributes();
    if (!attributes.contains(filter.field())) {
      List<String> names = new ArrayList<>(new TreeSet<>(TEXT_FIELDS.keySet()));
      names.addAll(List.of("year", "popularity"));
      names.addAll(attributes);
      throw new QueryException(
          "filter '"
              + filter
              + "' names a field '"
              + filter.field()
              + "' that songs of index "
              + index.folder()
              + " do not have; they have: "
              + String.join(", ", names));
    }
    return IndexLayout.ATTRIBUTE_PREFIX + filter.field();
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
