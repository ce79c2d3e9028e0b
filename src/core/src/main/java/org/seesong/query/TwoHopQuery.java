package org.seesong.query;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.seesong.encoder.TextEncoder;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/** What songs are to fit: pictures, words, both together, a keyword or a song. */
public sealed interface TwoHopQuery {
  /** Most examples in one query. */
  int MAX_EXAMPLES = 100;

  /** Largest weight of an example, and largest amount of a negative one. */
  double MAX_WEIGHT = 1000;

  /**
   * Songs that fit pictures: like those of positive weight, less like those of negative weight.
   *
   * <p>Hop one searches around one point of image embeddings. With p the mean of the positive
   * examples by their weights, each weight taken as its share w of the positive weights' sum, the
   * point is p plus, for each negative example n, |w| (p - n): away from n. The weights of all
   * examples then add up to 1, so that pictures x come in the order of the sum of w |x - v|^2 over
   * examples v: near the positive ones, far from the negative ones, wherever the origin is.
   * Distances are told from that point. Multiplying all weights by a number changes nothing.
   *
   * @param examples 1 to 100 pictures, one of them at least with a positive weight
   */
  record Pictures(List<Example> examples) implements TwoHopQuery {
    public Pictures {
      examples = List.copyOf(examples);
      if (examples.isEmpty() || examples.size() > MAX_EXAMPLES) {
        throw new QueryException(
            "a query must have 1 to " + MAX_EXAMPLES + " pictures; got: " + examples.size());
      }
      if (examples.stream().allMatch(example -> example.weight() < 0)) {
        throw new QueryException(
            "a query must have a picture of positive weight; 'less like that' alone says nothing");
      }
    }
  }

  /**
   * Songs that fit a keyword. Hop one finds, of the pictures that carry it, those whose graph
   * embeddings are nearest to the mean of all of them; where no picture carries it, the pictures
   * nearest to the mean of the songs that do. Pictures' distances are of graph embeddings.
   *
   * @param keyword a keyword of the index, as it is listed there
   */
  record Keyword(String keyword) implements TwoHopQuery {
    public Keyword {
      if (keyword.isBlank()) {
        throw new QueryException("keyword must not be blank");
      }
    }
  }

  /**
   * Songs and pictures near a song by graph embeddings. Songs are found from the song itself and
   * not by way of pictures; the song itself is not among them. Pictures' distances are of graph
   * embeddings.
   *
   * @param songId id of a song of the index
   */
  record Song(String songId) implements TwoHopQuery {
    public Song {
      if (songId.isBlank()) {
        throw new QueryException("id of a song must not be blank");
      }
    }
  }

  /**
   * Songs that fit words, or pictures and words together; {@link SongFinder#words} encodes words.
   *
   * <p>Of words alone, the songs are those whose text embeddings are nearest. With pictures, the
   * nearest songs of the words and those of hop one's pictures are compared with both, and ordered
   * by the weighted sum of their ranks: by distance from the words, and by distance from the
   * pictures' centroid. So songs that fit both well lead. {@code coverage} does not count. Answers
   * have no confidence.
   *
   * @param space the text encoder's space
   * @param target what songs are compared with, of length 1
   * @param findsSongs whether the songs nearest to the words are candidates; false, with pictures
   *     only, where the words say no more than what songs should be without
   * @param pictures the pictures, if any
   * @param weight of the words against the pictures, 0 to 1; read only with pictures
   */
  record Words(
      VectorSpace space,
      FloatVector target,
      boolean findsSongs,
      Optional<Pictures> pictures,
      double weight)
      implements TwoHopQuery {
    /** Most characters of a text. */
    public static final int MAX_LENGTH = 500;

    /** Weight of words beside pictures unless a query says another. */
    public static final double DEFAULT_WEIGHT = 0.5;

    private static final double LENGTH_TOLERANCE = 1e-3;

    public Words {
      if (target.dimension() != space.dimension()) {
        throw new IllegalArgumentException(
            "words of space " + space + " cannot have " + target.dimension() + " numbers");
      }
      if (!(Math.abs(target.norm() - 1) < LENGTH_TOLERANCE)) {
        throw new IllegalArgumentException(
            "vector of words must have length 1; got: " + target.norm());
      }
      Objects.requireNonNull(pictures, "pictures");
      if (!(weight >= 0 && weight <= 1)) {
        throw new QueryException("weight of words must be 0 to 1; got: " + weight);
      }
    }

    /**
     * Encodes words; {@link SongFinder#words} does so with the encoder of its index.
     *
     * @param words what songs should speak of, at most 500 characters; "" for nothing
     * @param without what they should not speak of, likewise; alone it needs pictures beside it
     * @return the words without pictures, of the encoder's space
     * @throws QueryException if a text is too long or both are blank
     */
    public static Words encode(TextEncoder encoder, String words, String without) {
      check(words, without);
      return new Words(
          encoder.space(),
          QueryVectors.combine(vector(encoder, words), vector(encoder, without)),
          !words.isBlank(),
          Optional.empty(),
          DEFAULT_WEIGHT);
    }

    /** Refuses what {@link #encode} refuses, before an encoder is there. */
    static void check(String words, String without) {
      checkLength("words", words);
      checkLength("words to be without", without);
      if (words.isBlank() && without.isBlank()) {
        throw new QueryException("words must not be blank");
      }
    }

    /**
     * Refuses a text that is too long.
     *
     * @param what the text's name in the message
     */
    public static void checkLength(String what, String text) {
      int length = text.codePointCount(0, text.length());
      if (length > MAX_LENGTH) {
        throw new QueryException(
            what + " must have at most " + MAX_LENGTH + " characters; got: " + length);
      }
    }

    private static Optional<float[]> vector(TextEncoder encoder, String text) {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(encoder.encode(List.of(text), TextEncoder.Role.QUERY)[0]);
    }

    /** The same words beside pictures. */
    public Words with(Pictures beside, double wordsWeight) {
      return new Words(space, target, findsSongs, Optional.of(beside), wordsWeight);
    }
  }

  /** A picture that a query names and how much it counts. */
  sealed interface Example {
    /**
     * How much it counts.
     *
     * @return its weight, not 0; negative for "less like that"
     */
    double weight();

    /**
     * A picture from outside, by its vector.
     *
     * @param image encoded by the index's encoder
     * @param weight -1,000 to 1,000, not 0
     */
    record Encoded(EncodedImage image, double weight) implements Example {
      public Encoded {
        Objects.requireNonNull(image, "image");
        checkWeight(weight);
      }
    }

    /**
     * A picture of the index.
     *
     * @param pictureId its id
     * @param weight -1,000 to 1,000, not 0
     */
    record Indexed(String pictureId, double weight) implements Example {
      public Indexed {
        Objects.requireNonNull(pictureId, "pictureId");
        checkWeight(weight);
      }
    }
  }

  private static void checkWeight(double weight) {
    if (weight == 0 || !(Math.abs(weight) <= MAX_WEIGHT)) {
      throw new QueryException(
          "weight of a picture must be -"
              + MAX_WEIGHT
              + " to "
              + MAX_WEIGHT
              + ", not 0; got: "
              + weight);
    }
  }

  /**
   * One picture from outside.
   *
   * @param image encoded by the index's encoder
   */
  static TwoHopQuery of(EncodedImage image) {
    return new Pictures(List.of(new Example.Encoded(image, 1)));
  }

  /** One picture of the index. */
  static TwoHopQuery ofPicture(String pictureId) {
    return new Pictures(List.of(new Example.Indexed(pictureId, 1)));
  }
}
