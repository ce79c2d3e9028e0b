package org.seesong.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One import: check, copy beside, try, describe, sync, move into place. */
final class ModelImport {
  static final String SAVED_MODEL = "saved_model";

  private final ModelHome home;
  private final Path source;
  private final ImportRequest request;

  ModelImport(ModelHome home, Path source, ImportRequest request) {
    this.home = home;
    this.source = source;
    this.request = request;
  }

  ModelDescription run() throws IOException {
    Path target = home.folder().resolve(request.name());
    if (Files.exists(target) && !request.replace()) {
      throw new ModelException(
          "model '"
              + request.name()
              + "' exists already in "
              + home.folder()
              + "; choose another name or ask to replace it");
    }
    requireSavedModel();
    SavedModelSignature signature = SavedModelSignature.resolve(source, request);
    Files.createDirectories(home.folder());
    Path work = Files.createTempDirectory(home.folder(), ".import-");
    try {
      List<ModelFile> files = copy(work.resolve(SAVED_MODEL));
      ModelDescription description = tryOut(work.resolve(SAVED_MODEL), signature, files);
      Path json = work.resolve(ModelJson.FILE);
      Files.write(json, ModelJson.write(description));
      sync(json);
      moveIntoPlace(work, target);
      return description;
    } finally {
      deleteTree(work);
    }
  }

  private void requireSavedModel() throws IOException {
    List<String> missing = new ArrayList<>();
    if (!Files.isRegularFile(source.resolve(SavedModelSignature.FILE))) {
      missing.add(SavedModelSignature.FILE);
    }
    // A model whose weights are constants of its graph has no such folder.
    if (Files.isDirectory(source.resolve("variables"))
        && !Files.isRegularFile(source.resolve(SavedModelSignature.VARIABLES))) {
      missing.add(SavedModelSignature.VARIABLES);
    }
    if (!Files.isDirectory(source)) {
      throw new ModelException(source + " is not a folder; give a SavedModel's folder");
    }
    if (!missing.isEmpty()) {
      throw new ModelException(
          source + " is not a TensorFlow SavedModel folder: missing " + String.join(", ", missing));
    }
  }

  private List<ModelFile> copy(Path target) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(source)) {
      paths = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<ModelFile> files = new ArrayList<>();
    for (Path path : paths) {
      Path relative = source.relativize(path);
      Path copy = target.resolve(relative.toString());
      Files.createDirectories(copy.getParent());
      Files.copy(path, copy);
      sync(copy);
      String name = relative.toString().replace('\\', '/');
      files.add(new ModelFile(name, Files.size(copy), Digests.sha256(copy)));
    }
    return files;
  }

  private ModelDescription tryOut(
      Path savedModel, SavedModelSignature signature, List<ModelFile> files) throws IOException {
    ModelDescription guess = describe(signature, files, 1);
    try (SavedModelEncoder encoder = new SavedModelEncoder(savedModel, guess)) {
      return describe(signature, files, encoder.probe());
    }
  }

  private ModelDescription describe(
      SavedModelSignature signature, List<ModelFile> files, int dimension) {
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        request.name(),
        request.signature(),
        signature.inputName(),
        signature.outputName(),
        signature.size(),
        request.scaling(),
        request.channelOrder(),
        dimension,
        request.trained(),
        request.note(),
        files);
  }

  private void moveIntoPlace(Path work, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = Files.createTempDirectory(home.folder(), ".replaced-");
    Path aside = old.resolve(target.getFileName());
    Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(old);
      throw e;
    }
    deleteTree(old);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> walk = Files.walk(root)) {
        for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
