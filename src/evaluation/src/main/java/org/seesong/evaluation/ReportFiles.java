package org.seesong.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seesong.index.CatalogueIndex;
import org.seesong.io.AtomicFiles;

/** Writes everything people and programs look at. */
final class ReportFiles {
  private final EvaluationReport report;
  private final CatalogueIndex index;

  ReportFiles(EvaluationReport report, CatalogueIndex index) {
    this.report = report;
    this.index = index;
  }

  void write(Path folder) throws IOException {
    Path plots = folder.resolve("plots");
    Files.createDirectories(plots);
    AtomicFiles.write(
        folder.resolve("evaluation.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report.toMap()));
    text(folder.resolve("evaluation.md"), report.toMarkdown());
    Plots drawn = new Plots(report);
    if (!report.words().isEmpty()) {
      text(plots.resolve("hit-by-words.svg"), drawn.byWords(Measure.Kind.HIT));
      text(plots.resolve("precision-by-words.svg"), drawn.byWords(Measure.Kind.PRECISION));
    }
    text(plots.resolve("measures.svg"), drawn.measures());
    text(plots.resolve("precision-by-keyword.svg"), drawn.byKeyword());
    text(plots.resolve("hop-one-confusion.svg"), drawn.confusion());
    CaseSheet cases = new CaseSheet(report, index);
    text(folder.resolve("cases.html"), cases.html());
    VoteStudy.write(folder.resolve("study.json"), cases.study());
  }

  private static void text(Path file, String content) throws IOException {
    AtomicFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
