package org.seesong.index;

import java.util.List;
import java.util.Objects;
import org.seesong.vector.FloatVector;

/**
 * A song on its way into the index.
 *
 * @param id the owner's name for it, unique among songs, 1 to 1,000 characters
 * @param details what is shown and filtered by
 * @param keywords its keywords, strongest first; empty if none is known
 * @param keywordLines for each keyword a line of the lyrics that holds it, as written, or "" where
 *     there is none; may be shorter than the keywords, whose rest then has none
 * @param firstLines the first few lines of the lyrics, for display
 * @param searchText what text search sees
 * @param graphEmbedding its graph embedding, not all zeros; empty for a song that is not connected
 * @param textEmbedding the text encoder's vector of its most telling lines; empty if it has none
 * @param signature of its lyrics, by which writers of an index find other versions of the song
 */
public record SongDocument(
    String id,
    SongDetails details,
    List<WeightedKeyword> keywords,
    List<String> keywordLines,
    List<String> firstLines,
    SearchText searchText,
    FloatVector graphEmbedding,
    FloatVector textEmbedding,
    LyricsSignature signature) {
  public SongDocument {
    IndexLayout.checkTerm("id of a song", id);
    Objects.requireNonNull(details, "details");
    Objects.requireNonNull(searchText, "searchText");
    Objects.requireNonNull(graphEmbedding, "graphEmbedding");
    Objects.requireNonNull(textEmbedding, "textEmbedding");
    Objects.requireNonNull(signature, "signature");
    keywords = List.copyOf(keywords);
    keywordLines = List.copyOf(keywordLines);
    firstLines = List.copyOf(firstLines);
    IndexLayout.checkKeywords(keywords);
    IndexLayout.checkKeywordLines(keywords, keywordLines);
  }

  /** A song without a text embedding. */
  public SongDocument(
      String id,
      SongDetails details,
      List<WeightedKeyword> keywords,
      List<String> keywordLines,
      List<String> firstLines,
      SearchText searchText,
      FloatVector graphEmbedding,
      LyricsSignature signature) {
    this(
        id,
        details,
        keywords,
        keywordLines,
        firstLines,
        searchText,
        graphEmbedding,
        FloatVector.empty(),
        signature);
  }
}
