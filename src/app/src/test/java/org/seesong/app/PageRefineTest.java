package org.seesong.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Refining an answer: keywords, words, filters, several pictures, a part of the picture. */
class PageRefineTest extends PageTestCase {
  @Test
  void aKeywordIsLeftOutAndTakenBack() {
    ask("lighthouse");
    List<String> before = songs().locator("h3").allTextContents();
    String keyword = page.locator(".chips .word").first().textContent();
    button("Without " + keyword).click();
    settled();
    assertThat(button("Without " + keyword)).hasAttribute("aria-pressed", "true");
    assertThat(button("Without " + keyword)).isFocused();
    JsonNode request = lastSent().request();
    assertThat(request.at("/filters/0").asText()).isEqualTo("keyword!=" + keyword);
    assertThat(request.at("/pictureFilters/0").asText()).isEqualTo("keyword!=" + keyword);
    assertThat(request.at("/pictures/0/key").asText()).as("no new upload").hasSize(64);
    assertThat(page.locator(".reasons").allTextContents())
        .noneMatch(text -> text.contains(keyword));
    assertThat(page.url()).contains("&not=");

    button("Without " + keyword).click();
    settled();
    assertThat(songs().locator("h3").allTextContents()).isEqualTo(before);
  }

  @Test
  void onlySongsWithAKeywordAreKept() {
    ask("ocean");
    // Of the last ones no song may be sure enough for a place.
    String keyword = page.locator(".chips .word").first().textContent();
    button("Only " + keyword).click();
    settled();
    assertThat(lastSent().request().at("/filters/0").asText()).isEqualTo("keyword=" + keyword);
    assertThat(page.locator(".chip.only .word")).hasText(keyword);
    assertThat(page.locator(".reasons").allTextContents())
        .isNotEmpty()
        .allMatch(text -> text.contains(keyword));
  }

  @Test
  void aKeywordIsBoostedInTwoStepsAndTakenBack() {
    ask("moon");
    List<String> before = songs().locator("h3").allTextContents();
    String keyword = "rain"; // which one of the songs about the moon holds, and its picture
    button("More of " + keyword).press("Enter");
    settled();
    assertThat(lastSent().request().at("/boosts/0").asText()).isEqualTo(keyword + ":1");
    assertThat(lastSent().request().at("/pictures/0/key").asText()).as("no new upload").hasSize(64);
    assertThat(button("Much more of " + keyword)).isFocused();
    assertThat(page.locator(".chip.boosted .word")).hasText(keyword);
    button("Much more of " + keyword).press("Space");
    settled();
    assertThat(lastSent().request().at("/boosts/0").asText()).isEqualTo(keyword + ":3");
    assertThat(songs().first().locator(".reasons")).containsText(keyword);
    assertThat(songs().locator("h3").allTextContents()).isNotEqualTo(before);

    page.reload();
    settled();
    button("No more of " + keyword + " than before").click();
    settled();
    assertThat(songs().locator("h3").allTextContents()).isEqualTo(before);
    page.goBack();
    assertThat(page.locator(".chip.boosted .word")).hasText(keyword);
  }

  @Test
  void aLinkEditedByHandBoostsWhatCanBeUnderstood() {
    open();
    page.navigate(
        site.address()
            + "#p=1:id:snow-07&more=rain:0.5&more=rain:2&more=snow:0&more=x:NaN&more=moon:99&more=:3&more=star:-2&more=wind");
    settled();
    JsonNode boosts = lastSent().request().get("boosts");
    assertThat(boosts).extracting(JsonNode::asText).containsExactly("rain:0.5", "star:-2");
    assertThat(page.locator(".chip.boosted small")).hasText(new String[] {"0.5", "2"});
    button("More of star").click();
    settled();
    assertThat(lastSent().request().get("boosts"))
        .extracting(JsonNode::asText)
        .containsExactly("rain:0.5", "star:1");
    page.navigate(site.address() + "#words=rain&more=star:1");
    settled();
    assertThat(lastSent().request().has("boosts")).isFalse();
  }

  @Test
  void wordsCountBesideThePictureByTheirWeight() {
    ask("train");
    page.getByLabel("Words", new Page.GetByLabelOptions().setExact(true)).fill("grandmother");
    page.getByLabel("But not").fill("city");
    page.getByLabel("But not").press("Enter");
    settled();
    JsonNode request = lastSent().request();
    assertThat(request.get("words").asText()).isEqualTo("grandmother");
    assertThat(request.get("withoutWords").asText()).isEqualTo("city");
    assertThat(request.get("wordsWeight").asDouble()).isEqualTo(.5);
    page.getByLabel("Words against picture").fill("0.9");
    settled();
    assertThat(lastSent().request().get("wordsWeight").asDouble()).isEqualTo(.9);
    assertThat(page.url()).contains("words=grandmother", "without=city", "balance=0.9");
  }

