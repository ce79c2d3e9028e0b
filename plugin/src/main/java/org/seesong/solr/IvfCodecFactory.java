package org.seesong.solr;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.solr.core.SchemaCodecFactory;
import org.apache.solr.core.SolrCore;
import org.seesong.knn.IvfVectorsFormat;

/**
 * Solr's usual codec, except that fields of {@link VectorSpaceField} keep their vectors in {@link
 * IvfVectorsFormat}, without a graph: {@code <codecFactory
 * class="org.seesong.solr.IvfCodecFactory"/>} in {@code solrconfig.xml}. What was written before in
 * another format stays readable and changes as segments are merged.
 */
public final class IvfCodecFactory extends SchemaCodecFactory {
  private Codec codec;

  /** Makes the format known to Lucene, which Solr does for other formats of plugins only. */
  public IvfCodecFactory() {
    KnnVectorsFormat.reloadKnnVectorsFormat(IvfVectorsFormat.class.getClassLoader());
  }

  @Override
  public void inform(SolrCore core) {
    super.inform(core);
    Codec usual = super.getCodec();
    PerFieldKnnVectorsFormat others = (PerFieldKnnVectorsFormat) usual.knnVectorsFormat();
    KnnVectorsFormat ours = new IvfVectorsFormat();
    KnnVectorsFormat vectors =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return core.getLatestSchema().getFieldTypeNoEx(field) instanceof VectorSpaceField
                ? ours
                : others.getKnnVectorsFormatForField(field);
          }
        };
    codec =
        new FilterCodec(usual.getName(), usual) {
          @Override
          public KnnVectorsFormat knnVectorsFormat() {
            return vectors;
          }
        };
  }

  @Override
  public Codec getCodec() {
    return codec;
  }
}
