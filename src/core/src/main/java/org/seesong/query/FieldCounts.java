package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.seesong.index.IndexLayout;
import org.seesong.query.FilterField.Range;
import org.seesong.query.FilterField.ValueCount;
import org.seesong.query.FilterField.Values;

/** Counts what fields of songs hold, see {@link FilterField#of}. */
final class FieldCounts {
  private static final Comparator<ValueCount> MOST_FREQUENT =
      Comparator.comparingInt(ValueCount::songs).reversed().thenComparing(ValueCount::value);

  private FieldCounts() {}

  static Values values(String name, IndexReader reader, int most) throws IOException {
    Terms terms = MultiTerms.getTerms(reader, FilterQueries.textField(name));
    if (terms == null) {
      return new Values(name, List.of(), false);
    }
    IndexSearcher searcher = new IndexSearcher(reader);
    PriorityQueue<ValueCount> best = new PriorityQueue<>(MOST_FREQUENT.reversed());
    boolean more = false;
    TermsEnum each = terms.iterator();
    for (BytesRef term = each.next(); term != null; term = each.next()) {
      String value = term.utf8ToString();
      boolean last = best.size() == most && each.docFreq() < best.element().songs();
      if (FilterQueries.isJoined(name, value) || last) {
        more |= last;
        continue;
      }
      int songs =
          reader.hasDeletions()
              ? searcher.count(
                  new TermQuery(new Term(FilterQueries.textField(name), BytesRef.deepCopyOf(term))))
              : each.docFreq();
      if (songs > 0) {
        best.add(new ValueCount(value, songs));
      }
      if (best.size() > most) {
        best.remove();
        more = true;
      }
    }
    List<ValueCount> values = new ArrayList<>(best);
    values.sort(MOST_FREQUENT);
    return new Values(name, values, more);
  }

  /** Removed songs count until their segments are merged. */
  static Optional<Range> years(IndexReader reader) throws IOException {
    byte[] min = PointValues.getMinPackedValue(reader, IndexLayout.SONG_YEAR);
    byte[] max = PointValues.getMaxPackedValue(reader, IndexLayout.SONG_YEAR);
    return min == null || max == null
        ? Optional.empty()
        : Optional.of(
            new Range("year", IntPoint.decodeDimension(min, 0), IntPoint.decodeDimension(max, 0)));
  }

  /** Removed songs count until their segments are merged. */
  static Optional<Range> popularity(IndexReader reader) throws IOException {
    byte[] min = PointValues.getMinPackedValue(reader, IndexLayout.SONG_POPULARITY);
    byte[] max = PointValues.getMaxPackedValue(reader, IndexLayout.SONG_POPULARITY);
    return min == null || max == null
        ? Optional.empty()
        : Optional.of(
            new Range(
                "popularity",
                DoublePoint.decodeDimension(min, 0),
                DoublePoint.decodeDimension(max, 0)));
  }
}
