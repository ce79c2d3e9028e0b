package org.seesong.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.seesong.server.SeesongServer;

/** What the page says when there is no answer, and the way on from there. */
class PageErrorsTest extends PageTestCase {
  @Test
  void aFileThatIsNoPictureIsNamed() {
    open();
    drop("notes.txt", "text/plain", "snow".getBytes(StandardCharsets.UTF_8));
    assertThat(page.locator("#problem"))
        .containsText(
            "“notes.txt” is not a picture. JPEG, PNG, GIF, BMP and WebP work everywhere.");
    assertThat(page.locator("#problem")).isFocused();
    assertThat(sent()).isEmpty();
    choose(site.picture("snow"));
    settled();
    assertThat(songs().first()).isVisible();
    assertThat(page.locator("#problem")).hasCount(0);
  }

  @Test
  void aDamagedPictureIsSentAsItIsAndRefusedKindly() {
    announce("400");
    open();
    byte[] damaged = "BM no bitmap at all".getBytes(StandardCharsets.UTF_8);
    drop("damaged.bmp", "image/bmp", damaged);
    settled();
    assertThat(page.locator("#problem")).containsText("This picture cannot be read");
    assertThat(page.locator("#problem")).containsText("Request ");
    assertThat(page.locator(".asked-picture")).containsText("No preview");
    assertThat(lastSent().pictures().get(0)).isEqualTo(damaged);
  }

  @Test
  void aPictureThatIsTooLargeIsNotSent() {
    open();
    page.route("**/api/search", route -> route.abort());
    page.evaluate(
        """
        () => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(20_000_001)], 'raw.heic', { type: 'image/heic' }));
          document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
        }\
        """);
    settled();
    assertThat(page.locator("#problem")).containsText("This picture is too large: 20 MB at most.");
    assertThat(sent()).isEmpty();
  }

  @Test
  void aServerThatIsGoneIsAskedAgain() {
    announce("ERR_FAILED");
    open();
    page.route("**/api/search", Route::abort);
    choose(site.picture("fire"));
    assertThat(page.locator("#problem")).containsText("The server does not answer.");
    page.unroute("**/api/search");
    button("Try again").click();
    settled();
    assertThat(songs().first()).isVisible();
  }

  @Test
  void aBusyServerIsAskedAgainAfterTheTimeItNames() {
    announce("503");
    open();
    AtomicInteger refused = new AtomicInteger();
    page.route(
        "**/api/search",
        route -> {
          if (refused.getAndIncrement() == 0) {
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setHeaders(Map.of("Retry-After", "1"))
                    .setBody("{\"error\":{\"code\":\"busy\",\"message\":\"busy\"}}"));
          } else {
            route.resume();
          }
        });
    choose(site.picture("fire"));
    settled();
    assertThat(songs().first()).isVisible();
    assertThat(refused).hasValue(2);
  }

  @Test
  void aPictureThatTheServerForgotIsSentAgain() {
    announce("410");
    ask("bird");
    AtomicInteger asked = new AtomicInteger();
    page.route(
        "**/api/search",
        route -> {
          if (asked.getAndIncrement() == 0) {
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(410)
                    .setBody("{\"error\":{\"code\":\"upload-gone\",\"message\":\"gone\"}}"));
          } else {
            route.resume();
          }
        });
    page.getByLabel("Songs", new Page.GetByLabelOptions().setExact(true)).selectOption("5");
    settled();
    assertThat(songs().first()).isVisible();
    assertThat(lastSent().pictures()).hasSize(1);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aLinkWhosePictureNobodyHoldsSaysSo() {
    announce("410");
    page.navigate(site.address() + "#p=1:key:" + "0".repeat(64));
    assertThat(page.locator("#problem"))
        .containsText("this browser does not hold it. Drop the picture here to ask again.");
    drop("again.jpg", "image/jpeg", bytes(site.picture("bird")));
    settled();
    assertThat(songs().first()).isVisible();
  }

  @Test
  void aLinkMadeUpByHandIsReadWithCare() {
    page.navigate(
        site.address() + "#p=1:key:../../x&p=nonsense&p=1e9:id:a&n=99999&balance=7&f=nothing");
    assertThat(page.locator(".drop-zone")).isVisible();
    announce("400|404");
    page.navigate(site.address() + "#song=%3Cimg%20src=x%20onerror=alert(1)%3E");
    assertThat(page.locator("#problem")).containsText("Not found in this catalogue");
    assertThat(page.locator(".asked strong")).hasText("<img src=x onerror=alert(1)>");
  }

  @Test
  void aPictureUnlikeAllOthersIsToldHonestly() {
    open();
    drop("noise.png", "image/png", noise(300, 300, "png"));
    settled();
    assertThat(page.locator("#answer")).hasText("No song");
    assertThat(page.locator(".notice")).containsText("Nothing in this catalogue looks like this");
    button("Show 10 all the same").click();
    settled();
    assertThat(songs()).hasCount(10);
    assertThat(page.locator(".notice")).containsText("Nothing in this catalogue looks like this");
    assertThat(page.locator(".level").first())
        .not()
        .containsText(Pattern.compile("surely|probably"));
    button("Only songs that fit").click();
    settled();
    assertThat(songs()).hasCount(0);
  }

  @Test
  void fewerSongsThanAskedForAreExplained() {
    ask("coffee");
    int fit = songs().count();
    assertThat(fit).isBetween(1, 9);
    assertThat(page.locator(".sureness"))
        .containsText(fit + " of 10: no further song is likely to fit.");
    button("Show 10 all the same").click();
    settled();
    assertThat(songs()).hasCount(10);
    page.goBack();
    assertThat(songs()).hasCount(fit);
  }

  @Test
  void conditionsThatNoSongMeetsAreTold() {
    page.navigate(site.address() + "#p=1:id:snow-03&f=year%3D1900..1901");
    settled();
    assertThat(page.locator("#answer")).hasText("No song");
    assertThat(page.locator(".sureness"))
        .containsText("No song meets all conditions. Drop a filter or a keyword.");
  }

  @Test
  void aTokenIsAskedForAndKeptForTheTab() throws IOException {
    announce("401");
    String secret = "a-token-of-tests-01";
    try (SeesongServer guarded =
        SeesongServer.start(site.index(), PageFixture.Site.options().token(secret).build())) {
      page.navigate(guarded.uri().toString());
      assertThat(page.locator(".token")).containsText("This server asks for a token.");
      page.getByLabel("Token").fill("not the token at all");
      button("Use token").click();
      assertThat(page.locator(".token")).containsText("This is not the server's token.");
      page.getByLabel("Token").fill(secret);
      button("Use token").click();
      assertThat(page.locator(".samples img").first())
          .hasAttribute("src", Pattern.compile("^blob:"));
      assertThat(page.locator(".token")).hasCount(0);
      choose(site.picture("moon"));
      settled();
      assertThat(songs().first()).isVisible();
      page.reload();
      assertThat(songs().first()).isVisible();
    }
  }
}
