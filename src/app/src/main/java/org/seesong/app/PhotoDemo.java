package org.seesong.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seesong.app.demo.DemoCatalogue;
import org.seesong.build.ClassKeywordsOption;
import org.seesong.build.LeftOutLimit;
import org.seesong.catalogue.CatalogueException;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Picture;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.io.AtomicFiles;
import org.seesong.model.PublishedWeights;

/**
 * The demo's songs with a user's own photographs, which nobody has labelled. The demo's paintings
 * are indexed beside them: their labels spread to the photographs, together with the classes of an
 * installed network.
 */
final class PhotoDemo {
  /** Photographs that are taken at most, evenly over the folder. */
  static final int MOST_PHOTOS = 1000;

  /** Photographs that are asked by. */
  static final int QUERIES = 6;

  /** From so many on, those that are asked by are left out of the index. */
  static final int ENOUGH = 3 * QUERIES;

  private final Console console;
  private final Path home;
  private final Path photos;
  private final List<Picture> all;

  /**
   * What was built.
   *
   * @param index folder of the build
   * @param queries photographs to ask by
   * @param leftOut whether the index does not hold them
   */
  record Built(Path index, List<Path> queries, boolean leftOut) {
    Built {
      queries = List.copyOf(queries);
    }
  }

  private PhotoDemo(Console console, Path home, Path photos, List<Picture> all) {
    this.console = console;
    this.home = home;
    this.photos = photos;
    this.all = all;
  }

  /** Looks at the photographs; refuses a folder that holds none. */
  static PhotoDemo of(Console console, Path home, Path photos) throws CatalogueException {
    return new PhotoDemo(console, home, photos, pictures(photos));
  }

  Built build() throws IOException, InterruptedException {
    List<Picture> taken = spread(all, MOST_PHOTOS);
    if (taken.size() < all.size()) {
      console.log(
          String.format(
              Locale.ROOT,
              "of %,d photographs %,d are taken, evenly over the folder; a build of your own takes"
                  + " all",
              all.size(),
              taken.size()));
    }
    boolean leftOut = taken.size() >= ENOUGH;
    List<Picture> queries = spread(taken, QUERIES);
    List<Picture> indexed = new ArrayList<>(taken);
    if (leftOut) {
      indexed.removeAll(queries);
    }
    ModelHome models = ModelHome.fromEnvironment();
    Optional<ModelDescription> network = network(models);
    explain(network);
    DemoCatalogue catalogue = DemoCatalogue.writeTo(home.resolve("catalogue"));
    Path root = root(catalogue);
    Path table = home.resolve("catalogue").resolve("photos.jsonl");
    AtomicFiles.write(table, table(root, catalogue, indexed).getBytes(StandardCharsets.UTF_8));
    BuildSettings settings = BuildSettings.defaults();
    settings.encoder =
        network.map(model -> ModelHome.unit(model.name())).orElse(ModelHome.DESCRIPTOR);
    settings.classKeywords =
        network.filter(model -> !model.classNames().isEmpty()).isPresent()
            ? ClassKeywordsOption.ON
            : ClassKeywordsOption.OFF;
    Path out = home.resolve(DemoCommand.INDEX);
    new BuildRun(console, settings)
        .build(
            CatalogueOptions.of(List.of(catalogue.songs()), List.of(table)).withPictureRoot(root),
            out,
            false,
            LeftOutLimit.DEFAULT);
    return new Built(out, queries.stream().map(Picture::file).toList(), leftOut);
  }

  private static List<Picture> pictures(Path photos) throws CatalogueException {
    if (!Files.isDirectory(photos)) {
      throw new UsageException(
          new IllegalArgumentException("--photos must be a folder of photographs; got: " + photos));
    }
    List<Picture> all =
        CatalogueReader.read(CatalogueOptions.of(List.of(), List.of(photos))).pictures();
    if (all.isEmpty()) {
      throw new CatalogueException(
          photos + " holds no JPEG, PNG, GIF, BMP or WebP picture; name another folder");
    }
    return all;
  }

  /** Some of a list, evenly. */
  static <T> List<T> spread(List<T> all, int most) {
    int count = Math.min(most, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((2L * i + 1) * all.size() / (2L * count))))
        .toList();
  }

  /** The installed network that tells most: one with class names, VGG-19 before others. */
  private static Optional<ModelDescription> network(ModelHome models) throws IOException {
    return models.list().stream()
        .filter(ModelDescription::trained)
        .max(
            Comparator.comparing((ModelDescription model) -> !model.classNames().isEmpty())
                .thenComparing(model -> model.name().equals(PublishedWeights.VGG19.name())));
  }

  private void explain(Optional<ModelDescription> network) {
    String fetch = console.command() + " model fetch vgg19 --labels FILE (see its --help)";
    if (network.isEmpty()) {
      console.log(
          "no network is installed, so your photographs are compared with the demo's paintings by"
              + " colour and texture alone: a blue evening may get songs of the sea, whatever it"
              + " shows.\n  For what is in them: "
              + fetch
              + ", then run this again");
    } else if (network.get().classNames().isEmpty()) {
      console.log(
          "the network "
              + network.get().name()
              + " compares your photographs with the demo's paintings; it was imported without"
              + " class names, by which it could call what is in them.\n  With them: "
              + console.command()
              + " model import --labels FILE, or "
              + fetch);
    } else {
      console.log(
          "the network "
              + network.get().name()
              + " tells what is in your photographs: its classes give them keywords, as far as the"
              + " demo's songs have words for them");
    }
  }

  /** The folder that both the photographs and the paintings lie below. */
  private Path root(DemoCatalogue catalogue) {
    Path root = photos.toAbsolutePath().normalize();
    Path paintings = catalogue.pictureRoot().toAbsolutePath().normalize();
    while (root != null && !paintings.startsWith(root)) {
      root = root.getParent();
    }
    if (root == null) {
      throw new UsageException(
          new IllegalArgumentException(
              "the demo must be on the same drive as "
                  + photos
                  + "; give it a folder there by --dir"));
    }
    return root;
  }

  /** Paintings with their labels, photographs without. */
  private static String table(Path root, DemoCatalogue catalogue, List<Picture> photos)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    StringBuilder table = new StringBuilder();
    for (Picture painting : paintings(catalogue)) {
      Map<String, Object> row = row(root, "demo/" + painting.id(), painting.file());
      row.put("keywords", painting.keywords().stream().map(k -> k.keyword()).toList());
      table.append(json.writeValueAsString(row)).append('\n');
    }
    for (Picture photo : photos) {
      table.append(json.writeValueAsString(row(root, photo.id(), photo.file()))).append('\n');
    }
    return table.toString();
  }

  private static List<Picture> paintings(DemoCatalogue catalogue) throws CatalogueException {
    CatalogueOptions files = CatalogueOptions.of(List.of(), List.of(catalogue.pictures()));
    return CatalogueReader.read(files.withPictureRoot(catalogue.pictureRoot())).pictures();
  }

  private static Map<String, Object> row(Path root, String id, Path file) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("path", root.relativize(file.toAbsolutePath().normalize()).toString());
    row.put("id", id);
    return row;
  }
}
