package org.seesong.push;

/** Hears how far a push is; called by several threads. */
public interface PushListener {
  /** Hears nothing. */
  PushListener NONE =
      new PushListener() {
        @Override
        public void message(String line) {}

        @Override
        public void pushed(long done, long total) {}
      };

  /**
   * Something a person may want to know.
   *
   * @param line one line of text
   */
  void message(String line);

  /**
   * Documents that Solr holds by now.
   *
   * @param done of this catalogue
   * @param total documents of the catalogue
   */
  void pushed(long done, long total);
}
