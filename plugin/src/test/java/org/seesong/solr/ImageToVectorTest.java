package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.UpdateResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.image.ImageDecoder;
import org.seesong.image.RgbImage;
import org.seesong.index.IndexLayout;
import org.seesong.vector.Centering;
import org.seesong.vector.VectorSpace;

/** Pictures in, vectors indexed: over two shards of two replicas. */
class ImageToVectorTest extends BaseCloudTestCase {
  private static final String ALLOWED = "solr.allowPaths";
  private static final String PLACE = "<str name=\"onError\">fail</str>";

  /** Below the JVM's folder for temporary files, which Solr's nodes may read. */
  @TempDir static Path temp;

  private static Path folder;
  private static Path outside;
  private VectorSpace visual;
  private Centering centering;

  // Before the nodes of the superclass start.
  static {
    System.setProperty(ALLOWED, System.getProperty("java.io.tmpdir"));
  }

  @AfterAll
  static void allowNothingAnyMore() {
    System.clearProperty(ALLOWED);
  }

  @BeforeAll
  void createFilesAndCollections() throws Exception {
    outside = Files.write(temp.resolve("secret.png"), picture(1));
    folder = Files.createDirectories(temp.resolve("pictures"));
    Files.write(folder.resolve("a.png"), picture(3));
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("sub/b.png"), picture(4));
    Files.createSymbolicLink(folder.resolve("link.png"), outside);
    try (DescriptorEncoder encoder = new DescriptorEncoder()) {
      visual = encoder.space();
      centering = new Centering(visual, vector(encoder, picture(5)));
    }
    upload("fail", "");
    create("fail", "fail", 2, 2);
    upload("skip", "<str name=\"onError\">skip</str>");
    create("skip", "skip", 1, 1);
    upload(
        "flag",
        "<str name=\"onError\">flag</str><str name=\"file\">picture_path</str>"
            + "<str name=\"folder\">"
            + folder
            + "</str><int name=\"maxBytes\">100000</int>");
    create("flag", "flag", 1, 1);
  }

  /** Our configset with other arguments for the processor. */
  private void upload(String name, String arguments) throws Exception {
    Path conf = Files.createDirectories(temp.resolve("conf-" + name));
    new Configset(
            centering.space(), Optional.of(centering), NETWORK, Optional.empty(), "descriptor", "")
        .writeTo(conf);
    Path config = conf.resolve("solrconfig.xml");
    String text = Files.readString(config);
    assertThat(text).contains(PLACE);
    Files.writeString(config, arguments.isEmpty() ? text : text.replace(PLACE, arguments));
    cluster().uploadConfigSet(conf, name);
  }

  private static byte[] picture(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 48; x++) {
      for (int y = 0; y < 32; y++) {
        image.setRGB(x, y, Color.HSBtoRGB(seed / 7f, x / 48f, (y + random.nextInt(8)) / 40f));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static SolrInputDocument document(String id, Object... fields) {
    SolrInputDocument document = new SolrInputDocument();
    document.setField(IndexLayout.ID, "picture:" + id);
    document.setField(IndexLayout.KIND, IndexLayout.PICTURE);
    for (int i = 0; i < fields.length; i += 2) {
      document.addField((String) fields[i], fields[i + 1]);
    }
    return document;
  }

  private UpdateResponse index(String collection, SolrInputDocument... documents) throws Exception {
    UpdateRequest request = new UpdateRequest();
    request.setParam("update.chain", "pictures");
    request.add(List.of(documents));
    // Not the cloud's client, which drops what responses say beyond their status.
    try (SolrClient node = cluster().getJettySolrRunner(0).newClient()) {
      UpdateResponse response = request.process(node, collection);
      node.commit(collection);
      return response;
    }
  }

  private static float[] vector(DescriptorEncoder encoder, byte[] picture) throws Exception {
    RgbImage image = new ImageDecoder().decode(picture, "here");
    int size = encoder.inputSize();
    return encoder.encode(List.of(image.resizedTo(size, size)));
  }

  /** Similarity of an indexed picture to a vector made here: 1 for the same. */
  private float similarity(String collection, String id, byte[] picture) throws Exception {
    float[] numbers;
    try (DescriptorEncoder encoder = new DescriptorEncoder()) {
      numbers = vector(encoder, picture);
    }
    centering.apply(numbers);
    String vector = Arrays.toString(numbers);
    SolrQuery query =
        new SolrQuery(
            "{!knn f=picture_vector topK=1 preFilter='{!term f=id}picture:" + id + "'}" + vector);
    query.setFields("id", "score");
    SolrDocument found = client().query(collection, query, METHOD.POST).getResults().get(0);
    return (Float) found.getFieldValue("score");
  }

  @Test
  void bytesAndBase64BecomeTheVectorTheLibraryMakes() throws Exception {
    String text = Base64.getEncoder().encodeToString(picture(1));
    String forUrls = Base64.getUrlEncoder().withoutPadding().encodeToString(picture(2));
    index(
        "fail",
        document("bytes", "picture_bytes", picture(0)),
        document("text", "picture_bytes", text),
        document("urls", "picture_bytes", forUrls));
    assertThat(similarity("fail", "bytes", picture(0))).isEqualTo(1);
    assertThat(similarity("fail", "text", picture(1))).isEqualTo(1);
    assertThat(similarity("fail", "urls", picture(2))).isEqualTo(1);
    assertThat(similarity("fail", "urls", picture(1))).isLessThan(1);
    assertThat(client().getById("fail", "picture:bytes").getFieldNames())
        .doesNotContain("picture_bytes");
  }

  @Test
  void documentsWithoutPicturesPassAsTheyAre() throws Exception {
    index("fail", document("none", "picture_path", "x.png"));
    assertThat(client().getById("fail", "picture:none").getFieldValue("picture_path"))
        .isEqualTo("x.png");
  }

  @Test
  void picturesThatAreNoneFailTheRequestAndNameTheDocument() throws Exception {
    refuses(
        document("h1", "picture_bytes", "no picture".getBytes(StandardCharsets.UTF_8)),
        "document 'picture:h1': picture: is not a picture: begins with text \"no picture\"");
    refuses(
        document("h2", "picture_bytes", "%%%"),
        "document 'picture:h2': field 'picture_bytes' is not base64 (Illegal base64 character 25)");
    refuses(
        document("h3", "picture_bytes", 7),
        "document 'picture:h3': field 'picture_bytes' must hold bytes or text in base64");
    refuses(
        document("h4", "picture_bytes", picture(1), "picture_bytes", picture(2)),
        "document 'picture:h4': must have one picture in 'picture_bytes'; got: 2");
    refuses(
        document("h5", "picture_bytes", Map.of("set", "abcd")),
        "document 'picture:h5': is an atomic update of 'picture_bytes'; vectors of pictures are"
            + " not stored, so send the whole document");
    refuses(
        document("h6", "picture_bytes", picture(1), "picture_vector", List.of(1f, 2f)),
        "document 'picture:h6': has both a picture and 'picture_vector'; one of them is enough");
    refuses(
        document("h7", "picture_bytes", new byte[20_000_001]),
        "document 'picture:h7': a picture may have 20000000 bytes; this one has more");
    assertThat(client().getById("fail", List.of("picture:h1", "picture:h6"))).isEmpty();
  }

  private void refuses(SolrInputDocument document, String message) {
    assertThatThrownBy(() -> index("fail", document)).hasMessageEndingWith(message);
  }

  /** Whatever the bytes are: a vector or a refusal that names the document, never a fault. */
  @Test
  void damagedPicturesAreTheSendersFault() throws Exception {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 60; i++) {
      byte[] bytes = picture(i % 5);
      for (int j = 0; j < 1 + i % 9; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] damaged = i % 3 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      index("skip", document("damaged" + i, "picture_bytes", damaged));
    }
    assertThat(client().query("skip", new SolrQuery("*:*")).getResults().getNumFound())
        .isLessThan(60);
  }

  @Test
  void skippedDocumentsAreListedAndTheOthersIndexed() throws Exception {
    UpdateResponse response =
        index(
            "skip",
            document("good", "picture_bytes", picture(0)),
            document("bad", "picture_bytes", new byte[3]));
    assertThat((Collection<?>) response.getResponseHeader().get(ImageToVector.SKIPPED))
        .asString()
        .isEqualTo("[document 'picture:bad']");
    assertThat((Object) client().getById("skip", "picture:good")).isNotNull();
    assertThat((Object) client().getById("skip", "picture:bad")).isNull();
  }

  @Test
  void flaggedDocumentsSayWhatIsWrong() throws Exception {
    index("flag", document("bad", "picture_bytes", new byte[0]));
    assertThat(client().getById("flag", "picture:bad").getFieldValue("picture_problem"))
        .isEqualTo("picture: is empty");
  }

  @Test
  void filesAreReadFromTheFolderAndNowhereElse() throws Exception {
    index(
        "flag", document("a", "picture_path", "a.png"), document("b", "picture_path", "sub/b.png"));
    assertThat(similarity("flag", "a", picture(3))).isEqualTo(1);
    assertThat(similarity("flag", "b", picture(4))).isEqualTo(1);
    String away = "is outside the folder of pictures";
    assertThat(problem("../secret.png")).isEqualTo("file '../secret.png' " + away);
    assertThat(problem(outside.toString())).isEqualTo("file '" + outside + "' " + away);
    assertThat(problem("sub/../../nothing")).isEqualTo("file 'sub/../../nothing' " + away);
    assertThat(problem("link.png")).isEqualTo("file 'link.png' " + away);
    assertThat(problem("a\0.png")).isEqualTo("file 'a\0.png' " + away);
    assertThat(problem("nothing.png"))
        .isEqualTo("there is no file 'nothing.png' in the folder of pictures");
    assertThat(problem("sub")).isEqualTo("there is no file 'sub' in the folder of pictures");
    Files.write(folder.resolve("large.png"), new byte[100_001]);
    assertThat(problem("large.png"))
        .isEqualTo("a picture may have 100000 bytes; this one has more");
  }

  private Object problem(String file) throws Exception {
    index("flag", document("file", "picture_path", file));
    return client().getById("flag", "picture:file").getFieldValue("picture_problem");
  }

  @Test
  void wrongArgumentsAreRefusedWhenTheCollectionIsMade() throws Exception {
    assertThat(refusal("<str name=\"onError\">ignore</str>"))
        .contains("onError must be fail, skip or flag; got: 'ignore'");
    assertThat(refusal("<str name=\"file\">picture_path</str>"))
        .contains("file and folder belong together");
    assertThat(refusal("<str name=\"vector\">kind</str>"))
        .contains("field 'kind' must be of a type of class");
    assertThat(refusal("<str name=\"vector\">picture_network_vector</str>"))
        .contains(
            "field 'picture_network_vector' takes vectors of "
                + NETWORK
                + ", but encoder 'descriptor' makes vectors of "
                + visual);
    assertThat(refusal("<str name=\"file\">picture_path</str><str name=\"folder\">/etc</str>"))
        .contains("/etc");
  }

  /** What Solr says of a configset whose processor has these arguments. */
  private String refusal(String arguments) throws Exception {
    upload("wrong", arguments);
    ask("CREATE&numShards=1&name=wrong&collection.configName=wrong&async=wrong");
    String status = ask("REQUESTSTATUS&requestid=wrong");
    while (status.contains("\"submitted\"") || status.contains("\"running\"")) {
      Thread.sleep(50);
      status = ask("REQUESTSTATUS&requestid=wrong");
    }
    ask("DELETESTATUS&requestid=wrong");
    return status;
  }

  /** As text, for SolrJ leaves out what cores say when they fail. */
  private String ask(String action) throws Exception {
    String url = cluster().getJettySolrRunner(0).getBaseUrl() + "/admin/collections?action=";
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + action)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void withoutAnEncoderPicturesAreRefused() throws Exception {
    upload("without", new Configset(visual, NETWORK, Configset.NO_ENCODER));
    create("without", "without", 1, 1);
    assertThatThrownBy(() -> index("without", document("x", "picture_bytes", picture(0))))
        .hasMessageEndingWith(
            "document 'picture:x': brings a picture, but this collection's encoder is 'none'; send"
                + " 'picture_vector' instead");
  }
}
