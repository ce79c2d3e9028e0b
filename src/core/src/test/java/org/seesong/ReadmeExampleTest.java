package org.seesong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.index.IndexMetadata;
import org.seesong.index.IndexMismatchException;
import org.seesong.index.TestCatalogue;
import org.seesong.vector.VectorSpace;

/** Compiles and runs the README's example of the library as it stands there. */
class ReadmeExampleTest {
  private static final String BEGIN = "## As a library\n```java\n";

  @TempDir Path temporary;
  private VectorSpace space;

  @BeforeEach
  void drawAPhoto() throws IOException {
    try (DescriptorEncoder encoder = new DescriptorEncoder()) {
      space = encoder.space();
    }
    BufferedImage photo = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = photo.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(10, 10, 30, 30);
    graphics.dispose();
    ImageIO.write(photo, "jpg", temporary.resolve("photo.jpg").toFile());
  }

  private void writeIndex(VectorSpace visual) throws IOException {
    TestCatalogue catalogue =
        TestCatalogue.random(new TestCatalogue.Size(12, 20, visual.dimension(), 4, 50), 5);
    IndexMetadata any = catalogue.identity();
    IndexMetadata identity = IndexMetadata.of(visual, any.network(), any.build());
    new TestCatalogue(catalogue.pictures(), catalogue.songs(), identity)
        .write(temporary.resolve("my-index/index"));
  }

  @Test
  void theExamplePrintsTenTitles() throws Exception {
    writeIndex(space);
    assertThat(run().lines()).hasSize(10).allMatch(line -> line.startsWith("歌 "));
  }

  @Test
  void theExampleIsRefusedByAnIndexOfAnotherEncoder() throws IOException {
    writeIndex(new VectorSpace("another-encoder", space.dimension()));
    assertThatThrownBy(this::run)
        .isInstanceOf(IndexMismatchException.class)
        .hasMessageContaining("another-encoder")
        .hasMessageContaining(space.id());
  }

  private String example() throws IOException {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    assertThat(begin).isGreaterThan(BEGIN.length());
    String code = readme.substring(begin, readme.indexOf("```", begin));
    assertThat(code).contains("Path.of(\"my-index\")", "Path.of(\"photo.jpg\")");
    return code.replace("Path.of(\"", "Path.of(\"" + temporary.toString() + "/");
  }

  private String run() throws Exception {
    Path source = temporary.resolve("Example.java");
    Files.writeString(
        source,
        "import java.nio.file.*;import org.seesong.image.*;import org.seesong.index.*;"
            + "import org.seesong.query.*;import org.seesong.vector.*;"
            + "public class Example { public static void run(java.io.PrintStream out)"
            + " throws Exception {\n"
            + example().replace("System.out", "out")
            + "} }");
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, "-proc:none", "-d", temporary.toString(), source.toString());
    assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    URL[] classes = {temporary.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader());
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      loader.loadClass("Example").getMethod("run", PrintStream.class).invoke(null, out);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
