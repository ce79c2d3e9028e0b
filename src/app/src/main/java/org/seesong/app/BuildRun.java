package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.seesong.build.BuildOptions;
import org.seesong.build.BuildReport;
import org.seesong.build.CatalogueBuild;
import org.seesong.build.LeftOutLimit;
import org.seesong.build.Stage;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.FileNames;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.KeywordWeighting;
import org.seesong.keyword.NonCompositionalWords;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Segmenters;
import org.seesong.keyword.StopWords;
import org.seesong.keyword.UserWords;
import org.seesong.part.PartRunner;
import org.seesong.text.LyricsCleaner;

/** Turns the command line's settings into a build and watches it. */
final class BuildRun {
  private final Console console;
  private final BuildSettings settings;

  BuildRun(Console console, BuildSettings settings) {
    this.console = console;
    this.settings = settings;
  }

  /** Everything that can be wrong with the settings is found before the first file is read. */
  BuildReport build(CatalogueOptions catalogue, Path out, boolean strict, LeftOutLimit leftOut)
      throws IOException, InterruptedException {
    return build(catalogue, out, strict, leftOut, new SparkSettings());
  }

  /** Like the method above, on the machines that are named. */
  BuildReport build(
      CatalogueOptions catalogue,
      Path out,
      boolean strict,
      LeftOutLimit leftOut,
      SparkSettings spark)
      throws IOException, InterruptedException {
    spark.check();
    ModelHome home = ModelHome.fromEnvironment();
    String encoderName = encoder(home);
    BuildOptions options;
    KeywordTools tools;
    try {
      options = options(catalogue, encoderName, out, strict, leftOut);
      tools = tools();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
    ProgressView progress = new ProgressView(console);
    StopNotice notice = StopNotice.show(console, out, () -> progress.isAt(Stage.EMBEDDING));
    try (ImageEncoder encoder = home.open(encoderName)) {
      UntrainedNotice.show(console, encoder.id());
      requireEncoderOf(out, encoderName, encoder.id());
      Optional<PartRunner> runner = spark.open(out);
      if (runner.isEmpty()) {
        return CatalogueBuild.run(options, encoder, tools, progress);
      }
      try (PartRunner cluster = runner.get()) {
        return CatalogueBuild.run(options, encoder, tools, progress, cluster, home);
      }
    } finally {
      progress.closeBar();
      notice.remove();
    }
  }

  /** An encoder that nobody named must not replace the vectors of an index by others. */
  private void requireEncoderOf(Path out, String name, String id) {
    if (settings.encoder != null) {
      return;
    }
    IndexMetadata identity;
    try (CatalogueIndex index = CatalogueIndex.open(out.resolve("index"))) {
      identity = index.metadata();
    } catch (IOException e) {
      return; // none there, or of another layout or damaged: it is written again
    }
    String before = identity.encoderSpace().id();
    String named = identity.build().options().getOrDefault(IndexMetadata.ENCODER_OPTION, before);
    if (!before.equals(id) && named.equals(name)) {
      console.log(
          "the index holds vectors of " + before + "; all pictures are encoded anew by " + id);
    } else if (!before.equals(id)) {
      throw new UsageException(
          new IllegalArgumentException(
              "the index in "
                  + out
                  + " was built with encoder "
                  + before
                  + ", and --encoder auto is "
                  + id
                  + " now; to keep to the former give --encoder "
                  + named
                  + ", to encode all pictures anew --encoder "
                  + name));
    }
  }

  private String encoder(ModelHome home) throws IOException {
    try {
      return EncoderChoice.resolve(settings.encoder(), !settings.isPaper(), home, console);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private BuildOptions options(
      CatalogueOptions catalogue,
      String encoderName,
      Path out,
      boolean strict,
      LeftOutLimit leftOut)
      throws IOException {
    return BuildOptions.builder(catalogue, out, encoderName)
        .centered(settings.centered())
        .keywords(keywordOptions())
        .givenKeywords(givenKeywords())
        .textEncoder(textEncoder())
        .classKeywords(settings.classKeywords)
        .labels(settings.labels())
        .embedding(settings.embedding())
        .vectors(settings.vectors)
        .threads(settings.threads())
        .strict(strict)
        .leftOut(leftOut)
        .build();
  }

  private String textEncoder() {
    String preset = settings.isPaper() ? BuildOptions.NONE : BuildOptions.AUTO;
    return settings.textEncoder == null ? preset : settings.textEncoder;
  }

  private KeywordOptions keywordOptions() {
    KeywordOptions.Builder options =
        KeywordOptions.DEFAULT.toBuilder()
            .threads(settings.threads())
            .weighting(weighting(settings.weighting))
            .sharedTitles(KeywordOptions.DEFAULT.maxTitleFrequency(), settings.maxTitleShare);
    if (isNumber(settings.keywords)) {
      options.keywords(Integer.parseInt(settings.keywords));
    }
    return options.build();
  }

  private KeywordWeighting weighting(String name) {
    if (name == null) {
      return settings.isPaper() ? KeywordWeighting.TFIDF : KeywordWeighting.RELEVANCE;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "relevance" -> KeywordWeighting.RELEVANCE;
      case "tfidf" -> KeywordWeighting.TFIDF;
      case "bm25" -> KeywordWeighting.BM25;
      default ->
          throw new IllegalArgumentException(
              "unknown weighting '" + name + "'; there are: relevance, tfidf, bm25");
    };
  }

  private KeywordList givenKeywords() throws IOException {
    if (isNumber(settings.keywords)) {
      return KeywordList.none();
    }
    Path file = FileNames.path(settings.keywords);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--keywords must be a number up to 99999 or a file with a keyword a line; got: "
              + settings.keywords);
    }
    return KeywordList.read(file);
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,5}");
  }

  private LyricsCleaner cleaner() {
    return switch (settings.lyricsCleaning) {
      case "on" -> LyricsCleaner.of(true);
      case "off" -> LyricsCleaner.of(false);
      default ->
          throw new IllegalArgumentException(
              "--lyrics-cleaning must be on or off; got: '" + settings.lyricsCleaning + "'");
    };
  }

  private KeywordTools tools() throws IOException {
    ScriptFolder folder =
        settings.scriptOverrides == null
            ? ScriptFolder.builtIn()
            : ScriptFolder.withOverrides(settings.scriptOverrides);
    UserWords words =
        settings.userDictionary == null
            ? UserWords.none()
            : UserWords.read(settings.userDictionary, folder);
    StopWords stopWords =
        settings.stopWords == null
            ? StopWords.builtIn()
            : StopWords.builtIn().plus(settings.stopWords, folder);
    return new KeywordTools(
        Segmenters.byName(settings.segmenter, words),
        folder,
        stopWords,
        NonCompositionalWords.builtIn(),
        cleaner());
  }
}
