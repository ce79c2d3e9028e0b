package org.seesong.push;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a catalogue is pushed. Start with {@link #DEFAULT}.
 *
 * @param alias what readers call the catalogue
 * @param layout which collections it makes
 * @param encoder the encoder that nodes open for pictures in requests, see {@link
 *     org.seesong.solr.Configset}; "" for the one that the catalogue was built with
 * @param load how documents are sent
 * @param switching what happens once all is there
 */
public record PushOptions(
    String alias, Layout layout, String encoder, Load load, Switching switching) {
  /** Solr's own rule for names, with room for what we append. The default below needs it. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  /** One collection of one shard, called seesong; the catalogue before it is kept. */
  public static final PushOptions DEFAULT =
      new PushOptions(
          "seesong", new Layout(false, 1, 1), "", new Load(500, 2, 8), new Switching(true, 1));

  /**
   * Which collections.
   *
   * @param twoCollections whether pictures get a collection of their own
   * @param shards shards of each collection, at least 1
   * @param replicas replicas of each shard, at least 1
   * @param configset a configset that SolrCloud has, used as it is; "" for Seesong's own, which is
   *     made for each catalogue
   */
  public record Layout(boolean twoCollections, int shards, int replicas, String configset) {
    public Layout {
      require("shards", shards, 1, 10_000);
      require("replicas", replicas, 1, 1000);
      Objects.requireNonNull(configset, "configset");
      if (twoCollections && !configset.isEmpty()) {
        throw new IllegalArgumentException(
            "--configset and --two-collections exclude each other: songs must name the collection"
                + " of their own pictures, which changes with every push, and a configset that is"
                + " used as it is cannot");
      }
    }

    /**
     * A layout of Seesong's own configset.
     *
     * @param twoCollections whether pictures get a collection of their own
     * @param shards shards of each collection, at least 1
     * @param replicas replicas of each shard, at least 1
     */
    public Layout(boolean twoCollections, int shards, int replicas) {
      this(twoCollections, shards, replicas, "");
    }
  }

  /**
   * How documents are sent. Memory is bounded by batches times threads.
   *
   * @param batch most documents of one request
   * @param threads requests that run side by side
   * @param retries how often a request is tried again, with growing pauses, before the push fails
   */
  public record Load(int batch, int threads, int retries) {
    public Load {
      require("batch", batch, 1, 100_000);
      require("threads", threads, 1, 256);
      require("retries", retries, 0, 100);
    }
  }

  /**
   * What happens once all is there.
   *
   * @param alias whether readers get it at once
   * @param keep earlier catalogues that stay, the newest first
   */
  public record Switching(boolean alias, int keep) {
    public Switching {
      require("keep", keep, 0, 1000);
    }
  }

  public PushOptions {
    if (!NAME.matcher(alias).matches()) {
      throw new IllegalArgumentException(
          "the collection's name must be 1 to 100 letters, digits, '.', '_' or '-' and begin with"
              + " a letter, a digit or '_'; got: '"
              + alias
              + "'");
    }
  }

  private static void require(String name, int value, int from, int to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          name + " must be " + from + " to " + to + "; got: " + value);
    }
  }
}
