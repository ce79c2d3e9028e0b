package org.seesong.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.seesong.catalogue.Song;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextEncoder.Role;
import org.seesong.index.LyricsSignature;
import org.seesong.index.SearchText;
import org.seesong.index.SongDetails;
import org.seesong.index.SongDocument;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.LyricLines;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Vocabulary;
import org.seesong.text.CleanedLyrics;
import org.seesong.text.LyricsCleaner;
import org.seesong.vector.FloatVector;

/**
 * Makes documents of songs whose keywords and graph embedding are known.
 *
 * @param encoder makes text embeddings; empty to do without
 */
record SongDocuments(
    Vocabulary vocabulary,
    ScriptFolder folder,
    LyricsCleaner cleaner,
    Optional<? extends TextEncoder> encoder) {
  /** Lines of the lyrics that an answer shows. */
  private static final int FIRST_LINES = 4;

  SongDocuments {
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(cleaner, "cleaner");
    Objects.requireNonNull(encoder, "encoder");
  }

  /**
   * What a song's lyrics give to its document.
   *
   * @param folded sung words in one script
   * @param ofKeywords lines of the heaviest keywords
   * @param first how the lyrics begin
   */
  private record Lines(String folded, List<String> ofKeywords, List<String> first) {}

  private Lines lines(Song song, List<WeightedKeyword> carried, KeywordRows rows, int row) {
    CleanedLyrics cleaned = cleaner.clean(song.title(), song.lyrics());
    LyricLines lyrics = new LyricLines(cleaned, folder);
    return new Lines(
        lyrics.folded(),
        KeywordLines.of(carried, vocabulary, rows, row, lyrics),
        firstLines(cleaned));
  }

  private String tellingLines(Lines lines) {
    return TellingLines.of(lines.ofKeywords(), lines.first(), folder);
  }

  /** A song with the keywords of a row; without a graph embedding if that is empty. */
  SongDocument document(Song song, KeywordRows rows, int row, FloatVector embedding) {
    List<WeightedKeyword> carried = carried(rows, row);
    Lines lines = lines(song, carried, rows, row);
    FloatVector text = textEmbedding(tellingLines(lines));
    LyricsSignature signature = LyricsSignatures.of(song, lines.folded(), folder);
    return document(song, carried, lines, new Known(embedding, text, signature));
  }

  /**
   * What is known of a song ahead.
   *
   * @param embedding its graph embedding, or empty
   * @param text its text embedding, or empty
   * @param signature of its lyrics
   */
  record Known(FloatVector embedding, FloatVector text, LyricsSignature signature) {}

  /** A song with the keywords of a row, of which all else is known. */
  SongDocument document(Song song, KeywordRows rows, int row, Known known) {
    List<WeightedKeyword> carried = carried(rows, row);
    return document(song, carried, lines(song, carried, rows, row), known);
  }

  private SongDocument document(
      Song song, List<WeightedKeyword> carried, Lines lines, Known known) {
    return new SongDocument(
        song.id(),
        new SongDetails(
            song.title(),
            song.artist(),
            song.language(),
            song.year(),
            song.popularity(),
            song.attributes()),
        carried,
        lines.ofKeywords(),
        lines.first(),
        new SearchText(folder.fold(song.title()), lines.folded()),
        known.embedding(),
        known.text(),
        known.signature());
  }

  /**
   * What lyrics give ahead of a song's document.
   *
   * @param telling what its text embedding is made of; "" for a song without words
   * @param signature of its lyrics
   */
  record Told(String telling, LyricsSignature signature) {}

  /** What a song's lyrics give ahead. */
  Told told(Song song, KeywordRows rows, int row) {
    Lines lines = lines(song, carried(rows, row), rows, row);
    return new Told(tellingLines(lines), LyricsSignatures.of(song, lines.folded(), folder));
  }

  /** What the text embeddings of songs are made of, but for songs that have none. */
  List<String> tellingLines(List<Song> some, KeywordRows rows) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < some.size(); row++) {
      String text = tellingLines(lines(some.get(row), carried(rows, row), rows, row));
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** The embedding of a song's telling lines; empty without lines or encoder. */
  FloatVector textEmbedding(String text) {
    return text.isEmpty() || encoder.isEmpty()
        ? FloatVector.empty()
        : new FloatVector(encoder.get().encode(List.of(text), Role.PASSAGE)[0]);
  }

  /** The first lines with a sung word; the first lines at all where none has one. */
  private static List<String> firstLines(CleanedLyrics lyrics) {
    List<String> first = new ArrayList<>();
    String[] shown = lyrics.shown().split("\n", -1);
    String[] words = lyrics.words().split("\n", -1);
    for (int i = 0; i < shown.length && first.size() < FIRST_LINES; i++) {
      if (words[i].codePoints().anyMatch(Character::isLetterOrDigit)) {
        first.add(shown[i]);
      }
    }
    return first.isEmpty()
        ? lyrics.shown().lines().filter(line -> !line.isBlank()).limit(FIRST_LINES).toList()
        : first;
  }

  /** The keywords of a song or picture, the heaviest first. */
  List<WeightedKeyword> carried(KeywordRows rows, int row) {
    List<WeightedKeyword> carried = new ArrayList<>();
    for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
      String keyword = vocabulary.displays().get(rows.keywords()[i]);
      carried.add(new WeightedKeyword(keyword, rows.weights()[i]));
    }
    carried.sort(
        (a, b) -> {
          int byWeight = Double.compare(b.weight(), a.weight());
          return byWeight != 0 ? byWeight : a.keyword().compareTo(b.keyword());
        });
    return carried;
  }
}
