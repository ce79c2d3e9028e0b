package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.servlet.SolrRequestParsers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/** Runs the requests of the guide's part on asking, and compares its tables with the code. */
class SolrGuideTest extends BaseCloudTestCase {
  private static final String BASE = "http://localhost:8983/solr";
  private static final String FORM = "the-forms-boundary";
  private static final Pattern PARAMETER =
      Pattern.compile("^\\| (`image\\.[^|]*) \\|", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`(image\\.[a-zA-Z]+)`");
  private static final Pattern REFUSAL =
      Pattern.compile("^\\| `([^`|]+=[^`|]+)` \\| `([^`]+)` \\|$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final String guide = asking();

  /** The part of the guide on asking. */
  private static String asking() {
    Path root = Path.of(System.getProperty("seesong.root", ".."));
    try {
      String all = Files.readString(root.resolve("src/docs/solr.md"));
      int start = all.indexOf("\n## Asking\n");
      return all.substring(start, all.indexOf("\n## ", start + 1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  int nodes() {
    return 1;
  }

  @BeforeAll
  void load() throws Exception {
    VectorSpace visual;
    try (DescriptorEncoder encoder = new DescriptorEncoder()) {
      visual = encoder.space();
    }
    SongCatalogue catalogue =
        SongCatalogue.random(12, 60, 200, visual.dimension(), NETWORK.dimension());
    VectorSpace texts;
    try (TextEncoder encoder = TextModel.BGE_SMALL_ZH.open()) {
      texts = encoder.space();
    }
    upload(
        "seesong",
        new Configset(visual, Optional.empty(), NETWORK, Optional.of(texts), "descriptor", ""));
    create("songs", "seesong", 2, 1);
    List<SolrInputDocument> both = new ArrayList<>(catalogue.pictureDocuments());
    both.addAll(SongCatalogue.withTexts(catalogue.songDocuments(), texts));
    add(client(), "songs", both);
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsAnswered() {
    List<String> commands = guide.lines().filter(line -> line.startsWith("curl ")).toList();
    assertThat(commands).hasSizeGreaterThan(5);
    return commands.stream().map(line -> DynamicTest.dynamicTest(line, () -> run(line)));
  }

  private void run(String command) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    List<String> words =
        WORD.matcher(command)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .toList();
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-H" -> {
          String[] header = words.get(++i).split(": ", 2);
          request.header(header[0], header[1]);
        }
        case "--data-binary" -> {
          assertThat(words.get(++i)).isEqualTo("@photo.jpg");
          request.POST(BodyPublishers.ofByteArray(photo()));
        }
        case "-F" -> {
          assertThat(words.get(++i)).isEqualTo("picture=@photo.jpg");
          request.header("Content-Type", "multipart/form-data; boundary=" + FORM);
          request.POST(BodyPublishers.ofByteArray(form()));
        }
        default -> {
          assertThat(words.get(i)).startsWith(BASE);
          String node = cluster().getJettySolrRunner(0).getBaseUrl().toString();
          request.uri(URI.create(node + words.get(i).substring(BASE.length())));
        }
      }
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = new ObjectMapper().readTree(answer.body());
    assertThat(json.at("/response/docs")).as(answer.body()).isNotEmpty();
    if (command.contains("/songs-by-image")) {
      boolean wordsAlone = command.contains("image.withoutWords");
      assertThat(json.get("anchors").isEmpty()).isEqualTo(wordsAlone);
      assertThat(command.contains("image.words"))
          .isEqualTo(json.get("why").iterator().next().has("wordsDistance"));
      assertThat(json.get("why").size()).isEqualTo(json.at("/response/numFound").asInt());
    }
  }

  private static byte[] photo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    image.createGraphics().fillOval(10, 10, 30, 30);
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }

  private static byte[] form() throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String head =
        String.join(
            "\r\n",
            "Content-Disposition: form-data; name=\"picture\"; filename=\"photo.jpg\"",
            "Content-Type: image/jpeg",
            "",
            "");
    form.write(("--" + FORM + "\r\n" + head).getBytes(StandardCharsets.UTF_8));
    form.write(photo());
    form.write(("\r\n--" + FORM + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  @Test
  void theTableHasEveryParameterAndNoOther() {
    assertThat(
            PARAMETER
                .matcher(guide)
                .results()
                .filter(row -> !row.group(1).contains("="))
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(ImageRequest.NAMES);
  }

  @Test
  void theFormOfVectorsIsAsToldThere() {
    assertThat(guide)
        .contains("1 and -0.5 are `" + HopParams.encode(new FloatVector(new float[] {1, -.5f})));
  }

  @TestFactory
  Stream<DynamicTest> everyRefusalIsAsToldThere() {
    List<MatchResult> rows = REFUSAL.matcher(guide).results().toList();
    assertThat(rows).hasSizeGreaterThan(10);
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(row.group(1), () -> refused(row.group(1), row.group(2))));
  }

  private static void refused(String request, String message) {
    SolrParams params = SolrRequestParsers.parseQueryString("image.id=picture:7&" + request);
    assertThatThrownBy(() -> ImageRequest.of(params, false))
        .isInstanceOfSatisfying(
            SolrException.class, refusal -> assertThat(refusal.code()).isEqualTo(400))
        .hasMessageStartingWith(message.replace("[...]", ""));
  }
}
