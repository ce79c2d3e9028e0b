package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.seesong.index.CatalogueIndex;

/** A field that songs can be filtered by, with what it holds: what a form of filters offers. */
public sealed interface FilterField {
  /** As a {@link SongFilter} names it. */
  String name();

  /**
   * A field of texts.
   *
   * @param name such as {@code language}, or an attribute's name
   * @param values the most frequent ones, the most frequent first
   * @param more whether there are others
   */
  record Values(String name, List<ValueCount> values, boolean more) implements FilterField {
    public Values {
      Objects.requireNonNull(name, "name");
      values = List.copyOf(values);
    }
  }

  /**
   * A field of numbers.
   *
   * @param name {@code year} or {@code popularity}
   * @param min the least of all songs
   * @param max the greatest
   */
  record Range(String name, double min, double max) implements FilterField {
    public Range {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * A value of a field.
   *
   * @param value as a filter names it
   * @param songs number of songs that have it
   */
  record ValueCount(String value, int songs) {
    public ValueCount {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * The fields of an index that at least one song has, titles and keywords aside. Cost: a pass over
   * all values of the fields.
   *
   * @param most values to name of each field, at least 1
   */
  static List<FilterField> of(CatalogueIndex index, int most) throws IOException {
    List<String> names = new ArrayList<>(List.of("language", "artist"));
    names.addAll(index.attributes());
    List<FilterField> fields = new ArrayList<>();
    for (String name : names) {
      Values values = FieldCounts.values(name, index.reader(), most);
      if (!values.values().isEmpty()) {
        fields.add(values);
      }
    }
    FieldCounts.years(index.reader()).ifPresent(fields::add);
    FieldCounts.popularity(index.reader()).ifPresent(fields::add);
    return List.copyOf(fields);
  }
}
