package org.seesong.catalogue;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the pictures below a folder; the name of the folder that a picture lies in holds its
 * keywords.
 *
 * <p>Pictures are told by their extension and come in the order of their relative paths. Links are
 * followed; a loop of links is reported.
 */
final class PictureTree extends SimpleFileVisitor<Path> {
  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");

  private final Path root;
  private final ProblemCollector problems;
  private final Map<String, Path> found = new LinkedHashMap<>();
  private long ignoredFiles;

  private PictureTree(Path root, ProblemCollector problems) {
    this.root = root;
    this.problems = problems;
  }

  static PictureTree visit(Path root, ProblemCollector problems) throws IOException {
    PictureTree tree = new PictureTree(root, problems);
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, tree);
    return tree;
  }

  long ignoredFiles() {
    return ignoredFiles;
  }

  /** Relative paths with forward slashes, sorted, so that the order is the same everywhere. */
  List<String> paths() {
    List<String> paths = new ArrayList<>(found.keySet());
    paths.sort(Comparator.naturalOrder());
    return paths;
  }

  Path file(String path) {
    return found.get(path);
  }

  /** The name of the folder that directly holds the picture; "" in the root itself. */
  static String folderName(String path) {
    int end = path.lastIndexOf('/');
    return end < 0 ? "" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return !folder.equals(root) && isHidden(folder)
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (attributes.isRegularFile() && !isHidden(file) && EXTENSIONS.contains(extension)) {
      found.put(root.relativize(file).toString().replace('\\', '/'), file);
    } else {
      ignoredFiles++;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    problems.add(
        Problem.Kind.UNREADABLE_FILE,
        file,
        0,
        0,
        "cannot be visited: " + failure.getClass().getSimpleName() + "; skipped");
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
    return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }
}