  @Test
  void filtersNarrowTheSongsAndStayInTheLink() {
    ask("flower");
    page.getByLabel("English").uncheck();
    settled();
    assertThat(texts(lastSent().request().get("filters"))).containsExactly("language!=en");
    page.getByLabel("Year from").fill("2015");
    page.getByLabel("Year from").press("Tab");
    settled();
    assertThat(page.locator(".song h3[lang=en]")).hasCount(0);
    page.getByLabel("Songs of one artist").selectOption("1");
    settled();
    JsonNode request = lastSent().request();
    assertThat(texts(request.get("filters"))).containsExactly("language!=en", "year=2015..");
    assertThat(request.get("maxPerArtist").asInt()).isEqualTo(1);
    List<String> artists = page.locator(".song .by > span:first-child").allTextContents();
    assertThat(artists).isNotEmpty().doesNotHaveDuplicates();
    page.reload();
    settled();
    assertThat(page.getByLabel("English")).not().isChecked();
    assertThat(page.getByLabel("Year from")).hasValue("2015");
    button("Clear filters").click();
    settled();
    assertThat(lastSent().request().has("filters")).isFalse();
  }

  @Test
  void aSongIsHiddenAndShownAgain() {
    ask("kite");
    String title = songs().first().locator("h3").textContent();
    songs().first().getByText("Not this one").click();
    settled();
    assertThat(songs().locator("h3").allTextContents()).doesNotContain(title);
    button("Show again").click();
    settled();
    assertThat(songs().locator("h3").allTextContents()).contains(title);
  }

  @Test
  void picturesAreAddedWithSigns() {
    ask("mountain");
    Locator found = page.locator(".grid li");
    found.nth(0).getByLabel("More like").click();
    settled();
    found.nth(1).getByLabel("Less like").click();
    settled();
    JsonNode pictures = lastSent().request().get("pictures");
    assertThat(pictures.findValues("weight").stream().map(JsonNode::asDouble))
        .containsExactly(1., 1., -.5);
    assertThat(page.locator(".basket li")).hasCount(3);
    page.locator(".basket li").nth(1).getByLabel("Less like this").click();
    settled();
    assertThat(lastSent().request().at("/pictures/1/weight").asDouble()).isEqualTo(-.5);
    assertThat(page.locator(".basket li").first().getByLabel("Remove")).isDisabled();
    page.locator(".basket li").nth(1).getByLabel("Remove").click();
    settled();
    page.locator(".basket li").nth(1).getByLabel("Remove").click();
    settled();
    assertThat(page.locator(".basket")).hasCount(0);
  }

  @Test
  void severalPicturesAreAskedByAtOnce() {
    open();
    choose(site.picture("snow"), site.picture("train"));
    settled();
    assertThat(lastSent().pictures()).hasSize(2);
    assertThat(page.locator(".basket li")).hasCount(2);
    assertThat(page.url()).containsPattern("p=1%3Akey%3A[0-9a-f]{64}&p=1%3Akey%3A[0-9a-f]{64}$");
  }

  @Test
  void aPartIsChosenByKeyboardAloneAndAskedBy() throws IOException {
    ask("house");
    BufferedImage whole = image();
    button("Crop").press("Enter");
    assertThat(page.locator(".crop-area")).isFocused();
    page.keyboard().press("Shift+ArrowLeft");
    page.keyboard().press("ArrowUp");
    page.keyboard().press("Tab");
    assertThat(page.getByLabel("Upper left corner")).isFocused();
    page.keyboard().press("Shift+ArrowDown");
    assertThat(page.locator("#crop-size"))
        .hasText("60 % wide, 50 % high, 10 % from the left, 28 % from the top");
    page.keyboard().press("Shift+Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator(".asked-picture img")).hasAttribute("alt", "Part of your picture");
    settled();
    BufferedImage part = image();
    assertThat(part.getWidth()).isCloseTo((int) (whole.getWidth() * .6), offset(1));
    assertThat(part.getHeight()).isCloseTo((int) (whole.getHeight() * .5), offset(1));

    page.reload();
    settled();
    button("Crop").click();
    assertThat(page.locator("#crop-size")).containsText("28 % from the top");
    button("Whole picture").click();
    settled();
    assertThat(page.locator(".asked-picture img")).hasAttribute("alt", "Your picture");
    assertThat(lastSent().pictures()).as("the whole is known by its key").isEmpty();
  }

  @Test
  void aPartIsChosenByPointer() {
    ask("house");
    button("Crop").click();
    BoundingBox frame = page.locator(".crop-frame").boundingBox();
    drag(page.getByLabel("Lower right corner"), frame.width * .1, frame.height * -.2);
    drag(page.locator(".crop-area"), frame.width * -.5, 0);
    assertThat(page.locator("#crop-size"))
        .hasText("70 % wide, 40 % high, 0 % from the left, 20 % from the top");
    page.keyboard().press("Escape");
    assertThat(page.locator(".crop")).hasCount(0);
    assertThat(sent()).hasSize(1);
  }

  private void drag(Locator what, double dx, double dy) {
    BoundingBox box = what.boundingBox();
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    page.mouse().move(x, y);
    page.mouse().down();
    page.mouse().move(x + dx / 2, y + dy / 2);
    page.mouse().move(x + dx, y + dy);
    page.mouse().up();
  }

  /** The picture that was last uploaded. */
  private BufferedImage image() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(lastSent().pictures().get(0)));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
