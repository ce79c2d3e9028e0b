package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.seesong.index.BuildInfo;
import org.seesong.index.IndexMetadata;
import org.seesong.index.TestCatalogue;
import org.seesong.vector.VectorSpace;

/** Which encoder a build takes, and what is said where its vectors go. */
class EncoderChoiceTest extends ModelHomeTestCase {
  private static final String NOTICE =
      " is UNTRAINED: its weights are random and its vectors mean nothing; it is for tests of load"
          + " and speed\n";

  private Outcome build(String... more) throws IOException {
    Path pictures = Files.createDirectories(temp.resolve("pictures/sea")).getParent();
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 4; i++) {
      graphics.setColor(new Color(20, 40 * i, 200));
      graphics.fillRect(0, 10 * i, 64, 48);
      ImageIO.write(image, "png", pictures.resolve("sea/" + i + ".png").toFile());
    }
    graphics.dispose();
    Path songs = temp.resolve("songs.jsonl");
    Files.writeString(
        songs,
        """
        {"id":"1","title":"The sea","artist":"A","lyrics":"the sea the sea"}
        {"id":"2","title":"At sea","artist":"B","lyrics":"sea and sky"}
        """);
    String[] fixed = {
      "build",
      "--songs",
      songs.toString(),
      "--pictures",
      pictures.toString(),
      "--segmenter",
      "unicode",
      "--samples",
      "10000",
      "--out",
      temp.resolve("out").toString()
    };
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return run(all);
  }

  private String out() {
    return temp.resolve("out").toString();
  }

  @Test
  void withoutVgg19TheDescriptorIsTakenAndTheWayToVgg19IsTold() throws IOException {
    Outcome outcome = build();
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    assertThat(outcome.log())
        .startsWith(
            "encoder: descriptor (colour and texture), because no network is installed.\n"
                + "  To tell pictures by what they show:  seesong model fetch vgg19\n"
                + "  or, with the file at hand:            seesong model import --keras FILE"
                + " --name vgg19\n");
    assertThat(outcome.data()).contains("encoder descriptor-2,");
    assertThat(run("search", out(), temp.resolve("pictures/sea/1.png").toString()).code())
        .as("the index names the encoder, not 'auto'")
        .isEqualTo(0);
  }

  @Test
  void anEncoderThatIsNamedIsTakenWithoutAWord() throws IOException {
    Outcome outcome = build("--encoder", "descriptor");
    assertThat(outcome.code()).isEqualTo(0);
    assertThat(outcome.log()).doesNotContain("encoder:");
  }

  @Test
  void vgg19IsTakenWhereItIsInstalled() throws IOException {
    importMobilenet("vgg19"); // any network will do
    Outcome outcome = build();
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    assertThat(outcome.log())
        .startsWith(
            "encoder: vgg19, which is installed, with vectors of length 1 (--encoder auto)\n")
        .doesNotContain("UNTRAINED");
    assertThat(outcome.data()).containsPattern("encoder vgg19-[0-9a-f]{12}-unit,");
  }

  @Test
  void aNetworkThatIsInstalledOrRemovedDoesNotChangeTheEncoderOfAnIndex() throws IOException {
    assertThat(build().code()).isEqualTo(0);
    importMobilenet("vgg19");
    Outcome refused = build();
    assertThat(refused.code()).isEqualTo(Seesong.USAGE);
    assertThat(refused.log())
        .containsPattern(
            "seesong: the index in "
                + out()
                + " was built with encoder descriptor-2, and --encoder auto is"
                + " vgg19-[0-9a-f]{12}-unit now; to keep to the former give --encoder descriptor,"
                + " to encode all pictures anew --encoder vgg19:unit\n");
    assertThat(build("--encoder", "descriptor").log()).contains("unchanged, nothing to write");
    assertThat(build("--encoder", "auto").data()).contains("encoder vgg19-");
    assertThat(build().log()).contains("unchanged, nothing to write");

    Files.move(models().resolve("vgg19"), temp.resolve("away"));
    Outcome without = build();
    assertThat(without.code()).isEqualTo(Seesong.USAGE);
    assertThat(without.log()).contains("and --encoder auto is descriptor-2 now");
    assertThat(build("--encoder", "descriptor").data()).contains("encoder descriptor-2,");
  }

  /** Nobody chose another encoder; the program's own has changed. */
  @Test
  void aNewVersionOfTheEncoderIsToldAndEncodesAllPicturesAnew() throws IOException {
    TestCatalogue small = TestCatalogue.random(new TestCatalogue.Size(4, 3, 24, 8, 5), 1);
    IndexMetadata identity =
        IndexMetadata.of(
            new VectorSpace("descriptor-1", 24),
            small.identity().graphSpace(),
            new BuildInfo(7, "a1b2", "c3d4", new TreeMap<>(Map.of("encoder", "descriptor"))));
    new TestCatalogue(small.pictures(), small.songs(), identity).write(temp.resolve("out/index"));
    Outcome outcome = build();
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    assertThat(outcome.log())
        .contains(
            "the index holds vectors of descriptor-1; all pictures are encoded anew by"
                + " descriptor-2\n");
    assertThat(outcome.data()).contains("encoder descriptor-2,");
    assertThat(build().log()).doesNotContain("encoded anew");
  }

  @Test
  void thePapersVectorsKeepTheirLength() throws IOException {
    importMobilenet("vgg19");
    Outcome outcome = build("--preset", "paper");
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    assertThat(outcome.log())
        .startsWith("encoder: vgg19, which is installed (--encoder auto)\n")
        .contains("learning the embedding: line2 ");
    assertThat(outcome.data()).containsPattern("encoder vgg19-[0-9a-f]{12},");
    Outcome wrong = build("--preset", "best");
    assertThat(wrong.code()).isEqualTo(Seesong.USAGE);
    assertThat(wrong.log()).startsWith("seesong: --preset must be default or paper; got: 'best'\n");
  }

  @Test
  void anUntrainedVgg19IsNotTakenByItself() throws IOException {
    importMobilenet("vgg19");
    markUntrained("vgg19");
    assertThat(build().log())
        .startsWith(
            "encoder: descriptor (colour and texture), because no network is installed, only"
                + " untrained ones.\n");
  }

  @Test
  void aDamagedVgg19IsAnErrorNotAReasonForLess() throws IOException {
    Files.createDirectories(models().resolve("vgg19"));
    Outcome outcome = build();
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.log())
        .isEqualTo(
            "seesong: model 'vgg19' in "
                + models()
                + " is damaged: model.json is missing; import it again with replace, or remove its"
                + " folder\n");
  }

  @Test
  void anUntrainedNetworkIsMarkedWhereverItsVectorsGo() throws IOException {
    importMobilenet("net");
    markUntrained("net");
    Outcome built = build("--encoder", "net", "--json");
    assertThat(built.code()).as(built.log()).isEqualTo(0);
    String id = "net-untrained-[0-9a-f]{12}";
    assertThat(built.log()).containsPattern("seesong: encoder " + id + NOTICE);
    assertThat(built.data()).containsPattern("\"encoder\":\"" + id + "\"");

    String picture = temp.resolve("pictures/sea/1.png").toString();
    Outcome encoded = run("encode", "--encoder", "net", picture, "--json");
    assertThat(encoded.log()).containsPattern("seesong: encoder " + id + NOTICE);
    assertThat(encoded.data()).containsPattern("\"encoder\":\"" + id + "\",\"trained\":false,");

    Outcome found = run("search", out(), picture, "--json");
    assertThat(found.code()).as(found.log()).isEqualTo(0);
    assertThat(found.log()).containsPattern("seesong: encoder " + id + NOTICE);
    assertThat(found.data()).contains("\"trained\":false}");

    Outcome info = run("info", out(), "--json");
    assertThat(info.log()).containsPattern("seesong: encoder " + id + NOTICE);
    assertThat(info.data()).contains("\"trained\":false,");
    assertThat(run("model", "list").data()).contains(" pixels, UNTRAINED");
  }
}
