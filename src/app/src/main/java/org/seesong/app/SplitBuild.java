package org.seesong.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seesong.build.BuildReport;
import org.seesong.build.LeftOutLimit;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.Picture;
import org.seesong.evaluation.LabelledQuery;
import org.seesong.evaluation.QuerySplit;
import org.seesong.io.AtomicFiles;

/**
 * Keeps some labelled pictures as queries and builds an index without them, in folders of the
 * evaluation's own: {@code split/pictures.jsonl}, {@code split/queries.jsonl} and {@code build/}.
 */
final class SplitBuild {
  /** Problems of the pictures that are printed. */
  private static final int PRINTED = 20;

  private final Console console;
  private final BuildSettings settings;
  private final Path out;

  SplitBuild(Console console, BuildSettings settings, Path out) {
    this.console = console;
    this.settings = settings;
    this.out = out;
  }

  /**
   * What to evaluate.
   *
   * @param index the index's folder
   * @param queries pictures to ask with
   * @param vectors where vectors of queries are kept
   * @param rejected rows that had to be left out
   */
  record Result(Path index, List<LabelledQuery> queries, Path vectors, long rejected) {}

  Result run(List<Path> songs, List<Path> pictures, Path root, double share)
      throws IOException, InterruptedException {
    CatalogueOptions files = CatalogueOptions.of(List.of(), pictures);
    Catalogue all = CatalogueReader.read(root == null ? files : files.withPictureRoot(root));
    all.problems().list(PRINTED).lines().forEach(console::log);
    all.notTaken().summary().lines().forEach(console::log);
    QuerySplit split = QuerySplit.of(all.pictures(), share, settings.embedding.seed());
    if (split.queries().isEmpty()) {
      throw new IOException(
          "none of the "
              + all.pictures().size()
              + " pictures can be kept as a query; a split needs keywords with several pictures");
    }
    console.log(
        split.queries().size()
            + " labelled pictures are kept as queries, "
            + split.indexed().size()
            + " pictures are indexed");
    Path folder = Files.createDirectories(out.resolve("split"));
    Path common = commonFolder(all.pictures());
    Path indexed = folder.resolve("pictures.jsonl");
    AtomicFiles.write(indexed, lines(split.indexed(), common));
    AtomicFiles.write(folder.resolve("queries.jsonl"), lines(split.queries(), common));
    Path build = out.resolve("build");
    BuildReport report =
        new BuildRun(console, settings)
            .build(
                CatalogueOptions.of(songs, List.of(indexed)).withPictureRoot(common),
                build,
                false,
                LeftOutLimit.NONE); // an index of the evaluation's own, which replaces no other
    return new Result(
        build.resolve("index"),
        EvaluateCommand.labelled(split.queries()),
        build.resolve("vectors"),
        all.problems().leftOut() + report.rejected());
  }

  /** The deepest folder that holds all pictures, which their paths will start from. */
  private static Path commonFolder(List<Picture> pictures) {
    Path common = pictures.get(0).file().toAbsolutePath().normalize().getParent();
    for (Picture picture : pictures) {
      Path file = picture.file().toAbsolutePath().normalize();
      while (!file.startsWith(common)) {
        common = common.getParent();
      }
    }
    return common;
  }

  private static byte[] lines(List<Picture> pictures, Path common) throws IOException {
    ObjectMapper json = new ObjectMapper();
    StringBuilder lines = new StringBuilder();
    for (Picture picture : pictures) {
      Path file = picture.file().toAbsolutePath().normalize();
      ObjectNode line = json.createObjectNode().put("id", picture.id());
      line.put("path", common.relativize(file).toString().replace('\\', '/'));
      ArrayNode keywords = line.putArray("keywords");
      picture
          .keywords()
          .forEach(k -> keywords.addObject().put("keyword", k.keyword()).put("weight", k.weight()));
      lines.append(json.writeValueAsString(line)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
