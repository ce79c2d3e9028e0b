package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What commands say of picture folders, and the limits for pictures. */
class PictureFoldersCommandTest extends ModelHomeTestCase {
  private void write(String name, byte[] content) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private Path picture(String name, int width, int height) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, name.hashCode() * i);
    }
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private Outcome build(String pictures, String... more) throws IOException {
    Path songs = temp.resolve("songs.jsonl");
    Files.writeString(
        songs,
        """
        {"id":"1","title":"The sea","lyrics":"the sea the sea"}
        {"id":"2","title":"At sea","lyrics":"sea and sky"}
        """);
    String[] fixed = {
      "build",
      "--songs",
      songs.toString(),
      "--pictures",
      temp.resolve(pictures).toString(),
      "--segmenter",
      "unicode",
      "--encoder",
      "descriptor",
      "--out",
      temp.resolve("out").toString()
    };
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return run(all);
  }

  @Test
  void aBuildCountsTheFilesItDidNotTakeInItsReportToo() throws IOException {
    picture("photos/sea/a", 64, 48);
    picture("photos/sea/b.jfif", 64, 48);
    picture("photos/sea/@eaDir/a.jpg/THUMB_M.jpg", 64, 48);
    write("photos/sea/c.HEIC", "\0\0\0\u0018ftypheic".getBytes(StandardCharsets.UTF_8));
    Outcome outcome = build("photos", "--json");
    assertThat(outcome.code()).as(outcome.log()).isZero();
    assertThat(outcome.log())
        .contains(
            "2 pictures, 0 rows left out; 2 files not taken: 1 .heic, 1 by-products (@eaDir);"
                + " JPEG, PNG, GIF, BMP and WebP are read");
    assertThat(outcome.data()).contains("\"filesNotTaken\":{\".heic\":1,\"by-products\":1}");
    assertThat(Files.readString(temp.resolve("out/report.json"))).contains("\".heic\" : 1");
  }

  @Test
  void aFolderWithoutAnyPictureThatIsReadSaysWhy() throws IOException {
    write("photos/sea/c.HEIC", "\0\0\0\u0018ftypheic".getBytes(StandardCharsets.UTF_8));
    Outcome outcome = build("photos");
    assertThat(outcome.code()).isEqualTo(Seesong.FAILED);
    assertThat(outcome.log())
        .contains(
            "2 songs and 0 pictures that can be used; an index needs some of both; 1 file not"
                + " taken: 1 .heic; JPEG, PNG, GIF, BMP and WebP are read");
  }

  @Test
  void limitsForPicturesAreOptions() throws IOException {
    picture("photos/sea/a.png", 64, 48);
    String large = picture("photos/sea/b.png", 100, 80).toString();
    assertThat(run("encode", large).code()).isZero();
    Outcome encode = run("encode", "--max-megapixels", "0.004", large);
    assertThat(encode.code()).isEqualTo(Seesong.FAILED);
    assertThat(encode.log())
        .contains("b.png: is too large: 100 x 80 pixels, at most 4000 in all are read; raise")
        .contains("--max-megapixels");
    assertThat(run("encode", "--max-picture-bytes", "100", large).log())
        .contains("is larger than 100 bytes; raise the limit (--max-picture-bytes");
    Outcome built = build("photos", "--max-megapixels", "0.004");
    assertThat(built.code()).as(built.log()).isEqualTo(Seesong.REJECTED);
    assertThat(built.data()).contains("1 pictures are in the index");
    String out = temp.resolve("out").toString();
    assertThat(run("search", out, large, "--max-megapixels", "0.004").log())
        .contains("is too large: 100 x 80 pixels");
    assertThat(run("search", out, large).code()).isZero();
    assertThat(run("encode", "--max-megapixels", "0", large).code()).isEqualTo(2);
    assertThat(run("encode", "--max-picture-bytes", "0", large).log())
        .contains("--max-picture-bytes must be within 1 to 2147483583; got: 0");
  }
}
