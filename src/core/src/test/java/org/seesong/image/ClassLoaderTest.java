package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelHome;
import org.seesong.testing.SharedData;

/** Two applications in one JVM, each with its own copy of all classes, as in a container. */
public class ClassLoaderTest {
  @TempDir Path temp;

  @Test
  void everyClassLoaderGetsAnEngineOfItsOwn() throws Exception {
    Path mobilenet = SharedData.require("models/mobilenet_v2_savedmodel");
    new ModelHome(temp)
        .importSavedModel(
            mobilenet,
            ImportRequest.of("mobilenet", "(p-128)/128")
                .withTensors("serving_default", "", "embedding")
                .trusting());
    assertSameInEveryClassLoader(temp);
  }

  /**
   * Encodes here and in two class loaders, in turn.
   *
   * @param home with one model
   * @throws Exception if the class path cannot be read
   */
  public static void assertSameInEveryClassLoader(Path home) throws Exception {
    float[] expected = new EngineUse().apply(home);
    List<URLClassLoader> loaders = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        URLClassLoader loader =
            new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        loaders.add(loader);
        assertThat(use(loader).apply(home)).isEqualTo(expected);
      }
      assertThat(new EngineUse().apply(home)).isEqualTo(expected);
      assertThat(use(loaders.get(0)).apply(home)).isEqualTo(expected);
    } finally {
      for (URLClassLoader loader : loaders) {
        loader.close();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Function<Path, float[]> use(ClassLoader loader) throws Exception {
    Class<?> type = loader.loadClass(EngineUse.class.getName());
    assertThat(type).isNotSameAs(EngineUse.class);
    return (Function<Path, float[]>) type.getConstructor().newInstance();
  }

  private static URL[] classPath() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
