package org.seesong.build;

/** The stages of a build, in their order. */
public enum Stage {
  /** Reads songs and pictures from their files. */
  CATALOGUE("reading the catalogue", "songs and pictures"),
  /** Decodes and encodes pictures that no earlier build encoded. */
  ENCODING("encoding pictures", "pictures"),
  /** Chooses keywords and weighs them in every song. */
  KEYWORDS("finding keywords", "songs"),
  /** Encodes lines of lyrics by a text encoder and weighs keywords by what they mean there. */
  LYRICS("encoding lyrics", "lines"),
  /** Propagates labels to pictures that look alike: compares, sums, predicts each. */
  LABEL("comparing pictures", "steps"),
  /** Joins songs, keywords and pictures in a graph. */
  GRAPH("joining the network", "edges"),
  /** Learns a vector for each song and picture. */
  EMBEDDING("learning the embedding", "samples"),
  /** Writes the Lucene index and makes it visible. */
  INDEX("writing the index", "documents");

  private final String title;
  private final String unit;

  Stage(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** What the stage does, for people. */
  public String title() {
    return title;
  }

  /** What its progress counts. */
  public String unit() {
    return unit;
  }
}
