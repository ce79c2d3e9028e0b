package org.seesong.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.seesong.image.DecoderLimits;

/**
 * Which files to read.
 *
 * @param songFiles files of songs: {@code .jsonl}, {@code .ndjson} or {@code .json} with one object
 *     a line, {@code .csv} or {@code .tsv} with a header
 * @param pictureSources files of pictures in the same formats, or folders whose sub-folders' names
 *     are the keywords
 * @param pictureRoot the folder that the paths in picture files start from and may not leave; the
 *     empty path for each file's own folder
 * @param pictureLimits the largest pictures that are read
 */
public record CatalogueOptions(
    List<Path> songFiles,
    List<Path> pictureSources,
    Path pictureRoot,
    DecoderLimits pictureLimits) {
  /** Stands for each picture file's own folder. */
  public static final Path FOLDER_OF_FILE = Path.of("");

  public CatalogueOptions {
    songFiles = List.copyOf(songFiles);
    pictureSources = List.copyOf(pictureSources);
    Objects.requireNonNull(pictureRoot, "pictureRoot");
    Objects.requireNonNull(pictureLimits, "pictureLimits");
  }

  /**
   * Options in which picture paths start from the folder of the file that names them.
   *
   * @param songFiles files of songs
   * @param pictureSources files or folders of pictures
   * @return the options
   */
  public static CatalogueOptions of(List<Path> songFiles, List<Path> pictureSources) {
    return new CatalogueOptions(songFiles, pictureSources, FOLDER_OF_FILE, DecoderLimits.DEFAULTS);
  }

  /**
   * The same files with another picture root.
   *
   * @param root the folder that picture paths start from
   * @return the changed options
   */
  public CatalogueOptions withPictureRoot(Path root) {
    return new CatalogueOptions(songFiles, pictureSources, root, pictureLimits);
  }

  /**
   * The same files with other limits for pictures.
   *
   * @param limits the largest pictures that are read
   * @return the changed options
   */
  public CatalogueOptions withPictureLimits(DecoderLimits limits) {
    return new CatalogueOptions(songFiles, pictureSources, pictureRoot, limits);
  }

  Path rootFor(Path pictureFile) {
    Path root =
        pictureRoot.equals(FOLDER_OF_FILE) ? pictureFile.toAbsolutePath().getParent() : pictureRoot;
    return root.toAbsolutePath().normalize();
  }
}
