package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seesong.build.BuildListener;
import org.seesong.build.CatalogueModel;
import org.seesong.build.FolderCheck;
import org.seesong.build.Stage;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.RgbImage;
import org.seesong.index.IndexCheck;
import org.seesong.io.Digests;
import org.seesong.testing.FaultyDisk;

/** Folders before and after each change that nothing disturbs, to compare with. */
final class FolderStates {
  private final Path shared;
  private final Map<FolderChange, Path> inputs = new EnumMap<>(FolderChange.class);
  private final Map<FolderChange, Path> before = new EnumMap<>(FolderChange.class);
  private final Map<FolderChange, Uninterrupted> references = new EnumMap<>(FolderChange.class);

  private FolderStates(Path shared) {
    this.shared = shared;
  }

  /**
   * What a change does to a folder that nothing happens to.
   *
   * @param changes changes to the disk
   * @param encoded pictures that were encoded
   * @param before what the folder held
   * @param once what it holds after the change
   * @param twice what it holds after the same once more
   */
  record Uninterrupted(
      long changes,
      int encoded,
      Map<String, String> before,
      Map<String, String> once,
      Map<String, String> twice) {}

  /** Builds what the changes begin with. */
  static FolderStates prepare(Path shared, int songs, int pictures) throws Exception {
    FolderStates states = new FolderStates(shared);
    Path catalogue = shared.resolve("catalogue");
    SmallCatalogue.writeTo(catalogue, songs, pictures);
    Path more = shared.resolve("more");
    SmallCatalogue.writeMore(more);
    Path other = shared.resolve("other");
    SmallCatalogue.writeTo(other, 10, 8);
    Path older = shared.resolve("older");
    FolderChange.BUILD.run(other, older, BuildListener.NONE);
    Path built = shared.resolve("built");
    FolderChange.BUILD.run(catalogue, built, BuildListener.NONE);
    Path removed = shared.resolve("removed");
    FolderChange.copy(built, removed);
    FolderChange.add(more, removed, BuildListener.NONE);
    FolderChange.REMOVE.run(more, removed, BuildListener.NONE);
    Path home = shared.resolve("home");
    FolderChange.importModel(home, 1);
    states.put(FolderChange.BUILD, catalogue, older);
    states.put(FolderChange.ADD, more, built);
    states.put(FolderChange.REMOVE, more, built);
    states.put(FolderChange.COMPACT, more, removed);
    states.put(FolderChange.IMPORT, more, home);
    return states;
  }

  private void put(FolderChange change, Path input, Path folder) {
    inputs.put(change, input);
    before.put(change, folder);
  }

  Path inputs(FolderChange change) {
    return inputs.get(change);
  }

  /** The folder to begin with, to be copied. */
  Path before(FolderChange change) {
    return before.get(change);
  }

  /** Does it on a disk that counts. */
  static void run(FolderChange change, Path inputs, Path folder, FaultyDisk disk) throws Exception {
    change.run(
        inputs,
        disk.path(folder),
        new BuildListener() {
          @Override
          public void progress(Stage stage, long done, long total) {
            disk.passedBy(); // vectors are appended to files that the disk does not see
          }
        });
  }

  Uninterrupted reference(FolderChange change) throws Exception {
    Uninterrupted known = references.get(change);
    if (known == null) {
      Path folder = shared.resolve("reference-" + change);
      FolderChange.copy(before(change), folder);
      final Map<String, String> was = state(change, folder);
      FaultyDisk disk = new FaultyDisk();
      int encoded = FolderChange.ENCODED.get();
      run(change, inputs(change), folder, disk);
      encoded = FolderChange.ENCODED.get() - encoded;
      Map<String, String> once = state(change, folder);
      change.run(inputs(change), folder, BuildListener.NONE);
      known = new Uninterrupted(disk.changes(), encoded, was, once, state(change, folder));
      references.put(change, known);
      assertThat(once).isNotEqualTo(was);
    }
    return known;
  }

  /** All that the folder holds for those who use it. */
  static Map<String, String> state(FolderChange change, Path folder) throws IOException {
    return change == FolderChange.IMPORT ? model(folder) : IndexDump.of(folder.resolve("index"));
  }

  private static Map<String, String> model(Path home) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path model = home.resolve("net");
    if (Files.isDirectory(model)) {
      try (Stream<Path> all = Files.walk(model)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(model.relativize(file).toString(), Digests.sha256(file));
        }
      }
    }
    return files;
  }

  /** What a crash leaves can be searched, and added to by the model that belongs to it. */
  static void requireUsable(FolderChange change, Path folder, String name) throws Exception {
    if (change != FolderChange.IMPORT) {
      assertThat(IndexCheck.check(folder.resolve("index")).problems()).as(name).isEmpty();
      CatalogueModel.read(folder).close();
    } else if (Files.exists(folder.resolve("net"))) {
      new ModelHome(folder).verify("net");
    }
  }

  static void requireWhole(FolderChange change, Path folder, String name) throws Exception {
    if (change == FolderChange.IMPORT) {
      ModelHome home = new ModelHome(folder);
      home.verify("net");
      try (ImageEncoder encoder = home.open("net")) {
        assertThat(encoder.encode(List.of(new RgbImage(8, 8, new byte[192])))).hasSize(6);
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).as(name).containsExactly(folder.resolve("net"));
      }
    } else {
      assertThat(IndexCheck.check(folder.resolve("index")).problems()).as(name).isEmpty();
      assertThat(FolderCheck.check(folder, true)).as(name).isEmpty();
    }
  }
}
