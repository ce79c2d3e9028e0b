package org.seesong.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.seesong.server.SeesongServer;
import org.seesong.server.ServerOptions;

/**
 * The demo catalogue, a server over it and a Chromium, once for all tests of a virtual machine.
 * Tests are skipped where there is no Chromium on the PATH.
 */
final class PageFixture implements ExecutionCondition, ParameterResolver {
  private static final Namespace SPACE = Namespace.create(PageFixture.class);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** No access to anything but the page: no updates, no synchronisation, no QUIC. */
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** The first search by words loads the text encoder, which takes seconds on a busy machine. */
  static final int MOST_MILLIS = 30_000;

  /** What the tests share. */
  static final class Site implements AutoCloseable {
    private final Path folder;
    private final SeesongServer server;
    private final Playwright playwright;
    private final Browser browser;

    private Site(Path chromium) {
      try {
        folder = Files.createTempDirectory("seesong-page");
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        int code = Seesong.run(new String[] {"demo", "--dir", folder.toString()}, out, out);
        if (code != Seesong.DONE) {
          throw new IllegalStateException(log.toString(StandardCharsets.UTF_8));
        }
        server = SeesongServer.start(index(), options().votes(votes()).build());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      PlaywrightAssertions.setDefaultAssertionTimeout(MOST_MILLIS);
      playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      browser =
          playwright
              .chromium()
              .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS));
    }

    /** Options of a server on any free port. */
    static ServerOptions.Builder options() {
      return ServerOptions.DEFAULT.toBuilder().port(0);
    }

    String address() {
      return server.uri().toString();
    }

    Path index() {
      return folder.resolve("index");
    }

    Path votes() {
      return folder.resolve("votes.jsonl");
    }

    /** A picture that the catalogue does not have, of one of its 24 themes. */
    Path picture(String theme) {
      return folder.resolve("catalogue").resolve("queries").resolve(theme + ".jpg");
    }

    Browser browser() {
      return browser;
    }

    @Override
    public void close() throws IOException {
      browser.close();
      playwright.close();
      server.close();
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return chromium().isPresent()
        ? ConditionEvaluationResult.enabled("Chromium is installed")
        : ConditionEvaluationResult.disabled(
            "the page is not tested: no " + NAMES + " on the PATH; install Debian's chromium");
  }

  private static Optional<Path> chromium() {
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream()
        .flatMap(
            name ->
                List.of(path.split(File.pathSeparator)).stream()
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Site resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // Maven asks for one class after another: what belongs to the root ends with each.
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, SPACE)
        .getOrComputeIfAbsent("site", key -> new Site(chromium().orElseThrow()), Site.class);
  }
}
