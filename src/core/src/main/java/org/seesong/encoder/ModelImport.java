package org.seesong.encoder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.seesong.io.Digests;

/** One import: check, copy beside, try, describe, sync, move into place. */
final class ModelImport {
  private final ModelHome home;
  private final Engine engine;
  private final Path source;
  private final ImportRequest request;

  ModelImport(ModelHome home, Engine engine, Path source, ImportRequest request) {
    this.home = home;
    this.engine = engine;
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
    SavedModelSignature signature = signature();
    Files.createDirectories(home.folder());
    try (ImportFolder work = ImportFolder.create(home.folder())) {
      Path copied = work.model().resolve(engine.folder());
      ModelDescription description = tryOut(copied, signature, copy(copied));
      Path json = work.model().resolve(ModelJson.FILE);
      Files.write(json, ModelJson.write(description));
      sync(json);
      work.moveTo(target);
      return description;
    }
  }

  private SavedModelSignature signature() throws IOException {
    if (engine == Engine.TENSORFLOW) {
      requireSavedModel();
      requireTrust();
      return SavedModelSignature.resolve(source, request);
    }
    if (!Files.isRegularFile(source.resolve(engine.graph()))) {
      throw new ModelException(
          source + " is not an ONNX model's folder: missing " + engine.graph());
    }
    if (request.inputName().isEmpty() || request.outputName().isEmpty() || request.size() == 0) {
      throw new ModelException(source + ": an ONNX model needs its input, output and size named");
    }
    return new SavedModelSignature(request.inputName(), request.outputName(), request.size());
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

  private void requireTrust() throws ModelException {
    if (!request.trusted()) {
      throw new ModelException(
          source
              + " is a TensorFlow SavedModel: a program, which would run with your rights and can"
              + " read and write your files; if you trust where it comes from, import it with"
              + " --trust, else ask its makers for an ONNX file");
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

  private ModelDescription tryOut(Path folder, SavedModelSignature signature, List<ModelFile> files)
      throws IOException {
    ModelDescription guess = describe(signature, files, new NetworkEncoder.Trial(1, false));
    try (NetworkEncoder encoder = new NetworkEncoder(folder, guess, 0)) {
      return describe(signature, files, encoder.tryOut());
    }
  }

  private ModelDescription describe(
      SavedModelSignature signature, List<ModelFile> files, NetworkEncoder.Trial trial) {
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        request.name(),
        engine,
        request.weights(),
        request.signature(),
        signature.inputName(),
        signature.outputName(),
        signature.size(),
        request.scaling(),
        request.channelOrder(),
        request.layout(),
        trial.dimension(),
        request.classesOutput(),
        request.classNames(),
        request.trained(),
        request.precision(),
        trial.batchInvariant(),
        request.note(),
        files);
  }

  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
