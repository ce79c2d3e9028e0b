package org.seesong.bench.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A way to find near vectors, for measuring beside others. */
interface VectorLibrary {
  /**
   * What figures call it.
   *
   * @return name and version
   */
  String name();

  /**
   * Builds an index and keeps it in files.
   *
   * @param vectors all vectors, of one dimension
   * @param connections neighbours of a node of the graph
   * @param candidates neighbours looked at for a new node
   * @param folder an empty folder for the files
   * @throws IOException if files cannot be written
   */
  void build(List<float[]> vectors, int connections, int candidates, Path folder)
      throws IOException;

  /**
   * Opens what {@link #build} kept, in the way that searches it fastest.
   *
   * @param vectors the same vectors; not changed while the index is open
   * @param folder where it was built
   * @return the index, to be closed by the caller
   * @throws IOException if files cannot be read
   */
  Index open(List<float[]> vectors, Path folder) throws IOException;

  /** Vectors ready to be searched by any number of threads. */
  interface Index extends AutoCloseable {
    /**
     * The nearest vectors by Euclidean distance.
     *
     * @param query of the vectors' dimension
     * @param count how many, at least 1
     * @param candidates how many are looked at closely, at least {@code count}
     * @return numbers of vectors, nearest first
     * @throws IOException if reading fails
     */
    int[] nearest(float[] query, int count, int candidates) throws IOException;

    /**
     * Its size.
     *
     * @return bytes on disk, or in memory if it is only there
     */
    long bytes();

    @Override
    void close() throws IOException;
  }
}
