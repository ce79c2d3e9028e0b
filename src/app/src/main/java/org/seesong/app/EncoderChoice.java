package org.seesong.app;

import java.io.IOException;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.model.PublishedWeights;

/** Chooses the encoder of a build that names none. */
public final class EncoderChoice {
  /** The best there is on this machine. */
  public static final String AUTO = "auto";

  private EncoderChoice() {}

  /**
   * The encoder that {@value #AUTO} stands for: VGG-19 where it is installed with real weights,
   * else the descriptor.
   *
   * @param home where models are installed
   * @return the encoder's own name
   * @throws IOException if VGG-19 is installed but damaged
   */
  public static String best(ModelHome home) throws IOException {
    String vgg19 = PublishedWeights.VGG19.name();
    return home.find(vgg19).filter(ModelDescription::trained).isPresent()
        ? vgg19
        : ModelHome.DESCRIPTOR;
  }

  /**
   * The encoder's own name: a model called {@value #AUTO} is never chosen by it. Says what was
   * chosen and, where VGG-19 is missing, how to get it. A damaged VGG-19 fails rather than giving
   * an index of lesser vectors.
   *
   * @param unit whether VGG-19's vectors are to have length 1
   */
  static String resolve(String name, boolean unit, ModelHome home, Console console)
      throws IOException {
    if (!name.equals(AUTO)) {
      return name;
    }
    String best = best(home);
    if (!best.equals(ModelHome.DESCRIPTOR)) {
      console.log(
          "encoder: "
              + best
              + ", which is installed"
              + (unit ? ", with vectors of length 1" : "")
              + " (--encoder auto)");
      return unit ? ModelHome.unit(best) : best;
    }
    console.log(
        "encoder: descriptor (colour and texture), because VGG-19 is not installed"
            + (home.find(PublishedWeights.VGG19.name()).isPresent()
                ? ", only an untrained model of its name"
                : "")
            + ".\n  To tell pictures by what they show:  "
            + console.command()
            + " model fetch vgg19\n  or, with the file at hand:            "
            + console.command()
            + " model import --keras FILE --name vgg19");
    return ModelHome.DESCRIPTOR;
  }
}
