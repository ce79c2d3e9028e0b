package org.seesong.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;

/** Turns song filters into a Lucene query. */
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

  /** A query that all filters hold for; empty without filters. */
  static Optional<Query> of(List<SongFilter> filters, CatalogueIndex index) {
    if (filters.isEmpty()) {
      return Optional.empty();
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(kindIsSong(), BooleanClause.Occur.FILTER);
    for (SongFilter filter : filters) {
      all.add(
          condition(filter, index),
          filter.negated() ? BooleanClause.Occur.MUST_NOT : BooleanClause.Occur.FILTER);
    }
    return Optional.of(all.build());
  }

  /** Lets a query of negations alone have something to take away from. */
  private static Query kindIsSong() {
    return new TermQuery(new Term(IndexLayout.KIND, IndexLayout.SONG));
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
