package org.seesong.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.seesong.image.ImageDecoder;

/**
 * Finds the pictures below a folder; the name of the folder that a picture lies in holds its
 * keywords.
 *
 * <p>A file is taken if its name has a picture's extension or its content is one; whether the
 * content of the former is one too shows when it is decoded. All other files are counted by reason;
 * of hidden folders and by-products nothing is taken. Pictures come in the order of their relative
 * paths. Links are followed; one that leads nowhere or in a loop is reported.
 */
final class PictureTree extends SimpleFileVisitor<Path> {
  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp");

  private static final int LONGEST_EXTENSION = 12;

  /**
   * Files and folders that are counted in a folder left aside, such as the snapshots of a NAS,
   * which hold all pictures many times; links out of it are not followed.
   */
  private static final int MAX_ASIDE = 10_000;

  private final Path root;
  private final ProblemCollector problems;
  private final FilesNotTaken.Counter notTaken;
  private final List<Found> found = new ArrayList<>();

  /** The outermost hidden folder or by-product that is being visited, or null. */
  private Path aside;

  private String asideName;
  private final int maxAside;
  private int visitedAside;

  private PictureTree(
      Path root, ProblemCollector problems, FilesNotTaken.Counter notTaken, int maxAside) {
    this.root = root;
    this.problems = problems;
    this.notTaken = notTaken;
    this.maxAside = maxAside;
  }

  /**
   * A picture.
   *
   * @param path relative, with forward slashes and composed characters (NFC)
   * @param file the file, whose name may be spelt otherwise
   */
  record Found(String path, Path file) {
    /** The name of the folder that directly holds the picture; "" in the root itself. */
    String folderName() {
      int end = path.lastIndexOf('/');
      return end < 0 ? "" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }
  }

  /** The pictures in the order of their paths, so that it is the same everywhere. */
  static List<Found> visit(Path root, ProblemCollector problems, FilesNotTaken.Counter notTaken)
      throws IOException {
    return visit(root, problems, notTaken, MAX_ASIDE);
  }

  /** The same with another limit for folders left aside. */
  static List<Found> visit(
      Path root, ProblemCollector problems, FilesNotTaken.Counter notTaken, int maxAside)
      throws IOException {
    PictureTree tree = new PictureTree(root, problems, notTaken, maxAside);
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, tree);
    tree.found.sort(Comparator.comparing(Found::path).thenComparing(Found::file));
    return tree.found;
  }

  static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (aside == null && isAside(folder)) {
      aside = folder;
      asideName = ByProducts.ofFolder(name(folder));
      visitedAside = 0;
    }
    if (aside == null) {
      return FileVisitResult.CONTINUE;
    }
    boolean linked = Files.isSymbolicLink(folder);
    if (folder.equals(aside) && linked) {
      aside = null;
    }
    return linked || ++visitedAside > maxAside
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  private boolean isAside(Path folder) {
    return !folder.equals(root) && (isHidden(folder) || ByProducts.ofFolder(name(folder)) != null);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (aside != null && ++visitedAside > maxAside) {
      return FileVisitResult.SKIP_SIBLINGS;
    }
    String byProduct = aside == null ? ByProducts.ofFile(name(file)) : asideName;
    if (byProduct != null) {
      notTaken.countByProduct(byProduct);
    } else if (aside != null || isHidden(file)) {
      notTaken.count(FilesNotTaken.HIDDEN);
    } else if (attributes.isSymbolicLink()) {
      report(file, "is a link to what is not there: " + target(file));
    } else if (!attributes.isRegularFile()) {
      notTaken.count(FilesNotTaken.SPECIAL);
    } else {
      visitContent(file);
    }
    return FileVisitResult.CONTINUE;
  }

  private void visitContent(Path file) {
    String extension = extension(name(file));
    if (!EXTENSIONS.contains(extension)) {
      try {
        String content = content(file);
        if (!ImageDecoder.reads(content)) {
          notTaken.count(reason(name(file), extension, content));
          return;
        }
      } catch (IOException e) {
        visitFileFailed(file, e);
        return;
      }
    }
    Optional<String> path = FileNames.relative(root, file);
    if (path.isPresent()) {
      found.add(new Found(path.get(), file));
    } else {
      problems.add(
          Problem.Kind.BAD_VALUE,
          file,
          0,
          0,
          FileNames.advice(root, file) + " " + root + "; picture skipped");
    }
  }

  private static String content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ImageDecoder.contentOf(in.readNBytes(ImageDecoder.HEAD_BYTES));
    }
  }

  /** The extension, which people know; else what the content is, as far as it is known. */
  private static String reason(String name, String extension, String content) {
    boolean shown =
        name.lastIndexOf('.') > 0
            && extension.length() <= LONGEST_EXTENSION
            && extension.matches("[a-z0-9_-]+");
    if (shown) {
      return "." + extension;
    }
    return content.isEmpty() ? FilesNotTaken.UNKNOWN : content;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "unknown";
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    String byProduct = aside != null ? asideName : ByProducts.ofFolder(name(file));
    if (byProduct != null && !file.equals(root)) {
      notTaken.countByProduct(byProduct);
    } else if (aside != null || (isHidden(file) && !file.equals(root))) {
      notTaken.count(FilesNotTaken.HIDDEN);
    } else {
      report(file, "cannot be visited: " + failure.getClass().getSimpleName());
    }
    return FileVisitResult.CONTINUE;
  }

  private void report(Path file, String what) {
    problems.add(Problem.Kind.UNREADABLE_FILE, file, 0, 0, what + "; skipped");
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
    if (folder.equals(aside)) {
      aside = null;
      asideName = null;
    }
    return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static boolean isHidden(Path file) {
    return name(file).startsWith(".");
  }
}
