package org.seesong.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All lists of this package that decide what is sung, by which an index knows other ones. */
final class TextLists {
  private TextLists() {}

  /** All entries, list by list, each in order, with the list's name before them. */
  static List<String> entries() {
    List<String> entries = new ArrayList<>();
    add(entries, "credit stems", Credits.STEMS);
    add(entries, "credit additions", Credits.ADDITIONS);
    add(entries, "bare credits", Credits.BARE);
    add(entries, "notices", Credits.NOTICES);
    add(entries, "small words", Credits.SMALL_WORDS);
    add(entries, "head tags", MarkupReader.HEAD_TAGS);
    add(entries, "blocks", MarkupReader.BLOCKS);
    add(entries, "inline tags", MarkupReader.INLINE);
    add(entries, "placeholders", Placeholders.WHOLE);
    add(entries, "placeholder parts", List.of(Placeholders.PARTS));
    add(entries, "tracks", Placeholders.TRACKS);
    add(entries, "section names", SectionMarks.PLAIN);
    add(entries, "section words", SectionMarks.WORDS);
    add(entries, "section links", SectionMarks.LINKS);
    add(entries, "page lines", SectionMarks.PAGE_LINES);
    add(entries, "stage parts", StageDirections.PARTS);
    add(entries, "stage roles", StageDirections.ROLES);
    add(entries, "plain roles", StageDirections.PLAIN_ROLES);
    add(
        entries,
        "characters",
        Set.of(StageDirections.ROLE, StageDirections.ACT, StageDirections.NO_NAME));
    return entries;
  }

  private static void add(List<String> entries, String name, Collection<String> list) {
    entries.add(name + ":");
    entries.addAll(new TreeSet<>(list));
  }
}
