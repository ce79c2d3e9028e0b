package org.seesong.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.seesong.io.Digests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that keeps imported models, and the place to open encoders by name. Each model is a
 * folder: {@code <name>/model.json}, a {@link ModelDescription}, and {@code <name>/onnx/} or {@code
 * <name>/saved_model/} with what the engine loads. The encoder {@value #DESCRIPTOR} is built in and
 * needs no folder.
 *
 * <p>Safe for any number of threads and processes: models appear whole or not at all.
 */
public final class ModelHome {
  /** Name of the encoder that is always there. */
  public static final String DESCRIPTOR = "descriptor";

  private static final Logger LOG = LoggerFactory.getLogger(ModelHome.class);

  private final Path folder;

  /**
   * Models in a folder, which need not exist yet.
   *
   * @param folder the folder
   */
  public ModelHome(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * The user's models: {@code models} below the folder that the system property {@code
   * seesong.home} or else the environment variable SEESONG_HOME names, or below {@code .seesong} in
   * the user's home, or of the current folder where the user has none.
   *
   * @return the models there
   */
  public static ModelHome fromEnvironment() {
    String home = System.getProperty("seesong.home", System.getenv("SEESONG_HOME"));
    return new ModelHome(base(home, System.getProperty("user.home")).resolve("models"));
  }

  /** Java names the home of a user who has none '?'. */
  static Path base(String home, String userHome) {
    if (home != null && !home.isBlank()) {
      return Path.of(home);
    }
    if (userHome != null && Path.of(userHome).isAbsolute()) {
      return Path.of(userHome, ".seesong");
    }
    Path here = Path.of(".seesong").toAbsolutePath();
    LOG.warn("this user has no home folder, so models are in {}; set SEESONG_HOME", here);
    return here;
  }

  /**
   * Where the models are.
   *
   * @return the folder
   */
  public Path folder() {
    return folder;
  }

  /**
   * Copies a TensorFlow SavedModel here and describes it. It is loaded once and fed a probe
   * picture, so a model that is imported works. Nothing is left behind when the import fails.
   *
   * <p>A SavedModel is a program, which TensorFlow runs with the rights of this process: it can
   * read and write files. So the request must say that it is {@linkplain ImportRequest#trusting
   * trusted}.
   *
   * @param savedModel a folder with saved_model.pb
   * @param request what to call it and how to feed it
   * @return the description that was stored
   * @throws IOException if the folder is no such model, lacks what the request names, or the name
   *     is taken, or it is not trusted
   * @throws EncoderException if TensorFlow does not start, load or run it
   */
  public ModelDescription importSavedModel(Path savedModel, ImportRequest request)
      throws IOException {
    return new ModelImport(this, Engine.TENSORFLOW, savedModel, request).run();
  }

  /**
   * Copies an ONNX model here and describes it, as {@link #importSavedModel} does. Like a
   * SavedModel's, its input is float32 [N, size, size, 3].
   *
   * @param model a folder with model.onnx and, if it names one, its file of weights
   * @param request what to call it and how to feed it, with input, output and size named
   * @return the description that was stored
   * @throws IOException if the folder is no such model, or the name is taken
   * @throws EncoderException if ONNX Runtime does not start, load or run it
   */
  public ModelDescription importOnnx(Path model, ImportRequest request) throws IOException {
    return new ModelImport(this, Engine.ONNX, model, request).run();
  }

  /**
   * The imported models that are whole, by name. Others are logged as warnings; {@link #problems}
   * gives them too.
   *
   * @return their descriptions
   * @throws IOException if the folder cannot be read
   */
  public List<ModelDescription> list() throws IOException {
    List<ModelDescription> models = new ArrayList<>();
    for (String problem : scan(models)) {
      LOG.warn("{}", problem);
    }
    return List.copyOf(models);
  }

  /**
   * One imported model.
   *
   * @param name what it is called
   * @return its description, or nothing if there is none of this name
   * @throws IOException if it is damaged, with what to do about it
   */
  public Optional<ModelDescription> find(String name) throws IOException {
    return ModelNames.isValid(name) && Files.isDirectory(folder.resolve(name))
        ? Optional.of(describe(name))
        : Optional.empty();
  }

  /**
   * What is wrong with folders that {@link #list} leaves out.
   *
   * @return one sentence for each damaged model
   * @throws IOException if the folder cannot be read
   */
  public List<String> problems() throws IOException {
    return scan(new ArrayList<>());
  }

  private List<String> scan(List<ModelDescription> models) throws IOException {
    List<String> problems = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      List<Path> children;
      try (Stream<Path> entries = Files.list(folder)) {
        children = entries.filter(Files::isDirectory).sorted().toList();
      }
      for (Path child : children) {
        String name = child.getFileName().toString();
        // Imports under way begin with a dot.
        if (ModelNames.isValid(name)) {
          try {
            models.add(describe(name));
          } catch (ModelException e) {
            problems.add(e.getMessage());
          }
        }
      }
    }
    return List.copyOf(problems);
  }

  /**
   * Reads every file of a model again and compares it with what was imported.
   *
   * @param name the model; {@value #DESCRIPTOR} has no files and is always right
   * @throws IOException if a file is missing or differs, naming it, or there is no such model
   */
  public void verify(String name) throws IOException {
    if (name.equals(DESCRIPTOR)) {
      return;
    }
    verify(known(name));
  }

  private void verify(ModelDescription model) throws IOException {
    String name = model.name();
    for (ModelFile file : model.files()) {
      String digest = Digests.sha256(files(model).resolve(file.path()));
      if (!digest.equals(file.sha256())) {
        throw new ModelException(
            "model '"
                + name
                + "': file "
                + file.path()
                + " differs from what was imported (SHA-256 "
                + digest
                + ", was "
                + file.sha256()
                + "); import the model again");
      }
    }
  }

  /**
   * Removes a model, whole or damaged. It is gone at once; what a crash leaves of its files is
   * hidden and removed by the next call.
   *
   * @param name the model
   * @return the bytes that its files took
   * @throws UnknownEncoderException if there is none of this name; lists those there are
   * @throws IllegalArgumentException if it is {@value #DESCRIPTOR}, which is built in
   * @throws IOException if its files cannot be removed
   */
  public long remove(String name) throws IOException {
    if (name.equals(DESCRIPTOR)) {
      throw new IllegalArgumentException("encoder '" + name + "' is built in and stays");
    }
    if (!ModelNames.isValid(name)
        || !Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      throw unknown(name);
    }
    return RemovedModels.remove(folder, name);
  }

  /**
   * Opens an encoder. All files of a model are first compared with what was imported, as {@link
   * #verify} does.
   *
   * @param name {@value #DESCRIPTOR} or an imported model; with {@code :unit} behind it vectors
   *     have length 1, see {@link #unit}
   * @return the encoder, to be closed by the caller
   * @throws UnknownEncoderException if there is none of this name; lists those there are
   * @throws IOException if the model is damaged
   * @throws EncoderException if its engine does not start or load it
   */
  public ImageEncoder open(String name) throws IOException {
    return open(name, 0);
  }

  /**
   * Opens an encoder that computes with some threads.
   *
   * @param name as for {@link #open(String)}
   * @param threads how many; 0 for one a processor
   * @return the encoder, to be closed by the caller
   * @throws UnknownEncoderException if there is none of this name; lists those there are
   * @throws IOException if the model is damaged
   * @throws EncoderException if its engine does not start or load it
   * @throws IllegalArgumentException if {@code threads} is negative
   */
  public ImageEncoder open(String name, int threads) throws IOException {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must not be negative; got: " + threads);
    }
    if (name.endsWith(UnitLengthEncoder.SUFFIX)) {
      String other = name.substring(0, name.length() - UnitLengthEncoder.SUFFIX.length());
      return new UnitLengthEncoder(open(other, threads));
    }
    if (name.equals(DESCRIPTOR)) {
      return new DescriptorEncoder();
    }
    ModelDescription model = known(name);
    verify(model);
    return new NetworkEncoder(files(model), model, threads);
  }

  /**
   * Names the encoder that gives a model's vectors at length 1, so that only their direction tells
   * pictures apart. Nearest pictures then show the right thing more often; it is a space of its
   * own.
   *
   * @param name {@value #DESCRIPTOR} or an imported model
   * @return a name for {@link #open(String)}
   */
  public static String unit(String name) {
    return name.endsWith(UnitLengthEncoder.SUFFIX) ? name : name + UnitLengthEncoder.SUFFIX;
  }

  private ModelDescription known(String name) throws IOException {
    Optional<ModelDescription> found = find(name);
    if (found.isEmpty()) {
      throw unknown(name);
    }
    return found.get();
  }

  private UnknownEncoderException unknown(String name) throws IOException {
    List<String> known = new ArrayList<>(List.of(DESCRIPTOR));
    list().forEach(model -> known.add(model.name()));
    return new UnknownEncoderException(name, known, folder);
  }

  private ModelDescription describe(String name) throws ModelException {
    String problem = "model '" + name + "' in " + folder + " is damaged: ";
    String remedy = "; import it again with replace, or remove its folder";
    try {
      ModelDescription model = ModelJson.read(folder.resolve(name).resolve(ModelJson.FILE));
      if (!model.name().equals(name)) {
        throw new ModelException(problem + "model.json calls it '" + model.name() + "'" + remedy);
      }
      for (ModelFile file : model.files()) {
        Path path = files(model).resolve(file.path());
        long bytes = Files.isRegularFile(path) ? Files.size(path) : -1;
        if (bytes != file.bytes()) {
          throw new ModelException(
              problem
                  + file.path()
                  + (bytes < 0 ? " is missing" : " has " + bytes + " bytes, not " + file.bytes())
                  + remedy);
        }
      }
      return model;
    } catch (ModelException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException(problem + e.getMessage() + remedy, e);
    }
  }

  private Path files(ModelDescription model) {
    return folder.resolve(model.name()).resolve(model.engine().folder());
  }
}
