package org.seesong.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Measures the page's first paint and its bytes; {@code src/docs/page.md} has the command. */
@EnabledIfSystemProperty(named = "seesong.figures", matches = ".+")
class PageFigures extends PageTestCase {
  private static final int LOADS = 7;

  private static final String FIRST_PAINT =
      """
      () => new Promise((resolve) => {
        const found = performance.getEntriesByName('first-contentful-paint');
        if (found.length) resolve(found[0].startTime);
        else new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      })\
      """;

  @Test
  void measure() throws IOException {
    List<String> lines = new ArrayList<>();
    List<Double> paints = new ArrayList<>();
    List<Double> answers = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      context(options -> options); // nothing cached
      page = newPage();
      open();
      paints.add(((Number) page.evaluate(FIRST_PAINT)).doubleValue());
      double start = System.nanoTime();
      choose(site.picture("snow"));
      assertThat(songs().first()).isVisible();
      answers.add((System.nanoTime() - start) / 1e6);
    }
    paints.sort(null);
    answers.sort(null);
    lines.add(figure("first contentful paint, ms", paints));
    lines.add(figure("picture chosen to first song, ms", answers));
    context(options -> options);
    page = newPage();
    announce("GPU stall due to ReadPixels");
    List<Response> files = new CopyOnWriteArrayList<>();
    page.onResponse(
        response -> {
          if (response.url().startsWith(site.address()) && !response.url().contains("/api/")) {
            files.add(response);
          }
        });
    open();
    page.waitForLoadState(LoadState.NETWORKIDLE);
    lines.add(bytes("empty page", files));
    button("Show the map").click();
    assertThat(page.locator(".map-plane canvas")).isVisible();
    page.waitForLoadState(LoadState.NETWORKIDLE);
    lines.add(bytes("with the map, which is all", files));
    Files.write(Path.of(System.getProperty("seesong.figures")), lines);
  }

  private static String figure(String what, List<Double> sorted) {
    return String.format(
        Locale.ROOT,
        "%s: %.0f to %.0f, median %.0f, of %d loads without cache",
        what,
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        sorted.get(sorted.size() / 2),
        sorted.size());
  }

  private static String bytes(String what, List<Response> files) {
    return String.format(
        Locale.ROOT,
        "%s: %d files, %,d bytes as sent, %,d as written",
        what,
        files.size(),
        files.stream().mapToInt(file -> file.request().sizes().responseBodySize).sum(),
        files.stream().mapToInt(file -> file.body().length).sum());
  }
}
