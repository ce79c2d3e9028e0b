package org.seesong.build;

/** Which pictures get keywords from the classes that the encoder's network tells apart. */
public enum ClassKeywordsOption {
  /** Those of catalogues without any label, if the network has classes. */
  AUTO,
  /** All that have no label of their own; an error if the network has no classes. */
  ON,
  /** None. */
  OFF
}
