package org.seesong.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seesong.query.QueryException;
import org.seesong.query.SearchMode;
import org.seesong.query.TwoHopOptions;

/**
 * A search as it was asked for. One of pictures, keyword, song and words is there; words may stand
 * beside pictures.
 *
 * @param pictures in order; may be empty
 * @param words "" for none
 * @param withoutWords "" for none
 * @param wordsWeight null where none is given
 */
record SearchRequest(
    List<Picture> pictures,
    Optional<String> keyword,
    Optional<String> song,
    String words,
    String withoutWords,
    Double wordsWeight,
    TwoHopOptions options) {
  static final List<String> FIELDS =
      List.of(
          "pictures",
          "keyword",
          "song",
          "words",
          "withoutWords",
          "wordsWeight",
          "filters",
          "pictureFilters",
          "boosts",
          "exclude",
          "songs",
          "nearestPictures",
          "songsPerPicture",
          "coverage",
          "variety",
          "maxPerArtist",
          "preset",
          "fill",
          "versions",
          "exact");

  private static final List<String> PICTURE_FIELDS = List.of("upload", "id", "key", "weight");

  /** A picture by exactly one of three names. */
  sealed interface Picture {
    double weight();
  }

  /** The picture of a file part, from 0. */
  record Uploaded(int upload, double weight) implements Picture {}

  /** A picture of the index. */
  record Indexed(String id, double weight) implements Picture {}

  /** A picture that was uploaded before. */
  record Remembered(String key, double weight) implements Picture {}

  SearchRequest {
    pictures = List.copyOf(pictures);
  }

  boolean hasWords() {
    return !words.isEmpty() || !withoutWords.isEmpty();
  }

  /**
   * Reads a request.
   *
   * @param uploads pictures that came with it; all count with weight 1 unless it names pictures
   * @throws ApiException if a field is unknown or has another type, or they do not go together
   * @throws QueryException if a value is out of range
   */
  static SearchRequest read(ObjectNode json, int uploads) {
    Fields fields = new Fields(json, "the request", FIELDS);
    List<Picture> pictures = pictures(fields, uploads);
    SearchRequest request =
        new SearchRequest(
            pictures,
            fields.text("keyword"),
            fields.text("song"),
            fields.text("words").orElse(""),
            fields.text("withoutWords").orElse(""),
            fields.number("wordsWeight").orElse(null),
            options(fields));
    request.requireOneQuestion();
    return request;
  }

  private static List<Picture> pictures(Fields fields, int uploads) {
    Optional<List<Fields>> named = fields.objects("pictures", PICTURE_FIELDS);
    List<Picture> pictures = new ArrayList<>();
    if (named.isEmpty()) {
      for (int i = 0; i < uploads; i++) {
        pictures.add(new Uploaded(i, 1));
      }
      return pictures;
    }
    Set<Integer> used = new TreeSet<>();
    for (Fields picture : named.get()) {
      Picture read = picture(picture, uploads);
      if (read instanceof Uploaded uploaded) {
        used.add(uploaded.upload());
      }
      pictures.add(read);
    }
    if (used.size() < uploads) {
      throw ApiException.invalid(
          uploads
              + " pictures are uploaded, but field 'pictures' names "
              + used.size()
              + " of them; name each by {\"upload\":0}, {\"upload\":1} and so on, or leave the"
              + " field out to ask by all");
    }
    return pictures;
  }

  private static Picture picture(Fields fields, int uploads) {
    double weight = fields.number("weight").orElse(1.0);
    Optional<Integer> upload = fields.whole("upload");
    Optional<String> id = fields.text("id");
    Optional<String> key = fields.text("key");
    if ((upload.isPresent() ? 1 : 0) + (id.isPresent() ? 1 : 0) + (key.isPresent() ? 1 : 0) != 1) {
      throw ApiException.invalid(
          fields.where() + " must have exactly one of 'upload', 'id' and 'key'");
    }
    if (id.isPresent()) {
      return new Indexed(id.get(), weight);
    }
    if (key.isPresent()) {
      if (!key.get().matches("[0-9a-f]{64}")) {
        throw ApiException.invalid(
            "key in " + fields.where() + " must be 64 hexadecimal digits, as an answer gave them");
      }
      return new Remembered(key.get(), weight);
    }
    if (upload.get() < 0 || upload.get() >= uploads) {
      throw ApiException.invalid(
          "upload in "
              + fields.where()
              + " must number one of the "
              + uploads
              + " uploaded pictures, from 0; got: "
              + upload.get());
    }
    return new Uploaded(upload.get(), weight);
  }

  private static TwoHopOptions options(Fields fields) {
    TwoHopOptions.Builder options =
        preset(fields.text("preset").orElse("default"))
            .filters(fields.texts("filters").toArray(String[]::new))
            .pictureFilters(fields.texts("pictureFilters").toArray(String[]::new))
            .boosts(fields.texts("boosts").toArray(String[]::new))
            .excludedSongs(new TreeSet<>(fields.texts("exclude")))
            .versions(fields.flag("versions"))
            .mode(fields.flag("exact") ? SearchMode.EXACT : SearchMode.AUTO);
    fields.whole("nearestPictures").ifPresent(options::pictures);
    if (fields.whole("songs").isPresent() && fields.whole("songsPerPicture").isPresent()) {
      throw ApiException.invalid("give songs or songsPerPicture, not both");
    }
    fields.whole("songs").ifPresent(options::songs);
    fields.whole("songsPerPicture").ifPresent(options::songsPerPicture);
    fields.whole("maxPerArtist").ifPresent(options::maxPerArtist);
    fields.number("coverage").ifPresent(options::coverage);
    fields.number("variety").ifPresent(options::variety);
    if (fields.flag("fill")) {
      options.fill(true);
    }
    try {
      return options.build();
    } catch (QueryException e) {
      throw new QueryException(inOurNames(e.getMessage()));
    }
  }

  /** A message of the library with the names of our fields for two of its options. */
  private static String inOurNames(String message) {
    return message
        .replaceFirst("^pictures ", "nearestPictures ")
        .replaceFirst("^excludedSongs ", "exclude ");
  }

  private static TwoHopOptions.Builder preset(String name) {
    return switch (name) {
      case "default" -> TwoHopOptions.builder();
      case "paper" -> TwoHopOptions.PAPER.toBuilder();
      default -> throw ApiException.invalid("preset must be default or paper; got: '" + name + "'");
    };
  }

  private void requireOneQuestion() {
    List<String> kinds = new ArrayList<>();
    if (!pictures.isEmpty()) {
      kinds.add("pictures");
    }
    keyword.ifPresent(word -> kinds.add("keyword"));
    song.ifPresent(id -> kinds.add("song"));
    if (hasWords() && pictures.isEmpty()) {
      kinds.add("words");
    }
    if (kinds.isEmpty()) {
      throw ApiException.invalid(
          "say what to search by: upload a picture, or name pictures, words, a keyword or a song");
    }
    if (kinds.size() > 1 || (hasWords() && keyword.or(() -> song).isPresent())) {
      throw ApiException.invalid(
          "search by one of these at a time: "
              + String.join(", ", kinds)
              + "; words may stand beside pictures");
    }
    if (words.isEmpty() && !withoutWords.isEmpty() && pictures.isEmpty()) {
      throw ApiException.invalid("withoutWords needs words or pictures beside it");
    }
    if (wordsWeight != null && (pictures.isEmpty() || !hasWords())) {
      throw ApiException.invalid("wordsWeight is for words beside pictures; leave it out");
    }
  }
}
