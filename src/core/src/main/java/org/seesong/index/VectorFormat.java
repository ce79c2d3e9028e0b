package org.seesong.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.seesong.knn.IvfVectorsFormat;
import org.seesong.vector.VectorSpace;

/** How an index keeps its vectors. */
public enum VectorFormat {
  /** Seesong's format, see {@link IvfVectorsFormat}: any Lucene that has its jar reads it. */
  IVF {
    @Override
    KnnVectorsFormat format() {
      return new IvfVectorsFormat();
    }
  },

  /**
   * Lucene's own graph (HNSW) of vectors of 7 bits a number, with 32 connections and 200
   * candidates, which any Lucene opens. Takes about ten times as long to write and answers more
   * slowly.
   */
  LUCENE {
    @Override
    KnnVectorsFormat format() {
      return new Longer(
          new Lucene99HnswScalarQuantizedVectorsFormat(
              CONNECTIONS, CANDIDATES, 1, 7, false, null, null));
    }
  };

  /** Neighbours of a vector in a graph of Lucene, as Solr's fields have them, too. */
  public static final int CONNECTIONS = 32;

  /** Candidates for these neighbours while a graph is built. */
  public static final int CANDIDATES = 200;

  /** Under which name an index's identity has it among its options. */
  public static final String OPTION = "vectors";

  /** A format for writing. */
  abstract KnnVectorsFormat format();

  /**
   * What options call it.
   *
   * @return such as {@code ivf}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that an index was built with, to which changes keep.
   *
   * @return its format; {@link #IVF} where it names none that is known, as indexes of earlier
   *     versions do: what is there stays readable and moves to it as segments are merged
   */
  public static VectorFormat of(IndexMetadata identity) {
    String label = identity.build().options().getOrDefault(OPTION, "");
    return Arrays.stream(values())
        .filter(format -> format.label().equals(label))
        .findFirst()
        .orElse(IVF);
  }

  /** Lucene's format under its own name, with room for vectors of more than 1,024 numbers. */
  private static final class Longer extends KnnVectorsFormat {
    private final KnnVectorsFormat lucene;

    Longer(KnnVectorsFormat lucene) {
      super(lucene.getName());
      this.lucene = lucene;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return lucene.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return lucene.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String fieldName) {
      return VectorSpace.MAX_DIMENSION;
    }

    @Override
    public String toString() {
      return lucene.toString();
    }
  }
}
