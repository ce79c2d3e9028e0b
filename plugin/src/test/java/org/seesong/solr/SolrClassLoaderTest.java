package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.solr.core.SolrResourceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelHome;
import org.seesong.image.EngineUse;
import org.seesong.testing.SharedData;

/**
 * A Solr of its own class loader, as in a server, and our jars in a loader that Solr makes, as from
 * {@code modules/seesong/lib}.
 */
class SolrClassLoaderTest {
  private static final List<String> OURS =
      List.of("seesong", "djl", "tensorflow", "javacpp", "twelvemonkeys");

  @TempDir Path temp;

  @Test
  void theBuiltInEncoderRunsInsideSolrsLoader() throws Exception {
    run(
        DescriptorUse.class,
        loaded ->
            assertThat(loaded.apply(temp)).isEqualTo(new DescriptorUse().apply(temp)).hasSize(912));
  }

  @Test
  void aTrainedNetworkRunsInsideSolrsLoader() throws Exception {
    Path mobilenet = SharedData.require("models/mobilenet_v2_savedmodel");
    new ModelHome(temp)
        .importSavedModel(
            mobilenet,
            ImportRequest.of("mobilenet", "(p-128)/128")
                .withTensors("serving_default", "", "embedding")
                .trusting());
    float[] expected = new EngineUse().apply(temp);
    run(EngineUse.class, loaded -> assertThat(loaded.apply(temp)).isEqualTo(expected));
  }

  private interface Check {
    void check(Function<Path, float[]> loaded);
  }

  @SuppressWarnings("unchecked")
  private void run(Class<?> use, Check check) throws Exception {
    List<URL> solr = new ArrayList<>();
    List<Path> ours = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      // Folders of classes are this build's.
      if (Files.isDirectory(path) || OURS.stream().anyMatch(entry::contains)) {
        ours.add(path);
      } else {
        solr.add(path.toUri().toURL());
      }
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader server =
        new URLClassLoader(solr.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> loaderClass = server.loadClass(SolrResourceLoader.class.getName());
      assertThat(loaderClass).isNotSameAs(SolrResourceLoader.class);
      Constructor<?> constructor =
          loaderClass.getConstructor(String.class, List.class, Path.class, ClassLoader.class);
      thread.setContextClassLoader(server);
      try (AutoCloseable loader =
          (AutoCloseable) constructor.newInstance("seesong", ours, temp, server)) {
        ClassLoader inside = (ClassLoader) loaderClass.getMethod("getClassLoader").invoke(loader);
        Class<?> type = inside.loadClass(use.getName());
        assertThat(type.getClassLoader()).isSameAs(inside);
        check.check((Function<Path, float[]>) type.getConstructor().newInstance());
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
