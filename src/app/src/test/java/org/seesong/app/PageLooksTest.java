package org.seesong.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for everybody: languages, colours, widths, keyboard, screen readers, size. */
class PageLooksTest extends PageTestCase {
  private static final int MOST_BYTES = 60_000;
  private static final String FOLDER = "/org/seesong/server/page/";

  @ParameterizedTest
  @CsvSource({"en,LIGHT", "en,DARK", "zh-TW,LIGHT", "zh-CN,DARK"})
  void noRuleOfAccessibilityIsBroken(String locale, ColorScheme colours) throws IOException {
    announce("400");
    context(
        options ->
            options
                .setLocale(locale)
                .setColorScheme(colours)
                .setReducedMotion(ReducedMotion.REDUCE));
    page = newPage();
    open();
    assertThat(page.locator(".samples img")).hasCount(12);
    assertThat(violations()).as("empty page").isEmpty();
    choose(site.picture("umbrella"), site.picture("rain"));
    settled();
    assertThat(violations()).as("answer").isEmpty();
    page.locator(".chip .drop-keyword").first().click();
    settled();
    page.locator(".menu summary").click();
    assertThat(violations()).as("keyword left out, menu open").isEmpty();
    page.keyboard().press("Escape");
    assertThat(page.locator(".menu summary")).isFocused();
    page.locator(".asked-picture .button").first().click();
    assertThat(page.locator(".crop")).isVisible();
    assertThat(violations()).as("crop").isEmpty();
    drop("damaged.bmp", "image/bmp", new byte[] {'B', 'M', 0});
    settled();
    assertThat(violations()).as("error").isEmpty();
  }

