package org.seesong.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Asking the page: a picture in, songs with reasons out, and what can be taken away from it. */
class PageSearchTest extends PageTestCase {
  private static final Pattern MOON = Pattern.compile("月亮|moon", Pattern.CASE_INSENSITIVE);

  @Test
  void aDroppedPictureGivesSongsWithTheReasons() {
    open();
    drop("IMG_2041.jpg", "image/jpeg", bytes(site.picture("moon")));
    settled();
    assertThat(songs().count()).isBetween(3, 10);
    assertThat(page.locator("#answer")).hasText(songs().count() + " songs");
    assertThat(page.locator("#answer")).isFocused();
    assertThat(page.locator(".sureness")).containsText("surely knows what your picture shows");
    assertThat(page.locator(".asked-picture img")).hasAttribute("alt", "Your picture");
    for (int i = 0; i < songs().count(); i++) {
      var song = songs().nth(i);
      assertThat(song.locator("h3")).not().hasText("");
      assertThat(song.locator(".lines mark").getByText(MOON).first()).isVisible();
      assertThat(song.locator(".evidence img").first())
          .hasAttribute("alt", Pattern.compile("moon"));
      assertThat(song.locator(".evidence figcaption")).hasText(Pattern.compile("alike"));
      assertThat(song.locator(".reasons")).containsText("in what was asked");
      assertThat(song.locator(".level")).hasText(Pattern.compile("fits"));
    }
    assertThat(lastSent().names()).as("names of files stay here").containsExactly("picture");
  }

  @Test
  void aPastedPictureIsAskedBy() {
    open();
    page.evaluate(
        "transfer => document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData:"
            + " transfer, bubbles: true}))",
        transfer("image.png", "image/jpeg", bytes(site.picture("train"))));
    settled();
    assertThat(songs().first().locator(".reasons")).containsText(Pattern.compile("train|火车"));
  }

  @Test
  void aSampleIsAskedByWithOneClick() {
    open();
    assertThat(page.locator(".samples img")).hasCount(12);
    page.locator(".samples button").first().click();
    settled();
    assertThat(songs().first()).isVisible();
    assertThat(lastSent().request().at("/pictures/0/id").asText()).isNotEmpty();
  }

