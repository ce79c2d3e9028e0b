package org.seesong.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.seesong.index.CatalogueIndex;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Vocabulary;
import org.seesong.query.KeywordBoost;
import org.seesong.query.PictureFilter;
import org.seesong.query.SongFilter;
import org.seesong.query.TwoHopOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds keywords of an index in any script, width, case or form: {@code Umbrellas} is {@code
 * umbrella} and 傘 is 伞, as for the build.
 *
 * <p>Loads what that takes when it is first needed, half a second; from then on the index may be
 * closed. Safe for any number of threads.
 */
public final class KeywordLookup {
  private static final Logger LOG = LoggerFactory.getLogger(KeywordLookup.class);

  private final CatalogueIndex index;
  private List<String> names = List.of();
  private Vocabulary vocabulary;
  private ScriptFolder folder;

  /**
   * A look-up in an index.
   *
   * @param index the index; the build's corrections to the folding of scripts count, if they are
   *     beside it still; a warning says if they cannot be read
   */
  public KeywordLookup(CatalogueIndex index) {
    this.index = Objects.requireNonNull(index, "index");
  }

  /**
   * The keyword as the index writes it.
   *
   * @return the index's keyword; as asked if there is none
   * @throws IOException if reading fails
   */
  public synchronized String find(String asked) throws IOException {
    if (names.isEmpty()) {
      names = index.keywords().stream().map(keyword -> keyword.keyword()).toList();
    }
    if (names.contains(asked)) {
      return asked;
    }
    if (vocabulary == null) {
      vocabulary = Vocabulary.of(names, scripts());
    }
    int id = vocabulary.idOf(asked);
    return id < 0 ? asked : vocabulary.displays().get(id);
  }

  /**
   * The options with keywords in their filters and boosts as the index writes them.
   *
   * @throws IOException if reading fails
   */
  public TwoHopOptions find(TwoHopOptions options) throws IOException {
    List<SongFilter> filters = new ArrayList<>();
    for (SongFilter filter : options.filters()) {
      filters.add(
          filter.field().equalsIgnoreCase("keyword")
              ? new SongFilter(filter.field(), filter.negated(), find(filter.value()))
              : filter);
    }
    List<PictureFilter> pictureFilters = new ArrayList<>();
    for (PictureFilter filter : options.pictureFilters()) {
      pictureFilters.add(
          filter.field().equals("keyword")
              ? new PictureFilter("keyword", filter.negated(), find(filter.value()))
              : filter);
    }
    List<KeywordBoost> boosts = new ArrayList<>();
    for (KeywordBoost boost : options.boosts()) {
      boosts.add(new KeywordBoost(find(boost.keyword()), boost.weight()));
    }
    return options.toBuilder()
        .filters(filters)
        .pictureFilters(pictureFilters)
        .boosts(boosts)
        .build();
  }

  /** A text in the script, width and case that the build folded lyrics to before encoding them. */
  public synchronized String fold(String text) {
    return scripts().fold(text);
  }

  /** The build's, or where nothing is left of them, our own, and so where they cannot be read. */
  private ScriptFolder scripts() {
    if (folder == null) {
      folder = readScripts();
    }
    return folder;
  }

  private ScriptFolder readScripts() {
    ModelFolder model = new ModelFolder(index.folder().resolveSibling("model"), index.metadata());
    if (model.isThere()) {
      try {
        return model.readKeywords().reading().folder();
      } catch (IOException e) {
        LOG.warn("{}; until then keywords are looked up by the built-in table", e.getMessage());
      }
    }
    return ScriptFolder.builtIn();
  }
}
