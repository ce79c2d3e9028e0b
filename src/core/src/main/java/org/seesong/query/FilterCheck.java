package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;

/** Says which filters ask for what an index has nowhere, so that an empty answer has a reason. */
public final class FilterCheck {
  private FilterCheck() {}

  /**
   * Looks for the values of filters in an index.
   *
   * @param index the index
   * @param options a search's filters of songs and pictures
   * @return a sentence for each filter whose value occurs nowhere, with up to five near ones that
   *     do; empty if all occur
   * @throws QueryException if a filter does not fit the index
   * @throws IOException if reading fails
   */
  public static List<String> notes(CatalogueIndex index, TwoHopOptions options) throws IOException {
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
    return notes;
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