  /**
   * What axe-core finds, by the rules of WCAG 2.2 A and AA and its best practices. It cannot judge
   * the contrast of text above a gradient, so the wash behind the page, which is nearly of the
   * paper's colour, is taken away.
   */
  private List<String> violations() throws IOException {
    page.evaluate(new String(resource("/axe.min.js"), StandardCharsets.UTF_8));
    String found =
        (String)
            page.evaluate(
                """
                () => {
                  const sheet = new CSSStyleSheet();
                  sheet.replaceSync('body::before { display: none }');
                  document.adoptedStyleSheets = [sheet];
                  return axe
                    .run(document, { resultTypes: ['passes', 'violations'], rules: { 'target-size': { enabled: true } } })
                    .then(({ passes, violations }) => JSON.stringify({ passes, violations }));
                }\
                """);
    JsonNode result = tree(found);
    assertThat(result.get("passes").findValuesAsText("id"))
        .as("rules that had something to look at")
        .contains("color-contrast", "button-name", "image-alt", "label", "region");
    List<String> violations = new ArrayList<>();
    for (JsonNode violation : result.get("violations")) {
      violations.add(violation.get("id").asText() + ": " + violation.at("/nodes/0/html").asText());
    }
    return violations;
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 360, 768, 1280})
  void nothingIsWiderThanTheWindow(int width) {
    for (String locale : List.of("en", "zh-CN")) {
      context(options -> options.setLocale(locale).setViewportSize(width, 800));
      page = newPage();
      open();
      assertThat(page.locator(".samples img")).hasCount(12);
      assertThat(overflow()).as("empty page").isZero();
      choose(site.picture("sun"));
      settled();
      songs().first().locator(".actions .button").nth(1).click();
      assertThat(page.locator(".strip img").first()).isVisible();
      assertThat(overflow()).as("answer").isZero();
      page.locator(".asked-picture .button").first().click();
      assertThat(page.locator(".crop")).isVisible();
      assertThat(overflow()).as("crop").isZero();
    }
  }

  private int overflow() {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  @Test
  void theLanguageFollowsTheBrowserAndThenTheButton() {
    context(options -> options.setLocale("zh-CN"));
    page = newPage();
    open();
    assertThat(page.locator("html")).hasAttribute("lang", "zh-Hans");
    assertThat(page.locator("#hero")).hasText("你的图片，适合哪些歌？");
    page.getByText("English").click();
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    page.reload();
    assertThat(page.locator("#hero")).hasText("Which songs fit your picture?");
  }

  @Test
  void everyTextIsThereInBothLanguages() {
    open();
    JsonNode texts =
        tree(
            (String)
                page.evaluate("import('./words.js').then(({texts}) => JSON.stringify(texts))"));
    assertThat(texts).hasSizeGreaterThan(100);
    texts
        .properties()
        .forEach(
            text -> {
              String english = text.getValue().get(0).asText();
              String chinese = text.getValue().get(1).asText();
              assertThat(english).as(text.getKey()).isNotBlank();
              assertThat(chinese).as(text.getKey()).isNotBlank();
              for (String value : List.of("{0", "{1", "{2", "{3")) {
                assertThat(chinese.contains(value))
                    .as(text.getKey())
                    .isEqualTo(english.contains(value));
              }
            });
  }

  @Test
  void coloursFollowTheSystemAndThenTheButton() {
    context(options -> options.setColorScheme(ColorScheme.DARK));
    page = newPage();
    open();
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(17, 21, 23)");
    button("Dark colours").click();
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(247, 248, 248)");
    page.reload();
    assertThat(button("Dark colours")).hasAttribute("aria-pressed", "false");
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(247, 248, 248)");
  }

  @Test
  void aWalkByKeyboardAlone() {
    open();
    assertThat(page.locator(".samples img")).hasCount(12);
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    tabTo(page.locator(".samples button").first());
    page.keyboard().press("Enter");
    settled();
    assertThat(page.locator("#answer")).isFocused();
    tabTo(page.locator(".chip .drop-keyword").first());
    page.keyboard().press("Enter");
    settled();
    assertThat(page.locator(".chip.not .drop-keyword")).isFocused();
    page.keyboard().press("Space");
    settled();
    page.keyboard().press("Shift+Tab");
    page.keyboard().press("Shift+Tab");
    assertThat(page.locator(".chip .boost:focus")).hasCount(1);
    page.keyboard().press("Enter");
    settled();
    assertThat(page.locator(".chip.boosted .boost")).isFocused();
    tabTo(songs().first().locator(".actions .button").first());
    page.keyboard().press("Enter");
    settled();
    assertThat(page.locator(".asked")).isVisible();
    assertThat(page.locator("#answer")).isFocused();
  }

  /** Presses Tab until something has the focus. */
  private void tabTo(com.microsoft.playwright.Locator target) {
    for (int i = 0; i < 60; i++) {
      page.keyboard().press("Tab");
      if ((boolean) target.evaluate("element => element === document.activeElement")) {
        return;
      }
    }
    assertThat(target).isFocused();
  }

  @Test
  void aScreenReaderIsToldWhatHappens() {
    ask("leaf");
    assertThat(page.locator("[role=status]")).hasText(songs().count() + " songs");
    assertThat(page.getByRole(AriaRole.MAIN)).hasCount(1);
    assertThat(page.getByRole(AriaRole.BANNER)).hasCount(1);
    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("Seesong");
    assertThat(songs().first().getByRole(AriaRole.ARTICLE))
        .hasAccessibleName(songs().first().locator("h3").textContent());
    assertThat(page.locator(".song h3[lang='en']").first()).isVisible();
  }

  /** All files that there are, as they are sent; {@code src/docs/page.md} has the figures. */
  @Test
  void theWholePageIsSmall() {
    announce("GPU stall due to ReadPixels"); // of the map
    List<Response> files = new ArrayList<>();
    page.onResponse(
        response -> {
          if (response.url().startsWith(site.address()) && !response.url().contains("/api/")) {
            files.add(response);
          }
        });
    ask("star");
    button("Show the map").click();
    assertThat(page.locator(".map-plane canvas")).isVisible();
    page.waitForLoadState(LoadState.NETWORKIDLE);
    assertThat(files).hasSizeBetween(15, 20);
    assertThat(files)
        .extracting(response -> response.headerValue("content-encoding"))
        .containsOnly("gzip");
    int bytes =
        List.copyOf(files).stream().mapToInt(r -> r.request().sizes().responseBodySize).sum();
    assertThat(bytes).as("bytes without pictures").isBetween(30_000, MOST_BYTES);
  }

  @Test
  void theVendoredFileIsTheOneThatItsNoteNames() throws IOException, GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(resource(FOLDER + "vendor/htm-preact.js"));
    String note = new String(resource(FOLDER + "vendor/htm-preact.txt"), StandardCharsets.UTF_8);
    assertThat(note).contains("SHA-256 " + HexFormat.of().formatHex(digest));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PageLooksTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
