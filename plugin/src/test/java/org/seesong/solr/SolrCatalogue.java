package org.seesong.solr;

import java.util.List;
import org.apache.solr.common.SolrInputDocument;
import org.seesong.index.IndexLayout;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.index.WeightedKeyword;
import org.seesong.vector.FloatVector;

/** Documents of a catalogue as Solr takes them. */
final class SolrCatalogue {
  private SolrCatalogue() {}

  static List<SolrInputDocument> pictures(TestCatalogue catalogue) {
    return catalogue.pictures().stream().map(SolrCatalogue::document).toList();
  }

  static List<SolrInputDocument> songs(TestCatalogue catalogue) {
    return catalogue.songs().stream().map(SolrCatalogue::document).toList();
  }

  private static SolrInputDocument document(PictureDocument picture) {
    SolrInputDocument document = document(IndexLayout.PICTURE, picture.id(), picture.keywords());
    set(document, IndexLayout.PICTURE_IMAGE_EMBEDDING, picture.imageEmbedding());
    set(document, IndexLayout.PICTURE_GRAPH_EMBEDDING, picture.graphEmbedding());
    return document;
  }

  private static SolrInputDocument document(SongDocument song) {
    SolrInputDocument document = document(IndexLayout.SONG, song.id(), song.keywords());
    document.setField(IndexLayout.SONG_ARTIST, song.details().artist());
    if (song.signature().contentKey() != 0) {
      document.setField(IndexLayout.SONG_CONTENT_KEY, song.signature().contentKey());
    }
    set(document, IndexLayout.SONG_GRAPH_EMBEDDING, song.graphEmbedding());
    set(document, IndexLayout.SONG_TEXT_EMBEDDING, song.textEmbedding());
    return document;
  }

  private static SolrInputDocument document(
      String kind, String id, List<WeightedKeyword> keywords) {
    SolrInputDocument document = new SolrInputDocument();
    document.setField(IndexLayout.ID, IndexLayout.documentId(kind, id));
    document.setField(IndexLayout.KIND, kind);
    document.setField(
        kind.equals(IndexLayout.SONG) ? IndexLayout.SONG_KEYWORD : IndexLayout.PICTURE_KEYWORD,
        keywords.stream().map(WeightedKeyword::keyword).toList());
    return document;
  }

  private static void set(SolrInputDocument document, String field, FloatVector vector) {
    if (!vector.isEmpty()) {
      document.setField(field, SongCatalogue.list(vector.values()));
    }
  }
}
