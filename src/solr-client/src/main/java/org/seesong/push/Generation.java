package org.seesong.push;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of what one push makes: one state of a catalogue, in one collection or two.
 *
 * @param alias what readers call the catalogue
 * @param id the catalogue's, see {@link CatalogueId}
 * @param twoCollections whether pictures are apart
 */
record Generation(String alias, String id, boolean twoCollections) {
  private static final String PICTURES = "_pictures";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");

  /** The collection of songs, or of both; its configset has the same name. */
  String songs() {
    return alias + '_' + id;
  }

  /** The collection of pictures; the same as that of songs where there is but one. */
  String pictures() {
    return twoCollections ? songs() + PICTURES : songs();
  }

  /** The alias of pictures that have a collection of their own. */
  String picturesAlias() {
    return alias + PICTURES;
  }

  /** Whether a collection has a name that only pushes to this alias give. */
  boolean isOfThisAlias(String collection) {
    String start = alias + '_';
    return collection.startsWith(start)
        && ID.matcher(collection.substring(start.length()).replaceFirst(PICTURES + "$", ""))
            .matches();
  }

  String configset() {
    return songs();
  }

  List<String> collections() {
    return twoCollections ? List.of(songs(), pictures()) : List.of(songs());
  }

  /** Alias and collection of each, the one that leads to the other last. */
  List<Switch> switches() {
    List<Switch> switches = new ArrayList<>();
    if (twoCollections) {
      switches.add(new Switch(picturesAlias(), pictures()));
    }
    switches.add(new Switch(alias, songs()));
    return List.copyOf(switches);
  }

  /** An alias and what it shall stand for. */
  record Switch(String alias, String collection) {}
}
