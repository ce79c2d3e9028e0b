package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.query.Sharing;
import org.seesong.query.TwoHopOptions;
import org.seesong.solr.SongCatalogue.Expected;
import org.seesong.solr.SongsHttp.Reply;

/**
 * In every layout an exact answer is that of comparing everything with everything, in order. A
 * layout is named by song collection and picture collection.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayoutsTest extends BaseCloudTestCase {
  private static final SongCatalogue CATALOGUE =
      SongCatalogue.random(7, 150, 400, VISUAL.dimension(), NETWORK.dimension());

  @BeforeAll
  void load() throws Exception {
    upload("seesong", new Configset(VISUAL, NETWORK, "none"));
    for (String suffix : List.of("11", "22")) {
      int size = suffix.equals("11") ? 1 : 2;
      create("both" + suffix, "seesong", size, size);
      create("songs" + suffix, "seesong", size, size);
      create("pictures" + suffix, "seesong", size, size);
      List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
      both.addAll(CATALOGUE.songDocuments());
      add(client(), "both" + suffix, both);
      add(client(), "songs" + suffix, CATALOGUE.songDocuments());
      add(client(), "pictures" + suffix, CATALOGUE.pictureDocuments());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "both11",
        "both22",
        "songs11 pictures11",
        "songs22 pictures22",
        "songs22 pictures11",
        "songs11 pictures22"
      })
  void exactAnswersAreThoseOfBruteForce(String layout) throws Exception {
    String[] names = layout.split(" ");
    SplittableRandom random = new SplittableRandom(layout.hashCode());
    for (int round = 0; round < 12; round++) {
      TwoHopOptions options =
          TwoHopOptions.DEFAULT
              .withPictures(1 + random.nextInt(8))
              .withSongs(1 + random.nextInt(30))
              .withSharing(
                  switch (round % 4) {
                    case 0 -> Sharing.PAPER;
                    case 1 -> Sharing.PAPER.withLead(random.nextInt(20));
                    case 2 -> Sharing.PAPER.withDiversity(random.nextDouble());
                    default -> new Sharing(random.nextInt(5), 0, 1 + random.nextInt(3));
                  });
      int year = 1990 + random.nextInt(30);
      float[] query = SongCatalogue.vector(random, VISUAL.dimension());
      Expected expected = CATALOGUE.expected(query, options, song -> song.year() >= year);
      Reply reply =
          http(round, names[0])
              .byVector(
                  query,
                  VISUAL.id(),
                  "image.collection",
                  names.length > 1 ? names[1] : "",
                  "image.mode",
                  "exact",
                  "image.pictures",
                  Integer.toString(options.pictures()),
                  "image.songs",
                  Integer.toString(options.songs()),
                  "image.lead",
                  Integer.toString(options.sharing().lead()),
                  "image.diversity",
                  Double.toString(options.sharing().diversity()),
                  "image.maxPerArtist",
                  Integer.toString(options.sharing().maxPerArtist()),
                  "fq",
                  "song_year:[" + year + " TO *]");
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.anchors()).as("anchors of round %d", round).isEqualTo(expected.anchors());
      assertThat(reply.songs()).as("songs of round %d", round).isEqualTo(expected.songs());
      assertThat(reply.json().at("/response/numFound").asInt()).isEqualTo(expected.songs().size());
    }
  }

  private SongsHttp http(int node, String collection) {
    return new SongsHttp(
        cluster().getJettySolrRunner(node % nodes()).getBaseUrl().toString(), collection);
  }
}
