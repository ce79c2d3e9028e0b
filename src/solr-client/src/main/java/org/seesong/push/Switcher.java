package org.seesong.push;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves the alias to a catalogue that is whole and deletes those that are too many. The alias
 * remembers in a property which catalogues it stood for, so nothing else is ever deleted.
 */
final class Switcher {
  private final Cloud cloud;
  private final Generation generation;
  private final PushListener listener;

  Switcher(Cloud cloud, Generation generation, PushListener listener) {
    this.cloud = cloud;
    this.generation = generation;
    this.listener = listener;
  }

  /**
   * What became of it.
   *
   * @param switched whether the alias stands for the catalogue now
   * @param kept earlier collections that are there
   * @param dropped collections that were deleted
   */
  record Outcome(boolean switched, List<String> kept, List<String> dropped) {}

  Outcome run(PushOptions.Switching options) throws IOException {
    if (!options.alias()) {
      listener.message("left the alias as it was; push again without --no-switch to move it");
      return new Outcome(false, List.of(), List.of());
    }
    for (Generation.Switch change : switches()) {
      cloud.setAlias(change);
      listener.message("alias " + change.alias() + " now stands for " + change.collection());
    }
    Set<String> ids = new LinkedHashSet<>();
    ids.add(generation.id());
    ids.addAll(cloud.generations(generation.alias()));
    List<String> order = List.copyOf(ids);
    int stay = Math.min(order.size(), 1 + options.keep());
    List<String> kept = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    List<String> known = cloud.collections();
    Map<String, String> aliases = cloud.aliasTargets();
    List<String> remembered = new ArrayList<>(order.subList(0, stay));
    order.subList(1, stay).forEach(id -> kept.addAll(collections(id, known)));
    for (String id : order.subList(stay, order.size())) {
      List<String> collections = collections(id, known);
      Optional<String> reader = alias(collections, aliases);
      if (reader.isPresent()) {
        // Solr deletes none that an alias stands for; half of a catalogue is of no use.
        listener.message(
            "left "
                + String.join(" and ", collections)
                + ", since the alias "
                + reader.get()
                + " stands for it; delete or move the alias and push again");
        kept.addAll(collections);
        remembered.add(id);
      } else {
        drop(id, collections, dropped);
      }
    }
    cloud.setGenerations(generation.alias(), remembered);
    return new Outcome(true, kept, dropped);
  }

  /**
   * Aliases to move. An alias of pictures that an earlier push in two collections made goes to the
   * one collection that now has them.
   */
  private List<Generation.Switch> switches() throws IOException {
    List<Generation.Switch> switches = new ArrayList<>(generation.switches());
    if (!generation.twoCollections()
        && cloud.alias(generation.picturesAlias()).filter(generation::isOfThisAlias).isPresent()) {
      switches.add(new Generation.Switch(generation.picturesAlias(), generation.pictures()));
    }
    return switches;
  }

  /** An alias that stands for one of some collections. */
  private static Optional<String> alias(List<String> collections, Map<String, String> aliases) {
    return aliases.entrySet().stream()
        .filter(
            alias ->
                List.of(alias.getValue().split(",", -1)).stream().anyMatch(collections::contains))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What is there of an earlier catalogue; it may have been pushed in another layout. */
  private List<String> collections(String id, List<String> known) {
    List<String> names =
        new ArrayList<>(new Generation(generation.alias(), id, true).collections());
    names.retainAll(known);
    return names;
  }

  private void drop(String id, List<String> collections, List<String> dropped) throws IOException {
    for (String collection : collections) {
      cloud.delete(collection);
      dropped.add(collection);
      listener.message("deleted " + collection);
    }
    String configset = new Generation(generation.alias(), id, false).configset();
    if (cloud.hasConfigset(configset)) {
      cloud.deleteConfigset(configset);
    }
  }
}
