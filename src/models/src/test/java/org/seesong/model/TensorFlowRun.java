package org.seesong.model;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** Runs a written model in TensorFlow itself, as the encoder does. */
final class TensorFlowRun {
  private TensorFlowRun() {}

  /** The vectors of preprocessed pictures, one after the other. */
  static float[] run(Path folder, VggNetwork network, float[] pictures) throws Exception {
    long side = network.side();
    long count = pictures.length / (side * side * 3);
    try (Model model = Model.newInstance("vgg", "TensorFlow")) {
      model.load(folder);
      try (NDManager manager = model.getNDManager().newSubManager();
          Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
        NDList input =
            new NDList(manager.create(FloatBuffer.wrap(pictures), new Shape(count, side, side, 3)));
        input.head().setName(VggGraph.INPUT);
        NDList output = predictor.predict(input);
        return output.singletonOrThrow().toFloatArray();
      }
    }
  }
}
