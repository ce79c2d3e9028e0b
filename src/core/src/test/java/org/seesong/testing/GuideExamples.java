package org.seesong.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The Java examples of the guides, compiled and run as they stand there. */
public final class GuideExamples {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private GuideExamples() {}

  /**
   * The examples of a part of a document.
   *
   * @param document its path from the project's folder
   * @param from text that the part begins with
   * @param to text that the part ends before; the whole rest if it is not there
   */
  public static List<String> of(String document, String from, String to) throws IOException {
    Path root = Path.of(System.getProperty("seesong.root", "../.."));
    String all = Files.readString(root.resolve(document));
    int start = all.indexOf(from);
    assertThat(start).as(from).isNotNegative();
    int end = all.indexOf(to, start + from.length());
    return EXAMPLE
        .matcher(all.substring(start, end < 0 ? all.length() : end))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /**
   * Compiles and runs an example, whose files are in a folder.
   *
   * @param packages what it imports besides Java's
   * @return what it prints
   * @throws Exception what it throws
   */
  public static String run(String example, Path folder, List<String> packages) throws Exception {
    String imports =
        Stream.concat(
                Stream.of("java.nio.file", "java.time", "java.util", "java.util.regex"),
                packages.stream())
            .map(name -> "import " + name + ".*;")
            .collect(Collectors.joining());
    Path source = folder.resolve("Example.java");
    Files.writeString(
        source,
        imports
            + "public class Example { public static void run(java.io.PrintStream out)"
            + " throws Exception {\n"
            + example
                .replace("System.out", "out")
                .replace("Path.of(\"", "Path.of(\"" + folder + "/")
            + "} }");
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, "-proc:none", "-d", folder.toString(), source.toString());
    assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader =
            new URLClassLoader(classes, Thread.currentThread().getContextClassLoader());
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      loader.loadClass("Example").getMethod("run", PrintStream.class).invoke(null, out);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
