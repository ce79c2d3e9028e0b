package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.security.PermissionNameProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.image.ImageDecoder;
import org.seesong.image.RgbImage;
import org.seesong.query.TwoHopOptions;
import org.seesong.solr.SongCatalogue.Expected;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.VectorSpace;

/** What a user of the handler meets, over HTTP, on two shards with two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SongsByImageHandlerTest extends BaseCloudTestCase {
  private static final VectorSpace DESCRIPTOR =
      new VectorSpace("descriptor-2", new DescriptorEncoder().dimension());

  private final SongCatalogue catalogue =
      SongCatalogue.random(11, 60, 200, DESCRIPTOR.dimension(), NETWORK.dimension());
  private final SplittableRandom random = new SplittableRandom(3);

  @BeforeAll
  void load() throws Exception {
    upload("seesong", new Configset(DESCRIPTOR, NETWORK, "descriptor"));
    create("songs", "seesong", 2, 2);
    List<SolrInputDocument> both = new ArrayList<>(catalogue.pictureDocuments());
    both.addAll(catalogue.songDocuments());
    add(client(), "songs", both);
  }

  private SongsHttp http() {
    return http("songs");
  }

  private SongsHttp http(String collection) {
    return new SongsHttp(
        cluster().getJettySolrRunner(random.nextInt(2)).getBaseUrl().toString(), collection);
  }

  private float[] query() {
    return SongCatalogue.vector(random, DESCRIPTOR.dimension());
  }

  private Expected expected(float[] query) {
    return catalogue.expected(query, TwoHopOptions.DEFAULT, song -> true);
  }

  private static byte[] picture(Color colour) throws IOException {
    BufferedImage image = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillOval(20, 20, 100, 100);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static float[] encoded(byte[] picture) throws IOException {
    try (DescriptorEncoder encoder = new DescriptorEncoder()) {
      RgbImage image = new ImageDecoder().decode(picture, "test");
      return encoder.encode(List.of(image.resizedTo(encoder.inputSize(), encoder.inputSize())));
    }
  }

  @Test
  void aPictureInTheBodyAnswersLikeItsVector() throws Exception {
    byte[] picture = picture(Color.RED);
    Expected expected = expected(encoded(picture));
    for (String type : List.of("image/png", "application/octet-stream")) {
      Reply reply = http().body(picture, type, "fl", "id", "image.mode", "exact");
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.anchors()).isEqualTo(expected.anchors());
      assertThat(reply.songs()).isEqualTo(expected.songs());
    }
  }

  @Test
  void aPictureInAFormAnswersLikeItsVector() throws Exception {
    byte[] picture = picture(Color.BLUE);
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String head =
        String.join(
            "\r\n",
            "--xx",
            "Content-Disposition: form-data; name=\"image.mode\"",
            "",
            "exact",
            "--xx",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"",
            "Content-Type: image/png",
            "",
            "");
    form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    form.writeBytes(picture);
    form.writeBytes("\r\n--xx--\r\n".getBytes(StandardCharsets.UTF_8));
    Reply reply = http().body(form.toByteArray(), "multipart/form-data; boundary=xx");
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.songs()).isEqualTo(expected(encoded(picture)).songs());
  }

  @Test
  void aPictureOfTheIndexAnswersLikeItsVector() throws Exception {
    SongCatalogue.Picture picture = catalogue.pictures().get(17);
    Reply reply = http().form("image.id", picture.id(), "image.mode", "exact");
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.songs()).isEqualTo(expected(picture.visual()).songs());
    assertThat(reply.json().at("/anchors/0/distance").asDouble()).isZero();
  }

  @Test
  void everySongSaysWhy() throws Exception {
    float[] query = query();
    Reply reply = http().byVector(query, DESCRIPTOR.id());
    JsonNode why = reply.json().get("why");
    assertThat(why.size()).isEqualTo(10);
    for (String song : reply.songs()) {
      JsonNode because = why.get(song);
      assertThat(reply.anchors()).contains(because.get("picture").asText());
      assertThat(because.get("pictureDistance").asDouble()).isPositive();
      assertThat(because.get("songDistance").asDouble()).isNotNegative();
      assertThat(because.get("keywords").isArray()).isTrue();
    }
    assertThat(why.findValues("centroid")).hasSize(10);
    Reply turns = http().byVector(query, DESCRIPTOR.id(), "image.coverage", "0");
    assertThat(turns.json().get("why").findValues("centroid")).isEmpty();
  }

  @Test
  void solrDoesTheRest() throws Exception {
    float[] query = query();
    Expected expected =
        catalogue.expected(
            query, TwoHopOptions.builder().songs(40).build(), song -> song.year() > 2000);
    String[] parameters = {
      "image.mode", "exact",
      "image.songs", "40",
      "fq", "song_year:{2000 TO *]",
      "fl", "id,score,song_year",
      "start", "10",
      "rows", "7",
      "facet", "true",
      "facet.field", "song_artist",
      "json.facet", "{years:{type:terms,field:song_year,limit:-1}}",
      "hl", "true",
      "hl.fl", "song_first_line",
      "shards.info", "true",
      "debug", "timing"
    };
    Reply reply = http().byVector(query, DESCRIPTOR.id(), parameters);
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    JsonNode json = reply.json();
    assertThat(reply.songs()).isEqualTo(expected.songs().subList(10, 17));
    assertThat(json.at("/response/numFound").asInt()).isEqualTo(expected.songs().size());
    assertThat(json.at("/response/docs/0/score").asInt()).isEqualTo(expected.songs().size() - 10);
    int counted = 0;
    for (JsonNode value : json.at("/facet_counts/facet_fields/song_artist")) {
      counted += value.isInt() ? value.asInt() : 0;
    }
    assertThat(counted).isEqualTo(expected.songs().size());
    assertThat(json.at("/facets/count").asInt()).isEqualTo(expected.songs().size());
    assertThat(json.at("/highlighting").toString()).contains("<em>");
    assertThat(json.at("/shards.info").size()).isEqualTo(2);
    assertThat(json.at("/hops.info/pictures").size()).isEqualTo(2);
    assertThat(json.at("/debug/hops/songs").asDouble()).isPositive();
    assertThat(json.at("/debug/timing/time").asDouble()).isNotNegative();
  }

  @Test
  void songsCanBeSortedOtherwise() throws Exception {
    Reply reply = http().byVector(query(), DESCRIPTOR.id(), "sort", "song_year asc,id asc");
    List<Integer> years = new ArrayList<>();
    reply.json().at("/response/docs").forEach(song -> years.add(song.get("song_year").asInt()));
    assertThat(years).hasSize(10).isSorted();
  }

  @Test
  void picturesCanBeFiltered() throws Exception {
    Reply reply =
        http().byVector(query(), DESCRIPTOR.id(), "image.fq", "picture_keyword:(snow OR sea)");
    JsonNode anchors = reply.json().get("anchors");
    assertThat(anchors.size()).isEqualTo(10);
    for (JsonNode anchor : anchors) {
      assertThat(anchor.get("keywords").toString()).containsAnyOf("snow", "sea");
    }
  }

  /** A push brings no text of lyrics; an owner who may show it adds it afterwards. */
  @Test
  void lyricsThatAreAddedLaterAreFoundAndHighlighted() throws Exception {
    Path folder = Files.createDirectories(temp().resolve("lyrics"));
    new Configset(DESCRIPTOR, NETWORK, "descriptor").writeTo(folder);
    Path schema = folder.resolve("managed-schema.xml");
    String unstored = "name=\"song_lyrics_text\" type=\"song_text\" indexed=\"true\" stored=\"";
    assertThat(Files.readString(schema)).contains(unstored + "false");
    Files.writeString(
        schema, Files.readString(schema).replace(unstored + "false", unstored + "true"));
    cluster().uploadConfigSet(folder, "lyrics");
    create("lyrics", "lyrics", 2, 1);
    List<SolrInputDocument> both = new ArrayList<>(catalogue.pictureDocuments());
    both.addAll(catalogue.songDocuments());
    add(client(), "lyrics", both);
    List<SolrInputDocument> lyrics = new ArrayList<>();
    for (SongCatalogue.Song song : catalogue.songs()) {
      SolrInputDocument change = new SolrInputDocument();
      change.setField("id", song.id());
      change.setField(
          "song_lyrics_text", Map.of("set", "one night\nall about " + song.keywords().get(0)));
      lyrics.add(change);
    }
    add(client(), "lyrics", lyrics);
    float[] query = query();
    Reply reply =
        http("lyrics")
            .byVector(
                query,
                DESCRIPTOR.id(),
                "image.mode",
                "exact",
                "fq",
                "song_lyrics_text:snow",
                "hl",
                "true",
                "hl.fl",
                "song_lyrics_text",
                "hl.q",
                "song_lyrics_text:snow");
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.songs())
        .isEqualTo(
            catalogue
                .expected(
                    query, TwoHopOptions.DEFAULT, song -> song.keywords().get(0).equals("snow"))
                .songs())
        .isNotEmpty();
    for (String song : reply.songs()) {
      assertThat(reply.json().at("/highlighting").get(song).toString())
          .contains("all about <em>snow</em>");
    }
  }

  @Test
  void theApproximateWayFindsNearlyTheSame() throws Exception {
    int same = 0;
    int all = 0;
    for (int i = 0; i < 10; i++) {
      float[] query = query();
      Set<String> truth = new TreeSet<>(expected(query).songs());
      Reply reply = http().byVector(query, DESCRIPTOR.id(), "image.mode", "approximate");
      all += truth.size();
      truth.retainAll(reply.songs());
      same += truth.size();
    }
    assertThat(same).isGreaterThanOrEqualTo((int) (all * 0.95));
  }

  @Test
  void deletedSongsAndPicturesAreGone() throws Exception {
    float[] query = query();
    create("deleted", "seesong", 2, 1);
    List<SolrInputDocument> both = new ArrayList<>(catalogue.pictureDocuments());
    both.addAll(catalogue.songDocuments());
    add(client(), "deleted", both);
    Expected before = expected(query);
    client().deleteById("deleted", before.songs().subList(0, 3));
    client().deleteById("deleted", before.anchors().get(4));
    client().commit("deleted");
    SongCatalogue rest =
        new SongCatalogue(
            catalogue.pictures().stream()
                .filter(picture -> !picture.id().equals(before.anchors().get(4)))
                .toList(),
            catalogue.songs().stream()
                .filter(song -> !before.songs().subList(0, 3).contains(song.id()))
                .toList());
    Reply reply = http("deleted").byVector(query, DESCRIPTOR.id(), "image.mode", "exact");
    Expected after = rest.expected(query, TwoHopOptions.DEFAULT, song -> true);
    assertThat(reply.anchors()).isEqualTo(after.anchors());
    assertThat(reply.songs()).isEqualTo(after.songs());
  }

  @Test
  void refusalsSayWhatToDo() throws Exception {
    float[] query = query();
    assertRefused(
        http().form("rows", "3"),
        400,
        "a request must have one picture: a body, or one of [image.vec, image.id, image.url]; got:"
            + " none");
    assertRefused(
        http().byVector(query, "vgg19-1", "rows", "3"),
        400,
        "collection 'songs' holds vectors of encoder 'descriptor-2' (912 dimensions), but the query"
            + " comes from 'vgg19-1' (912 dimensions); ask with encoder 'descriptor-2' or index"
            + " again");
    assertRefused(
        http().form("image.vec", "AACAPwAAgD8"),
        400,
        "image.vec needs image.encoder, the id of the encoder that made it");
    assertRefused(
        http().form("image.vec", "AACAPwA", "image.encoder", "x"),
        400,
        "image.vec must be base64url of 32-bit floats, 4 bytes each; got 5 bytes");
    assertRefused(
        http().form("image.vec", "AADAfw", "image.encoder", "x"),
        400,
        "image.vec: value 0 of a vector must be finite; got: NaN");
    assertRefused(
        http().form("image.id", "picture:none"),
        400,
        "image.id names 'picture:none', but there is no such document with an image embedding");
    assertRefused(
        http().form("image.url", "http://127.0.0.1/a.jpg"),
        400,
        "image.url is off: this server fetches no pictures; send the picture in the body");
    assertRefused(
        http().byVector(query, DESCRIPTOR.id(), "image.pictures", "0"),
        400,
        "pictures must be 1 to 1000; got: 0");
    assertRefused(
        http().byVector(query, DESCRIPTOR.id(), "image.picture", "5"),
        400,
        "unknown parameter 'image.picture'; there are");
    assertRefused(
        http().byVector(query, DESCRIPTOR.id(), "image.songs", "1001"),
        400,
        "songs in an answer must be at most 1000; got: 1001");
    assertRefused(
        http().byVector(query, DESCRIPTOR.id(), "image.mode", "fast"),
        400,
        "image.mode must be auto, exact or approximate; got: 'fast'");
    assertRefused(
        http().byVector(query, DESCRIPTOR.id(), "image.collection", "nowhere"),
        400,
        "image.collection names 'nowhere', but there is no such collection");
    assertRefused(
        http().byVector(query, DESCRIPTOR.id(), "fq", "song_year:[1990 TO"),
        400,
        "Cannot parse 'song_year:[1990 TO'");
    assertRefused(http().byVector(query, DESCRIPTOR.id(), "q", "snow"), 400, "'q' is not taken");
  }

  @Test
  void hostilePicturesAreRefused() throws Exception {
    assertRefused(
        http().body("no picture".getBytes(StandardCharsets.UTF_8), "image/jpeg"), 400, "picture:");
    assertRefused(
        http().body(new byte[20_000_001], "image/jpeg"),
        413,
        "a picture must have at most 20000000 bytes;");
    byte[] png = picture(Color.RED);
    png[18] = 0x7f;
    assertRefused(http().body(png, "image/png"), 400, "picture:");
  }

  @Test
  void internalParametersAreRefusedFromOutside() throws Exception {
    assertRefused(
        http().form("seesong.hop", "songs"),
        400,
        "parameter 'seesong.hop' is for requests between nodes and not taken from outside");
    assertRefused(
        http().byVector(query(), DESCRIPTOR.id(), "seesong.picks", "[\"song:1\"]"),
        400,
        "parameter 'seesong.picks' is for requests between nodes and not taken from outside");
    assertRefused(
        http().form("isShard", "true", "distrib", "false", "q", "*:*"),
        400,
        "'isShard' is for requests between nodes and lacks what they say");
  }

  @Test
  void noTimeGivesAnEmptyPartialAnswer() throws Exception {
    Reply reply = http().body(picture(Color.RED), "image/png", "timeAllowed", "0");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.isPartial()).isTrue();
    assertThat(reply.songs()).isEmpty();
  }

  @Test
  void anyoneWhoMayReadMayAsk() {
    assertThat(new SongsByImageHandler().getPermissionName(null))
        .isEqualTo(PermissionNameProvider.Name.READ_PERM);
  }

  private static void assertRefused(Reply reply, int status, String message) {
    assertThat(reply.http().body()).contains(message);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void rowsSayHowManySongsWhereNothingElseDoes() throws Exception {
    float[] query = query();
    Map<List<String>, Integer> songs =
        Map.of(
            List.of("rows", "50"), 50,
            List.of("rows", "5"), 10,
            List.of("rows", "0"), 10,
            List.of("start", "20", "rows", "10"), 30,
            List.of("rows", "50", "image.songs", "7"), 7);
    for (Map.Entry<List<String>, Integer> each : songs.entrySet()) {
      List<String> params = new ArrayList<>(each.getKey());
      params.addAll(List.of("image.mode", "exact", "fl", "id"));
      Reply reply = http().byVector(query, DESCRIPTOR.id(), params.toArray(String[]::new));
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.json().at("/response/numFound").asInt())
          .as("%s", each.getKey())
          .isEqualTo(each.getValue());
      if (each.getKey().equals(List.of("rows", "50"))) {
        assertThat(reply.songs())
            .isEqualTo(
                catalogue
                    .expected(query, TwoHopOptions.builder().songs(50).build(), song -> true)
                    .songs());
      }
    }
    Reply all = http().byVector(query, DESCRIPTOR.id(), "rows", "100000", "image.mode", "exact");
    assertThat(all.json().at("/response/numFound").asLong())
        .isEqualTo(catalogue.songs().stream().filter(song -> song.network().length > 0).count());
  }
}