  @Test
  void aLargePictureIsShrunkAndLosesItsMetadata() throws IOException {
    open();
    byte[] large = withPlace(noise(2600, 1300, "jpg"));
    drop("large.jpg", "image/jpeg", large);
    settled();
    byte[] upload = lastSent().pictures().get(0);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(upload));
    assertThat(image.getWidth()).isEqualTo(1024);
    assertThat(image.getHeight()).isEqualTo(512);
    assertThat(upload).startsWith(0xFF, 0xD8).hasSizeLessThan(large.length);
    assertThat(text(large)).contains("25.0330 N");
    assertThat(text(upload)).doesNotContain("25.0330 N", "Exif");
  }

  @Test
  void wordsAloneAndKeywordsFindSongs() {
    open();
    page.getByLabel("Or say what the songs should be about").fill("下雨的夜晚");
    page.keyboard().press("Enter");
    settled();
    assertThat(page.locator(".asked strong")).hasText("下雨的夜晚");
    assertThat(songs().first()).isVisible();
    assertThat(lastSent().request().get("words").asText()).isEqualTo("下雨的夜晚");

    page.locator("header h1 a").click();
    page.locator(".start .chip").first().click();
    settled();
    assertThat(songs().first()).isVisible();
    assertThat(lastSent().request().get("keyword").asText())
        .isEqualTo(page.locator(".asked strong").textContent());
  }

  @Test
  void songsLikeASongAndItsPictures() {
    ask("moon");
    String title = songs().first().locator("h3").textContent();
    songs().first().getByText("Its pictures").click();
    assertThat(songs().first().locator(".strip img").first()).isVisible();
    songs().first().getByText("More like this").click();
    settled();
    assertThat(page.locator(".asked")).hasText("Songs like" + title);
    assertThat(page.locator("#pictures")).hasText("Pictures for this song");
    assertThat(songs().locator("h3").allTextContents()).isNotEmpty().doesNotContain(title);
  }

  @Test
  void theBackButtonGivesTheEarlierAnswerWithoutAskingAgain() {
    ask("snow");
    List<String> titles = songs().locator("h3").allTextContents();
    String address = page.url();
    songs().first().getByText("More like this").click();
    assertThat(page.locator(".asked")).isVisible();
    settled();
    int asked = sent().size();
    page.goBack();
    assertThat(page.locator(".asked-picture img")).isVisible();
    settled();
    assertThat(page.url()).isEqualTo(address);
    assertThat(songs().locator("h3").allTextContents()).isEqualTo(titles);
    assertThat(sent()).hasSize(asked);
    page.goBack();
    assertThat(page.locator(".drop-zone")).isVisible();
  }

  @Test
  void aLinkOpensInTheSameBrowserWithThePictureAndInAnotherWithout() {
    ask("boat");
    List<String> titles = songs().locator("h3").allTextContents();
    String link = page.url();
    assertThat(link).contains("#p=1%3Akey%3A").doesNotContain("?");
    page = newPage();
    page.navigate(link);
    assertThat(songs().first()).isVisible();
    assertThat(songs().locator("h3").allTextContents()).isEqualTo(titles);
    assertThat(page.locator(".asked-picture img")).hasAttribute("src", Pattern.compile("^blob:"));
    assertThat(lastSent().pictures()).as("no new upload").isEmpty();

    context(options -> options);
    page = newPage();
    page.navigate(link);
    assertThat(songs().first()).isVisible();
    assertThat(songs().locator("h3").allTextContents()).isEqualTo(titles);
    assertThat(page.locator(".asked-picture"))
        .containsText("A picture that this browser does not hold");
  }

  @Test
  void anAnswerCanBeExported() throws Exception {
    ask("rain");
    List<String> titles = songs().locator("h3").allTextContents();
    String m3u8 = export("M3U8");
    assertThat(m3u8).startsWith("#EXTM3U\n#PLAYLIST:Seesong");
    assertThat(m3u8.lines().filter(line -> line.startsWith("#EXTINF:-1,")))
        .hasSameSizeAs(titles)
        .first()
        .asString()
        .endsWith(" - " + titles.get(0));

    Document xspf =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(export("XSPF").getBytes(StandardCharsets.UTF_8)));
    List<String> inXspf = new ArrayList<>();
    for (int i = 1; i < xspf.getElementsByTagName("title").getLength(); i++) {
      inXspf.add(xspf.getElementsByTagName("title").item(i).getTextContent());
    }
    assertThat(inXspf).isEqualTo(titles);

    JsonNode tracks = tree(export("JSPF")).at("/playlist/track");
    assertThat(tracks.findValuesAsText("title")).isEqualTo(titles);
    assertThat(tracks.at("/0/identifier/0").asText()).startsWith("seesong:song:demo-");

    String csv = export("CSV");
    assertThat(csv).startsWith("\uFEFFrank,id,title,artist,language,");
    assertThat(csv.lines()).hasSize(titles.size() + 1);
    assertThat(tree(export("JSON")).get("songs").findValuesAsText("title")).isEqualTo(titles);
  }

  @Test
  void spreadsheetsTakeNoCellForAFormula() {
    open();
    assertThat(
            page.evaluate(
                "import('./export.js').then(({cell}) => ['=1+1', '+a', '-a', '@a', '\\t=a', 'a=b',"
                    + " -1, 'a\"b,c'].map(cell))"))
        .isEqualTo(List.of("'=1+1", "'+a", "'-a", "'@a", "'\t=a", "a=b", "-1", "\"a\"\"b,c\""));
  }

  @Test
  void theLinkIsCopied() {
    context(options -> options.setPermissions(List.of("clipboard-read", "clipboard-write")));
    page = newPage();
    ask("cat");
    button("Copy link").click();
    assertThat(button("Link copied")).isVisible();
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(page.url());
  }

  @Test
  void votesAreKeptByTheServer() throws IOException {
    ask("star");
    String title = songs().first().locator("h3").textContent();
    var up = page.getByLabel("Fits: " + title);
    page.waitForResponse("**/api/votes", up::click);
    assertThat(up).hasAttribute("aria-pressed", "true");
    List<String> votes = Files.readAllLines(site.votes());
    JsonNode last = tree(votes.get(votes.size() - 1));
    assertThat(last.get("vote").asInt()).isEqualTo(1);
    assertThat(last.get("song").asText()).startsWith("demo-");
  }

  private String export(String format) throws IOException {
    page.locator(".menu summary").click();
    Page.WaitForDownloadOptions options = new Page.WaitForDownloadOptions();
    Download download = page.waitForDownload(options, button("Export as " + format)::click);
    assertThat(download.suggestedFilename()).startsWith("seesong.");
    return Files.readString(download.path());
  }

  /** A JPEG with a block of metadata that names a place. */
  private static byte[] withPlace(byte[] jpeg) {
    byte[] place = "Exif\0\0 taken at 25.0330 N, 121.5654 E".getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (place.length + 2)});
    out.writeBytes(place);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
