package org.seesong.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.seesong.image.PictureFiles;

/** Pictures to calibrate by. */
final class CalibrationPictures {
  private CalibrationPictures() {}

  /** Writes made-up scenes. */
  static List<Path> write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(i + ".png");
      ImageIO.write(PictureFiles.scene(96, 80, i), "png", file.toFile());
      files.add(file);
    }
    return files;
  }
}
