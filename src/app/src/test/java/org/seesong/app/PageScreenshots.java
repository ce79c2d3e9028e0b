package org.seesong.app;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Takes pictures of the page, to be looked at; {@code src/docs/page.md} has the command. */
@EnabledIfSystemProperty(named = "seesong.screenshots", matches = ".+")
class PageScreenshots extends PageTestCase {
  private static final int SMALL_QUALITY = 80;

  /** Those in the window: the others are fetched when they come into it. */
  private static final String ALL_PICTURES_ARE_THERE =
      """
      () => [...document.images]
        .filter((image) => image.getBoundingClientRect().top < window.innerHeight)
        .every((image) => image.complete && image.naturalWidth > 0)\
      """;

  @ParameterizedTest
  @CsvSource({
    "360,780,en,LIGHT",
    "360,780,zh-CN,DARK",
    "768,1000,zh-CN,LIGHT",
    "1280,900,en,LIGHT",
    "1280,900,zh-CN,DARK"
  })
  void take(int width, int height, String locale, ColorScheme colours) {
    context(
        options ->
            options
                .setViewportSize(width, height)
                .setLocale(locale)
                .setColorScheme(colours)
                .setReducedMotion(ReducedMotion.REDUCE));
    page = newPage();
    String name = width + "-" + locale + "-" + colours.name().toLowerCase(Locale.ROOT);
    open();
    page.waitForLoadState(LoadState.NETWORKIDLE);
    shoot("start-" + name);
    choose(site.picture("snow"));
    settled();
    page.waitForLoadState(LoadState.NETWORKIDLE);
    shoot("answer-" + name);
    page.locator(".asked-picture .button").first().click();
    shoot("crop-" + name);
  }

  private void shoot(String name) {
    page.waitForFunction(ALL_PICTURES_ARE_THERE);
    Path file = Path.of(System.getProperty("seesong.screenshots"), name + ".jpg").toAbsolutePath();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(file)
            .setType(ScreenshotType.JPEG)
            .setQuality(SMALL_QUALITY));
  }
}
