package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;

/**
 * Finds filters and boosts that hold for nothing in an index, see {@link
 * TwoHopSearcher#unmetFilters}.
 */
final class FilterCheck {
  private static final List<String> KEYWORD_FIELDS =
      List.of(IndexLayout.PICTURE_KEYWORD, IndexLayout.SONG_KEYWORD);

  private FilterCheck() {}

  static List<String> notes(CatalogueIndex index, TwoHopOptions options) throws IOException {
    IndexSearcher searcher = new IndexSearcher(index.reader());
    List<String> notes = new ArrayList<>();
    for (SongFilter filter : options.filters()) {
      if (searcher.count(FilterQueries.condition(filter, index)) == 0) {
        String field = FilterQueries.fieldOf(filter, index);
        List<String> near =
            FilterQueries.isNumber(field)
                ? List.of()
                : NearNames.of(
                    filter.value(),
                    index.reader(),
                    List.of(FilterQueries.textField(field)),
                    value -> !FilterQueries.isJoined(field, value));
        notes.add(note("song", filter, filter.negated(), near));
      }
    }
    for (PictureFilter filter : options.pictureFilters()) {
      if (searcher.count(FilterQueries.condition(filter, index)) == 0) {
        List<String> near =
            filter.field().equals("keyword")
                ? NearNames.of(filter.value(), index.reader(), List.of(IndexLayout.PICTURE_KEYWORD))
                : List.of();
        notes.add(note("picture", filter, filter.negated(), near));
      }
    }
    for (KeywordBoost boost : options.boosts()) {
      if (searcher.count(carriers(boost.keyword())) == 0) {
        notes.add(
            "no picture and no song of the index carries the keyword '"
                + boost.keyword()
                + "', so its boost changes nothing"
                + NearNames.hint(NearNames.of(boost.keyword(), index.reader(), KEYWORD_FIELDS)));
      }
    }
    return notes;
  }

  private static Query carriers(String keyword) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    KEYWORD_FIELDS.forEach(
        field -> any.add(new TermQuery(new Term(field, keyword)), BooleanClause.Occur.SHOULD));
    return any.build();
  }

  private static String note(String kind, Object filter, boolean negated, List<String> near) {
    return "no "
        + kind
        + " of the index meets "
        + (negated ? filter.toString().replaceFirst("!=", "=") : filter)
        + (negated ? ", so '" + filter + "' leaves nothing out" : "")
        + NearNames.hint(near);
  }
}
