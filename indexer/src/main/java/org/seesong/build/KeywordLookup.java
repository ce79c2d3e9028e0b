package org.seesong.build;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.seesong.index.CatalogueIndex;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Vocabulary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds keywords of an index in any script, width, case or form: {@code Umbrellas} is {@code
 * umbrella} and 傘 is 伞, as for the build.
 *
 * <p>Loads what that takes when it is first needed, half a second. For one thread.
 */
public final class KeywordLookup {
  private static final Logger LOG = LoggerFactory.getLogger(KeywordLookup.class);

  private final CatalogueIndex index;
  private List<String> names = List.of();
  private Vocabulary vocabulary;

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
  public String find(String asked) throws IOException {
    if (vocabulary == null) {
      names = index.keywords().stream().map(keyword -> keyword.keyword()).toList();
      if (names.contains(asked)) {
        return asked;
      }
      vocabulary = Vocabulary.of(names, scripts());
    }
    if (names.contains(asked)) {
      return asked;
    }
    int id = vocabulary.idOf(asked);
    return id < 0 ? asked : vocabulary.displays().get(id);
  }

  /** A text in the script, width and case that the build folded lyrics to before encoding them. */
  public String fold(String text) {
    return scripts().fold(text);
  }

  /** The build's, or where nothing is left of them, our own, and so where they cannot be read. */
  private ScriptFolder scripts() {
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
