package org.seesong.solr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.seesong.index.IndexLayout;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/** Parameters of requests between nodes. */
final class HopParams {
  /** What all internal parameters begin with. */
  static final String PREFIX = "seesong.";

  /** Which hop: one of the next six. */
  static final String HOP = "seesong.hop";

  /** Asks for vectors of documents. */
  static final String VECTOR = "vector";

  /** Asks for the pictures that look most like a vector. */
  static final String PICTURES = "pictures";

  /** Asks for the songs nearest to some vectors. */
  static final String SONGS = "songs";

  /** Asks for the songs nearest to words, and those nearest to some vectors. */
  static final String WORDS = "words";

  /** Asks for sums of graph embeddings of what carries keywords. */
  static final String KEYWORDS = "keywords";

  /** A keyword; may come several times. */
  static final String KEYWORD = "seesong.keyword";

  /** Whether songs carry the keywords rather than pictures. */
  static final String OF_SONGS = "seesong.songs";

  /** Asks which songs are versions of others. */
  static final String VERSIONS = "versions";

  /** What versions of a song have in common; may come several times. */
  static final String KEY = "seesong.key";

  /** Whether graph embeddings are wanted rather than image embeddings. */
  static final String GRAPH = "seesong.graph";

  /** Id of a document; may come several times. */
  static final String ID = "seesong.id";

  /** A vector; may come several times. */
  static final String TARGET = "seesong.target";

  /** Words and their space, as {@link #encode(TwoHopCoordinator.Target)} writes them. */
  static final String TEXT = "seesong.text";

  /** How many songs nearest to the words; 0 for none. */
  static final String TEXT_K = "seesong.text.k";

  /** Id and dimension of the targets' space. */
  static final String SPACE = "seesong.space";

  static final String DIMENSION = "seesong.dimension";

  /** How many neighbours of each target. */
  static final String K = "seesong.k";

  static final String MODE = "seesong.mode";
  static final String CANDIDATES = "seesong.candidates";

  /** Whether only pictures with a graph embedding count. */
  static final String CONNECTED = "seesong.connected";

  /** What of documents is wanted: one of the next four. */
  static final String WANT = "seesong.want";

  static final String ARTIST = "artist";

  static final String EMBEDDING = "embedding";

  /** Part of songs and pictures: keywords in one order with their weights. */
  static final String WEIGHTS = "weights";

  /** Ids of the songs of the answer, in its order, as a JSON list. */
  static final String PICKS = "seesong.picks";

  /** What the names of points begin with that were looked up for the whole request. */
  private static final String POINT = "seesong.point.";

  private HopParams() {}

  /**
   * Name of the parameter by which shards get the vector of a document.
   *
   * @param path the handler that looked it up
   * @param graph whether it is the graph embedding
   */
  static String point(String path, String id, boolean graph) {
    return POINT + (graph ? "graph " : "image ") + path + ' ' + id;
  }

  /** A vector and its space in one text. */
  static String encode(TwoHopCoordinator.Target target) {
    return encode(target.vector()) + ' ' + target.space().id();
  }

  /** Reads what {@link #encode(TwoHopCoordinator.Target)} writes. */
  static TwoHopCoordinator.Target decodeTarget(String name, String text) {
    int space = Math.max(0, text.indexOf(' '));
    FloatVector vector = decode(name, text.substring(0, space));
    if (vector.norm() > IndexLayout.MAX_NORM) {
      throw new SolrException(ErrorCode.BAD_REQUEST, name + " is too long to compare");
    }
    return new TwoHopCoordinator.Target(
        vector, space(text.substring(space + 1), vector.dimension()));
  }

  /**
   * Refuses internal parameters from outside. A node marks its requests as Solr's own nodes do, as
   * shard requests that go no further; what they can ask for is checked like anything else, and the
   * handler's {@code appends} and {@code invariants} hold for them.
   */
  static void refuseFromOutside(SolrParams params) {
    if (params.getBool(ShardParams.IS_SHARD, false)
        && !params.getBool(CommonParams.DISTRIB, true)) {
      return;
    }
    for (Iterator<String> names = params.getParameterNamesIterator(); names.hasNext(); ) {
      String name = names.next();
      if (name.startsWith(PREFIX)) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            "parameter '" + name + "' is for requests between nodes and not taken from outside");
      }
    }
  }

  /** Base64url of 32-bit floats, little endian. */
  static String encode(FloatVector vector) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(vector));
  }

  /** Reads what {@link #encode} writes, padded or not, and refuses what is no vector. */
  static FloatVector decode(String name, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, name + " must be base64url: " + e.getMessage(), e);
    }
    if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          name
              + " must be base64url of 32-bit floats, 4 bytes each; got "
              + bytes.length
              + " bytes");
    }
    try {
      return vector(bytes);
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, name + ": " + e.getMessage(), e);
    }
  }

  static byte[] bytes(FloatVector vector) {
    ByteBuffer buffer = ByteBuffer.allocate(vector.dimension() * Float.BYTES);
    buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector.values());
    return buffer.array();
  }

  static FloatVector vector(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new FloatVector(values);
  }

  static void setSpace(ModifiableSolrParams params, VectorSpace space) {
    params.set(SPACE, space.id());
    params.set(DIMENSION, space.dimension());
  }

  static VectorSpace space(SolrParams params) {
    SolrParams required = params.required();
    return space(required.get(SPACE), required.getInt(DIMENSION));
  }

  private static VectorSpace space(String id, int dimension) {
    try {
      return new VectorSpace(id, dimension);
    } catch (IllegalArgumentException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, SPACE + ": " + e.getMessage(), e);
    }
  }

  static Set<Long> keys(SolrParams params) {
    try {
      return Arrays.stream(params.required().getParams(KEY))
          .map(Long::valueOf)
          .collect(Collectors.toSet());
    } catch (NumberFormatException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, KEY + ": " + e.getMessage(), e);
    }
  }

  static List<Double> doubles(List<?> numbers) {
    return numbers.stream().map(number -> ((Number) number).doubleValue()).toList();
  }

  /** The targets, all of one space. */
  static List<float[]> targets(SolrParams params, VectorSpace space) {
    List<float[]> targets = new ArrayList<>();
    for (String text : params.required().getParams(TARGET)) {
      FloatVector vector = decode(TARGET, text);
      if (vector.dimension() != space.dimension()) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            TARGET + " has " + vector.dimension() + " numbers, but space " + space);
      }
      targets.add(vector.values());
    }
    return targets;
  }
}
