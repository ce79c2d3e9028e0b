package org.seesong.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.seesong.encoder.TextEncoder;

/** The rules of the design, in the order of the data flow. */
@AnalyzeClasses(
    packages = "org.seesong",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** Tests of other modules come in a jar, which ArchUnit's own option does not know. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String JDK = "java..";

  @ArchTest
  static final ArchRule dataFlowsOneWay =
      slices().matching("org.seesong.(*)..").should().beFreeOfCycles();

  /** Decoding of untrusted files stands alone. */
  @ArchTest
  static final ArchRule imageSeesNothingElse =
      noClasses()
          .that()
          .resideInAPackage("..seesong.image..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("image", "io"));

  /** An encoder's vectors travel with their space. */
  @ArchTest
  static final ArchRule encodersSeeImagesAndVectorsOnly =
      noClasses()
          .that()
          .resideInAPackage("..seesong.encoder..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("encoder", "image", "vector", "io"));

  @ArchTest
  static final ArchRule ioSeesTheJdkAndLucenesFilesOnly =
      classes()
          .that()
          .resideInAPackage("..seesong.io..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              JDK,
              "org.seesong.io",
              "org.apache.lucene.codecs",
              "org.apache.lucene.index",
              "org.apache.lucene.store",
              "org.apache.lucene.util",
              "org.slf4j");

  @ArchTest
  static final ArchRule vectorsComeFirst =
      noClasses()
          .that()
          .resideInAPackage("..seesong.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("vector", "io"));

  @ArchTest
  static final ArchRule nearestNeighboursKnowLuceneOnly =
      noClasses()
          .that()
          .resideInAPackage("org.seesong.knn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("knn"));

  @ArchTest
  static final ArchRule theIndexSeesVectorsAndTheirSearchOnly =
      noClasses()
          .that()
          .resideInAPackage("..seesong.index..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("index", "knn", "vector", "io"));

  /** What fills an answer is decided on plain values, in Solr as in the library. */
  @ArchTest
  static final ArchRule selectionSeesVectorsOnly =
      classes()
          .that()
          .resideInAPackage("..seesong.select..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(JDK, "org.seesong.select", "org.seesong.vector");

  @ArchTest
  static final ArchRule queriesDoNotKnowHowGraphEmbeddingsAreMade =
      noClasses()
          .that()
          .resideInAPackage("..seesong.query..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              seesongBut("query", "select", "index", "knn", "encoder", "image", "vector", "io"));

  @ArchTest
  static final ArchRule graphSeesTheJdkAndVectors =
      classes()
          .that()
          .resideInAPackage("..seesong.graph..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(JDK, "org.seesong.graph", "org.seesong.vector", "org.seesong.io");

  @ArchTest
  static final ArchRule embeddingSeesTheJdkVectorsAndTheGraph =
      classes()
          .that()
          .resideInAPackage("..seesong.embedding..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              JDK,
              "jdk.incubator.vector",
              "org.apache.lucene.store",
              "org.slf4j",
              "org.seesong.embedding",
              "org.seesong.graph",
              "org.seesong.io",
              "org.seesong.vector");

  @ArchTest
  static final ArchRule theCatalogueKnowsNoLaterStage =
      noClasses()
          .that()
          .resideInAPackage("..seesong.catalogue..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("catalogue", "encoder", "image", "index", "vector", "io"));

  @ArchTest
  static final ArchRule keywordsKnowTheCatalogueAndTextOnly =
      noClasses()
          .that()
          .resideInAPackage("..seesong.keyword..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              seesongBut(
                  "keyword", "relevance", "text", "catalogue", "index", "vector", "io", "encoder"));

  /** Lines of lyrics are encoded by whatever is given; images are no matter of keywords. */
  @ArchTest
  static final ArchRule keywordsKnowEncodersOfTextOnly =
      noClasses()
          .that()
          .resideInAPackage("..seesong.keyword..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("..seesong.encoder..").and(not(belongToAnyOf(TextEncoder.class))));

  /** A model of numbers: it knows neither songs nor how words are read. */
  @ArchTest
  static final ArchRule relevanceSeesTheJdkAndJackson =
      classes()
          .that()
          .resideInAPackage("org.seesong.relevance..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(JDK, "org.seesong.relevance", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule textSeesTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("..seesong.text..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(JDK, "org.seesong.text");

  @ArchTest
  static final ArchRule labelsKnowKeywordsAndVectorsOnly =
      noClasses()
          .that()
          .resideInAPackage("..seesong.label..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              seesongBut("label", "keyword", "relevance", "select", "knn", "vector", "io"));

  /** Who computes a part does not know what it is a part of. */
  @ArchTest
  static final ArchRule partsKnowNoStage =
      classes()
          .that()
          .resideInAPackage("org.seesong.part..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              JDK,
              "org.seesong.part",
              "org.seesong.io",
              "org.apache.lucene.store",
              "org.apache.lucene.util",
              "org.slf4j");

  @ArchTest
  static final ArchRule sparkComputesPartsAndNothingElse =
      noClasses()
          .that()
          .resideInAPackage("org.seesong.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("spark", "part"));

  @ArchTest
  static final ArchRule sparkOnlyInItsModule =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seesong.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "org.seesong.spark..");

  @ArchTest
  static final ArchRule pluginAndIndexerNeverMeet =
      noClasses()
          .that()
          .resideInAPackage("..seesong.solr..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              seesongBut(
                  "solr", "encoder", "image", "vector", "index", "knn", "select", "query", "io"));

  @ArchTest
  static final ArchRule evaluationStandsOnTop =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.seesong.app..", "org.seesong.it..", "..evaluation..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.seesong.evaluation..");

  /** What our method is compared with must not see what it learned. */
  @ArchTest
  static final ArchRule baselinesNeverSeeTheEmbedding =
      noClasses()
          .that()
          .haveNameMatching("org\\.seesong\\.evaluation\\.(Baselines|SongTable|Query)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.seesong.embedding..",
              "org.seesong.graph..",
              "org.seesong.query..",
              "org.seesong.vector..",
              "org.seesong.index..");

  @ArchTest
  static final ArchRule nothingDependsOnTheApp =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.seesong.app..", "org.seesong.bench..", "org.seesong.it..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.seesong.app..");

  @ArchTest
  static final ArchRule theServerStandsOnQueriesAndTheBuild =
      noClasses()
          .that()
          .resideInAPackage("org.seesong.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              seesongBut(
                  "server", "build", "query", "select", "index", "encoder", "image", "vector",
                  "io"));

  @ArchTest
  static final ArchRule onlyTheCommandLineServes =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.seesong.server..", "org.seesong.app..", "org.seesong.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.seesong.server..");

  @ArchTest
  static final ArchRule httpOnlyInTheServer =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seesong.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty..", "io.micrometer..", "io.prometheus..");

  @ArchTest
  static final ArchRule benchmarksAndRivalsStayOutside =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seesong.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.seesong.bench..",
              "io.github.jbellis..",
              "com.github.jelmerk..",
              "org.openjdk.jmh..");

  /** And SolrJ, its client, where catalogues are pushed to it. */
  @ArchTest
  static final ArchRule solrOnlyInThePlugin =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.seesong.solr..", "org.seesong.push..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.solr..");

  /** And the format of vectors, in which it writes the files of shards. */
  @ArchTest
  static final ArchRule thePushReadsTheIndexOnly =
      noClasses()
          .that()
          .resideInAPackage("org.seesong.push..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("push", "solr", "index", "knn", "query", "vector", "io"));

  @ArchTest
  static final ArchRule enginesOnlyInEncoders =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.seesong.encoder..", "org.seesong.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.tensorflow..", "ai.onnxruntime..");

  /** Importing weights writes models, whose parts are protocol buffers; it runs nothing. */
  @ArchTest
  static final ArchRule modelsAreWrittenAsProtocolBuffers =
      noClasses()
          .that()
          .resideInAPackage("org.seesong.model..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("ai.djl..", "org.tensorflow..", "ai.onnxruntime..")
                  .and(not(resideInAPackage("org.tensorflow.proto.."))));

  @ArchTest
  static final ArchRule modelsSeeEncodersAndImagesOnly =
      noClasses()
          .that()
          .resideInAPackage("org.seesong.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(seesongBut("model", "encoder", "image", "io"));

  @ArchTest static final ArchRule jiebaBehindOneClass = onlyOne("JiebaSegmenter", "com.huaban..");

  @ArchTest
  static final ArchRule openccBehindOneClass = onlyOne("ScriptFolder", "com.github.houbb..");

  @ArchTest
  static final ArchRule smartcnBehindOneClassAModule =
      onlyOne("(SongAnalyzer|SmartcnSegmenter)", "org.apache.lucene.analysis.cn.smart..");

  /** Jieba's library prints while it loads; its segmenter takes standard output away meanwhile. */
  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.(Seesong|JiebaSegmenter)(\\$.*)?")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "setOut", PrintStream.class);

  private static ArchRule onlyOne(String simpleName, String packages) {
    return noClasses()
        .that()
        .haveNameNotMatching("org\\.seesong\\.[a-z]+\\." + simpleName + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages);
  }

  /** All packages of the project except those named. */
  private static String[] seesongBut(String... allowed) {
    Set<String> names =
        new TreeSet<>(
            List.of(
                "io",
                "vector",
                "knn",
                "image",
                "encoder",
                "index",
                "query",
                "select",
                "catalogue",
                "text",
                "keyword",
                "relevance",
                "label",
                "graph",
                "embedding",
                "model",
                "part",
                "build",
                "spark",
                "evaluation",
                "app",
                "push",
                "server",
                "solr",
                "bench"));
    names.removeAll(List.of(allowed));
    return names.stream().map(name -> "org.seesong." + name + "..").toArray(String[]::new);
  }
}
