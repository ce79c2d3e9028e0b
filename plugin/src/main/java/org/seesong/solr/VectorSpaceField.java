package org.seesong.solr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.schema.DenseVectorField;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.util.vector.DenseVectorParser;
import org.apache.solr.util.vector.DenseVectorParser.BuilderPhase;
import org.seesong.index.IndexLayout;
import org.seesong.vector.Centering;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * Solr's vector field that also says which space its vectors are of, so that vectors of another
 * encoder or embedding are refused and not compared.
 *
 * <p>In a schema it is written like Solr's, with one more attribute: {@code space}, the id of what
 * made the vectors, and where they are centred ones a second: {@code centering}, a {@link
 * Centering} as text, by which vectors of the encoder in queries are centred. Vectors are compared
 * by Euclidean distance only. NaN, infinity and vectors too long to be compared are refused when
 * they are indexed.
 */
public final class VectorSpaceField extends DenseVectorField {
  private static final String SPACE = "space";

  private static final String CENTERING = "centering";

  private VectorSpace space;
  private Optional<Centering> centering = Optional.empty();

  /** For Solr, which calls {@link #init} next. */
  public VectorSpaceField() {}

  @Override
  public void init(IndexSchema schema, Map<String, String> args) {
    String id = args.remove(SPACE);
    String mean = args.remove(CENTERING);
    if (id == null) {
      throw refusal(
          "field type '"
              + typeName
              + "' needs the attribute 'space': the id of the encoder or embedding that makes its"
              + " vectors");
    }
    super.init(schema, args);
    if (getSimilarityFunction() != VectorSimilarityFunction.EUCLIDEAN) {
      throw refusal(
          "field type '"
              + typeName
              + "' must have similarityFunction 'euclidean'; got: "
              + getSimilarityFunction());
    }
    if (getVectorEncoding() != VectorEncoding.FLOAT32) {
      throw refusal(
          "field type '"
              + typeName
              + "' must have vectorEncoding 'FLOAT32' or none; got: "
              + getVectorEncoding());
    }
    try {
      space = new VectorSpace(id, getDimension());
      if (mean != null && !mean.isEmpty()) {
        centering = Optional.of(Centering.parse(mean));
        if (!centering.get().space().equals(space)) {
          throw new IllegalArgumentException(
              "its centering makes vectors of " + centering.get().space() + ", not of " + space);
        }
      }
    } catch (IllegalArgumentException e) {
      throw refusal("field type '" + typeName + "': " + e.getMessage());
    }
  }

  private static SolrException refusal(String message) {
    return new SolrException(ErrorCode.SERVER_ERROR, message);
  }

  /** The space of this field's vectors. */
  public VectorSpace space() {
    return space;
  }

  /** The space of vectors that are centred before they are compared; else {@link #space}. */
  VectorSpace encoderSpace() {
    return centering.map(Centering::encoder).orElse(space);
  }

  /** A vector of {@link #encoderSpace} or {@link #space} as the field holds them. */
  FloatVector embedding(FloatVector vector, VectorSpace of) {
    return of.equals(space) ? vector : centering.orElseThrow().apply(vector);
  }

  @Override
  public List<IndexableField> createFields(SchemaField field, Object value) {
    check(field, value);
    return super.createFields(field, value);
  }

  private void check(SchemaField field, Object value) {
    float[] vector;
    try {
      DenseVectorParser parser = getVectorBuilder(value, BuilderPhase.INDEX);
      vector = parser.getFloatVector();
    } catch (RuntimeException e) {
      // Solr wraps what a sender did wrong as a fault of its own.
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "field '" + field.getName() + "' takes vectors of " + space + ": " + e.getMessage(),
          e);
    }
    int odd = FloatVector.firstNotFinite(vector);
    if (odd >= 0) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "value " + odd + " of field '" + field.getName() + "' must be finite: " + vector[odd]);
    }
    double norm = new FloatVector(vector).norm();
    if (norm > IndexLayout.MAX_NORM) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "field '"
              + field.getName()
              + "' must have a length of at most "
              + IndexLayout.MAX_NORM
              + "; got: "
              + norm);
    }
  }
}
