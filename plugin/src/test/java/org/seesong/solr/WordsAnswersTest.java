package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.index.IndexLayout;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.query.Explanation;
import org.seesong.query.PictureHit;
import org.seesong.query.SearchMode;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Pictures;
import org.seesong.query.TwoHopQuery.Words;
import org.seesong.query.TwoHopResult;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.VectorSpace;

/**
 * Words alone and beside pictures get the library's answer from Solr: the same songs in the same
 * order. There are more songs than the words' candidates, in the catalogue and in its shards
 * together.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WordsAnswersTest extends BaseCloudTestCase {
  private static final TwoHopOptions EXACT = TwoHopOptions.builder().mode(SearchMode.EXACT).build();
  private static final String RAIN = "下雨的夜里一个人";
  private static final String WINE = "酒";

  private TestCatalogue catalogue;
  private String encoder;
  private SongFinder library;
  private VectorSpace text;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    try (TextEncoder model = TextModel.BGE_SMALL_ZH.open()) {
      text = model.space();
    }
    catalogue =
        TestCatalogue.random(new TestCatalogue.Size(60, 2500, 6, 4, 5), 3).withTexts(text, 5);
    encoder = catalogue.identity().encoderSpace().id();
    Path written = folder.toRealPath().resolve("index");
    catalogue.write(written);
    library = SongFinder.open(written);
    upload("speaking", configset(Optional.of(text)));
    upload("mute", configset(Optional.empty()));
    upload("other", configset(Optional.of(new VectorSpace("bge-small-zh-v1.5-0", 512))));
    upload("unknown", configset(Optional.of(new VectorSpace("word2vec", 2))));
    create("both", "speaking", 3, 1);
    create("songs", "speaking", 2, 1);
    create("pictures", "mute", 1, 2);
    create("mute", "mute", 1, 1);
    create("other", "other", 1, 1);
    create("unknown", "unknown", 1, 1);
    List<SolrInputDocument> songs = SolrCatalogue.songs(catalogue);
    List<SolrInputDocument> pictures = SolrCatalogue.pictures(catalogue);
    add(client(), "both", pictures);
    add(client(), "both", songs);
    add(client(), "songs", songs);
    add(client(), "pictures", pictures);
    for (String name : List.of("mute", "other", "unknown")) {
      add(client(), name, pictures);
    }
  }

  private Configset configset(Optional<VectorSpace> texts) {
    return new Configset(
        catalogue.identity().imageSpace(),
        Optional.empty(),
        catalogue.identity().graphSpace(),
        texts,
        Configset.NO_ENCODER,
        "");
  }

  @AfterAll
  void close() throws Exception {
    if (library != null) {
      library.close();
    }
  }

  private SongsHttp solr(String collection) {
    return solr(collection, 0);
  }

  private SongsHttp solr(String collection, int node) {
    return new SongsHttp(cluster().getJettySolrRunner(node).getBaseUrl().toString(), collection);
  }

  private static String picture(String id) {
    return "picture:" + id;
  }

  private static void assertSame(Reply reply, TwoHopResult expected) {
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.songs().stream().map(IndexLayout::ownerId).toList())
        .isEqualTo(expected.songs().stream().map(SongHit::id).toList())
        .isNotEmpty();
    assertThat(reply.anchors().stream().map(IndexLayout::ownerId).toList())
        .isEqualTo(expected.pictures().stream().map(PictureHit::id).toList());
    assertThat(reply.json().has("confidence")).isFalse();
    for (SongHit hit : expected.songs()) {
      JsonNode why = reply.json().get("why").get("song:" + hit.id());
      Explanation explanation = hit.explanation();
      assertThat(why.get("wordsDistance").asDouble()).isEqualTo(hit.distance());
      assertThat(why.has("confidence")).isFalse();
      assertThat(why.has("picture")).isEqualTo(!explanation.pictureId().isEmpty());
      if (why.has("picture")) {
        assertThat(why.get("picture").asText()).isEqualTo(picture(explanation.pictureId()));
        assertThat(why.get("pictureDistance").asDouble()).isEqualTo(explanation.pictureDistance());
        assertThat(why.get("songDistance").asDouble()).isEqualTo(explanation.songDistance());
      }
      List<String> keywords = new ArrayList<>();
      why.get("keywords").forEach(keyword -> keywords.add(keyword.asText()));
      assertThat(keywords).hasSameElementsAs(explanation.sharedKeywords());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "songs"})
  void wordsAloneGetTheLibrarysAnswer(String collection) throws Exception {
    SongsHttp solr = solr(collection, collection.length() % nodes());
    for (String words : List.of(RAIN, "spring flowers", "雪")) {
      assertSame(
          solr.form("image.words", words, "image.mode", "exact"),
          library.find(library.words(words, ""), EXACT));
    }
    assertSame(
        solr.form("image.words", RAIN, "image.withoutWords", WINE, "image.mode", "exact"),
        library.find(library.words(RAIN, WINE), EXACT));
    // More than the words' candidates of a small answer.
    assertSame(
        solr.form(
            "image.words",
            RAIN,
            "image.mode",
            "exact",
            "image.songs",
            "1000",
            "image.maxPerArtist",
            "300",
            "fq",
            "-song_artist:\"artist 1\""),
        library.find(
            library.words(RAIN, ""),
            EXACT.toBuilder().songs(1000).maxPerArtist(300).filters("artist!=artist 1").build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "songs"})
  void picturesAndWordsGetTheLibrarysAnswer(String collection) throws Exception {
    String pictures = collection.equals("songs") ? "pictures" : "";
    SplittableRandom random = new SplittableRandom(17);
    for (String weight : List.of("0", "0.3", "0.5", "0.9", "1")) {
      for (int node = 0; node < nodes(); node++) {
        SongsHttp solr = solr(collection, node);
        float[] vector = TestCatalogue.vector(6, 5, random).values();
        Pictures asked = (Pictures) TwoHopQuery.of(TestCatalogue.encoded(vector));
        double number = Double.parseDouble(weight);
        assertSame(
            solr.byVector(
                vector,
                encoder,
                "image.collection",
                pictures,
                "image.words",
                RAIN,
                "image.wordsWeight",
                weight,
                "image.mode",
                "exact"),
            library.find(library.words(RAIN, "").with(asked, number), EXACT));
        String id = "p" + random.nextInt(60);
        // Words that songs should be without alone only order the pictures' songs.
        assertSame(
            solr.form(
                "image.id",
                picture(id),
                "image.collection",
                pictures,
                "image.withoutWords",
                WINE,
                "image.wordsWeight",
                weight,
                "image.mode",
                "exact",
                "image.songs",
                "40",
                "image.maxPerArtist",
                "9"),
            library.find(
                library.words("", WINE).with((Pictures) TwoHopQuery.ofPicture(id), number),
                EXACT.toBuilder().songs(40).maxPerArtist(9).build()));
      }
    }
  }

  @Test
  void theUsualWeightIsTheLibrarys() throws Exception {
    Pictures asked = (Pictures) TwoHopQuery.ofPicture("p7");
    assertSame(
        solr("both").form("image.id", "picture:p7", "image.words", RAIN, "image.mode", "exact"),
        library.find(library.words(RAIN, "").with(asked, Words.DEFAULT_WEIGHT), EXACT));
  }

  @Test
  void clientsMaySendVectorsOfWords() throws Exception {
    Words words = library.words(RAIN, "");
    String vector = HopParams.encode(words.target());
    assertSame(
        solr("both")
            .form(
                "image.wordsVec",
                vector,
                "image.wordsEncoder",
                text.id(),
                "image.mode",
                "exact",
                "image.id",
                "picture:p3"),
        library.find(words.with((Pictures) TwoHopQuery.ofPicture("p3"), 0.5), EXACT));
    assertRefused(
        solr("both").form("image.wordsVec", vector, "image.wordsEncoder", "e5-small-v2-1"),
        400,
        "collection 'both' holds vectors of text encoder "
            + text
            + ", but the query comes from 'e5-small-v2-1' (512 dimensions); ask with text encoder '"
            + text.id()
            + "' or index again");
    assertRefused(
        solr("both").form("image.wordsVec", "AACAPwAAAL8", "image.wordsEncoder", text.id()),
        400,
        "image.wordsVec: vector of words must have length 1; got: 1.118");
    assertRefused(
        solr("both").form("image.wordsVec", "AACAPwAAAAA", "image.wordsEncoder", text.id()),
        400,
        "but the query comes from '" + text.id() + "' (2 dimensions)");
  }

  private static void assertRefused(Reply reply, int status, String message) {
    assertThat(reply.status()).as(reply.error()).isEqualTo(status);
    assertThat(reply.error()).contains(message);
  }

  @Test
  void badWordsAreRefused() throws Exception {
    SongsHttp solr = solr("both");
    assertRefused(solr.form("image.words", " "), 400, "image.words must not be blank");
    assertRefused(solr.form("image.words", ""), 400, "image.words must not be blank");
    assertRefused(
        solr.form("image.words", "a", "image.withoutWords", " "),
        400,
        "image.withoutWords must not be blank");
    assertRefused(
        solr.form("image.words", "雪".repeat(501)),
        400,
        "image.words must have at most 500 characters; got: 501");
    assertThat(solr.form("image.words", "雪".repeat(500)).status()).isEqualTo(200);
    assertRefused(
        solr.form("image.withoutWords", WINE),
        400,
        "image.withoutWords needs image.words or a picture beside it");
    assertRefused(
        solr.form("image.words", "a", "image.wordsVec", "AACAPw"),
        400,
        "give 'image.words' and 'image.withoutWords', or 'image.wordsVec', not both");
    assertRefused(
        solr.form("image.wordsVec", "AACAPw"), 400, "image.wordsVec needs image.wordsEncoder");
    assertRefused(
        solr.form("image.wordsVec", "%", "image.wordsEncoder", "x"),
        400,
        "image.wordsVec must be base64url");
    assertRefused(
        solr.form("image.words", "a", "image.wordsWeight", "1.5"),
        400,
        "image.wordsWeight must be 0 to 1; got: 1.5");
    assertRefused(
        solr.form("image.words", "a", "image.wordsWeight", "NaN"),
        400,
        "image.wordsWeight must be 0 to 1; got: NaN");
    assertRefused(
        solr.form("image.word", "a"),
        400,
        "unknown parameter 'image.word'; there are [image.vec, image.encoder, image.id, image.url,"
            + " image.words, image.withoutWords,");
    assertRefused(solr.form("rows", "3"), 400, "got: none, and no image.words");
    assertRefused(
        solr.form("image.words", "a", "q", "snow"), 400, "'q' is not taken, for the songs");
  }

  @Test
  void collectionsWithoutTextEmbeddingsSaySo() throws Exception {
    String message =
        "collection 'mute' has no text embeddings of songs in a field 'song_text_vector', so it"
            + " cannot be searched by words; build its index with --text-encoder auto and push it,"
            + " or name another field in 'fields' of the handler (songTextVector)";
    assertRefused(solr("mute").form("image.words", RAIN), 400, message);
    assertRefused(solr("mute").form("image.words", RAIN, "image.id", "picture:p3"), 400, message);
    assertRefused(
        solr("mute").form("image.wordsVec", "AACAPw", "image.wordsEncoder", "none"), 400, message);
  }

  @Test
  void nodesThatLackTheEncoderSayWhatToDo() throws Exception {
    assertRefused(
        solr("other").form("image.words", RAIN),
        500,
        "this node cannot encode words: text vectors of encoder bge-small-zh-v1.5-0 are asked for,"
            + " but the class path has "
            + text.id());
    assertRefused(
        solr("unknown").form("image.words", RAIN),
        500,
        "this node cannot encode words: no text model makes vectors of encoder word2vec");
  }

  @Test
  void wordsAloneFindOnlySongsWithText() throws Exception {
    Reply reply =
        solr("both").form("image.words", RAIN, "image.songs", "1000", "image.mode", "exact");
    List<String> mute =
        catalogue.songs().stream()
            .filter(song -> song.textEmbedding().isEmpty())
            .map(SongDocument::id)
            .map(id -> "song:" + id)
            .toList();
    assertThat(reply.songs()).hasSize(1000).doesNotContainAnyElementsOf(mute);
  }
}
