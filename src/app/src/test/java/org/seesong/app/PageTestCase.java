package org.seesong.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the page in Chromium. Each test has a browser context of its own, and fails if the page
 * writes an error to the console that the test did not announce, or sends a request anywhere but to
 * its server.
 */
@ExtendWith(PageFixture.class)
abstract class PageTestCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps what the page asks of the server: the request and the bytes of its pictures. */
  private static final String RECORDER =
      """
      window.sent = [];
      const send = window.fetch;
      const base64 = (blob) => new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result.split(',')[1] || '');
        reader.readAsDataURL(blob);
      });
      window.fetch = async (path, options = {}) => {
        if (path === 'api/search') {
          const form = options.body instanceof FormData;
          const files = form ? options.body.getAll('picture') : [];
          window.sent.push({
            request: JSON.parse(form ? options.body.get('request') : options.body),
            names: files.map((file) => file.name),
            pictures: await Promise.all(files.map(base64)),
          });
        }
        return send(path, options);
      };
      """;

  /** A search that the page sent. */
  record Sent(JsonNode request, List<String> names, List<byte[]> pictures) {}

  PageFixture.Site site;
  BrowserContext context;
  Page page;
  private final List<String> problems = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final List<Pattern> announced = new ArrayList<>();

  @BeforeEach
  void openContext(PageFixture.Site shared) {
    site = shared;
    context(options -> options);
    page = newPage();
  }

  /** Begins again with a browser that has other settings. */
  void context(UnaryOperator<Browser.NewContextOptions> settings) {
    if (context != null) {
      context.close();
    }
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setLocale("en")
            .setColorScheme(ColorScheme.LIGHT)
            .setViewportSize(1280, 900);
    context = site.browser().newContext(settings.apply(options));
    context.setDefaultTimeout(PageFixture.MOST_MILLIS);
    context.addInitScript(RECORDER);
    context.onRequest(request -> addresses.add(request.url()));
  }

  Page newPage() {
    Page opened = context.newPage();
    opened.onPageError(problems::add);
    opened.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            problems.add(message.text());
          }
        });
    return opened;
  }

  /** The browser writes failed requests to the console; this one is what the test is about. */
  void announce(String pattern) {
    announced.add(Pattern.compile(pattern));
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    context.close();
    assertThat(problems)
        .as("errors and warnings on the browser's console")
        .allMatch(problem -> announced.stream().anyMatch(each -> each.matcher(problem).find()));
    assertThat(addresses)
        .as("addresses that the page asked for")
        .allMatch(address -> address.matches("(http://127\\.0\\.0\\.1:|blob:|data:).*"));
  }

  /** Opens the page. */
  void open() {
    page.navigate(site.address());
    assertThat(page.locator(".drop-zone")).isVisible();
  }

  /** Opens the page and asks by a picture of a theme. */
  void ask(String theme) {
    open();
    choose(site.picture(theme));
    settled();
  }

  /** Chooses a file as a person does with the button. */
  void choose(Path... files) {
    page.locator("input[type=file]").first().setInputFiles(files);
  }

  /** Waits for the answer to what was last asked. */
  void settled() {
    assertThat(page.locator("main")).hasAttribute("aria-busy", "false");
  }

  Locator songs() {
    return page.locator(".song");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** What the page sent since it was last loaded, oldest first. */
  List<Sent> sent() {
    JsonNode all = tree((String) page.evaluate("JSON.stringify(window.sent)"));
    List<Sent> list = new ArrayList<>();
    for (JsonNode each : all) {
      List<String> names = new ArrayList<>();
      List<byte[]> pictures = new ArrayList<>();
      each.get("names").forEach(name -> names.add(name.asText()));
      each.get("pictures").forEach(text -> pictures.add(Base64.getDecoder().decode(text.asText())));
      list.add(new Sent(each.get("request"), names, pictures));
    }
    return list;
  }

  Sent lastSent() {
    List<Sent> all = sent();
    return all.get(all.size() - 1);
  }

  /** A file as a drop or the clipboard carries it. */
  JSHandle transfer(String name, String type, byte[] content) {
    return page.evaluateHandle(
        """
        ([name, type, content]) => {
          const transfer = new DataTransfer();
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          transfer.items.add(new File([bytes], name, { type }));
          return transfer;
        }\
        """,
        List.of(name, type, Base64.getEncoder().encodeToString(content)));
  }

  void drop(String name, String type, byte[] content) {
    page.dispatchEvent(
        "body", "drop", Map.of("dataTransfer", transfer(name, type, content), "bubbles", true));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture in which nothing is to be seen: noise. */
  static byte[] noise(int width, int height, String format) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(17);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
