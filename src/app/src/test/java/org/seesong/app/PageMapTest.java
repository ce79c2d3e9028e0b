package org.seesong.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The map of keywords, songs and pictures. */
class PageMapTest extends PageTestCase {
  private Locator plane() {
    return page.locator(".map-plane");
  }

  private void showMap() {
    button("Show the map").click();
    assertThat(page.locator(".map-state")).hasCount(0);
    plane().scrollIntoViewIfNeeded();
  }

  private Locator name(String keyword) {
    return page.locator(".map-names button")
        .filter(new Locator.FilterOptions().setHasText(keyword));
  }

  /** Where a point of the map is on the screen before it was moved or zoomed. */
  private double[] onScreen(int point) {
    JsonNode map = tree((String) page.evaluate("fetch('api/map').then((map) => map.text())"));
    Object found =
        page.evaluate(
            "async (i) => Array.from(new Uint16Array(await (await"
                + " fetch('api/map/points')).arrayBuffer()).slice(2 * i, 2 * i + 2))",
            point);
    List<?> place = (List<?>) found;
    BoundingBox box = plane().boundingBox();
    double size = map.get("size").asDouble();
    double unit = Math.min(box.width, box.height) / size;
    return new double[] {
      box.x + box.width / 2 + (((Number) place.get(0)).doubleValue() - size / 2) * unit,
      box.y + box.height / 2 + (((Number) place.get(1)).doubleValue() - size / 2) * unit
    };
  }

  /** Names lie above the points. */
  private boolean isCanvas(double x, double y) {
    return (boolean)
        page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.tagName === 'CANVAS'", List.of(x, y));
  }

  @Test
  void theQueryStandsOnTheIslandOfItsKeyword() {
    ask("snow");
    showMap();
    BoundingBox query = page.locator(".map-plane .map-query").boundingBox();
    BoundingBox snow = name("雪").boundingBox();
    BoundingBox plane = plane().boundingBox();
    double away = Math.hypot(query.x - snow.x, query.y - snow.y);
    assertThat(away).isLessThan(Math.min(plane.width, plane.height) / 5);
  }

  @Test
  void aKeywordAndAPointAreAskedBy() {
    open();
    showMap();
    name("雪").click();
    settled();
    assertThat(lastSent().request().get("keyword").asText()).isEqualTo("雪");
    assertThat(songs().first()).isVisible();

    open();
    showMap();
    double[] at =
        IntStream.range(0, 100)
            .mapToObj(this::onScreen)
            .filter(spot -> isCanvas(spot[0], spot[1]))
            .findFirst()
            .orElseThrow();
    page.mouse().move(at[0], at[1]);
    String title = page.locator(".map-tip strong").textContent();
    assertThat(title).isNotBlank();
    page.mouse().down();
    page.mouse().up();
    settled();
    String id = lastSent().request().get("song").asText();
    JsonNode song =
        tree((String) page.evaluate("(id) => fetch(`api/songs/${id}`).then((s) => s.text())", id));
    assertThat(song.get("title").asText()).isEqualTo(title);
  }

  @Test
  void pointsAreDrawnAndMoveByKeyboardAndWheel() {
    announce("GPU stall due to ReadPixels"); // the test reads what was drawn
    open();
    showMap();
    byte[] whole = plane().screenshot();
    plane().focus();
    page.keyboard().press("+");
    page.keyboard().press("ArrowLeft");
    BoundingBox before = name("雪").first().boundingBox();
    assertThat(plane().screenshot()).isNotEqualTo(whole);
    page.keyboard().press("ArrowRight");
    BoundingBox box = plane().boundingBox();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
    page.mouse().wheel(0, -200);
    page.waitForTimeout(200);
    assertThat(before == null || !before.equals(name("雪").first().boundingBox())).isTrue();
    Number coloured =
        (Number)
            page.evaluate(
                """
                () => new Promise((done) => requestAnimationFrame(() => {
                  const canvas = document.querySelector('.map-plane canvas');
                  const copy = document.createElement('canvas');
                  copy.width = canvas.width;
                  copy.height = canvas.height;
                  document.querySelector('.map-plane').dispatchEvent(new KeyboardEvent('keydown', { key: '-', bubbles: true }));
                  requestAnimationFrame(() => {
                    copy.getContext('2d').drawImage(canvas, 0, 0);
                    const data = copy.getContext('2d').getImageData(0, 0, copy.width, copy.height).data;
                    let count = 0;
                    for (let i = 3; i < data.length; i += 4) count += data[i] > 0 ? 1 : 0;
                    done(count);
                  });
                }))
                """);
    assertThat(coloured.intValue()).as("pixels that points cover").isGreaterThan(200);
  }

  @Test
  void aBrowserWithoutWebGlIsToldSo() {
    context.addInitScript("HTMLCanvasElement.prototype.getContext = function () { return null; };");
    open();
    button("Show the map").click();
    assertThat(page.locator(".map-state")).containsText("WebGL");
  }
}
