package org.seesong.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seesong.encoder.ActivationRun;
import org.seesong.encoder.EncoderException;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.PixelLayout;
import org.seesong.model.onnx.Calibration;
import org.seesong.model.onnx.Int8Quantizer;
import org.seesong.model.onnx.OnnxFile;

/** Brings a network somebody exported to ONNX into the model home, as it is or quantised. */
public final class OnnxImport {
  private OnnxImport() {}

  /**
   * What is imported.
   *
   * @param file the network
   * @param request what to call it, and how pictures are fed; input, output and size may be empty
   * @param layout order of the input's axes; empty to take it from the input's shape
   * @param calibration pictures by which it is quantised; empty to take it as it is
   */
  public record Source(
      Path file,
      ImportRequest request,
      Optional<PixelLayout> layout,
      Optional<Calibration> calibration) {}

  /**
   * Imports a network, after a trial. Nothing is left behind when that fails.
   *
   * @param home where the models are
   * @param source the network
   * @return the description that was stored
   * @throws FileAlreadyExistsException if there is such a model and it is not to be replaced
   * @throws WeightsException if it is no network that takes pictures and gives vectors, or the
   *     runtime cannot run it, with the reason
   * @throws IOException if the disk is full or fails
   * @throws InterruptedException if the thread is interrupted
   */
  public static ModelDescription install(ModelHome home, Source source)
      throws IOException, InterruptedException {
    OnnxFile file = OnnxFile.open(source.file());
    ImportRequest request = file.complete(source.request(), source.layout());
    if (!request.replace() && Files.exists(home.folder().resolve(request.name()))) {
      throw new FileAlreadyExistsException(
          "model '" + request.name() + "'",
          null,
          "exists already; choose another name or replace it");
    }
    Path hidden = home.folder().resolve("." + request.name() + ".import");
    try (NewFolder work = NewFolder.create(hidden)) {
      Path model = Files.createDirectory(work.path().resolve("model"));
      file.copyTo(model);
      if (source.calibration().isEmpty()) {
        return home.importOnnx(model, request);
      }
      Path simple = Files.createTempFile(model, "simple", ".onnx");
      ActivationRun.simplify(model.resolve("model.onnx"), simple);
      Path bytes = Files.createDirectory(work.path().resolve("int8"));
      return home.importOnnx(
          bytes, Int8Quantizer.quantise(simple, request, source.calibration().get(), bytes));
    } catch (EncoderException e) {
      throw new WeightsException(source.file(), "cannot be run: " + e.getMessage(), e);
    }
  }
}
