package org.seesong.app;

import java.io.IOException;
import java.util.Optional;
import org.seesong.image.ModelDescription;
import org.seesong.image.ModelHome;
import org.seesong.model.PublishedWeights;

/** Chooses the encoder of a build that names none. */
final class EncoderChoice {
  /** The best there is on this machine. */
  static final String AUTO = "auto";

  private EncoderChoice() {}

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
    String vgg19 = PublishedWeights.VGG19.name();
    Optional<ModelDescription> installed = home.find(vgg19);
    if (installed.isPresent() && installed.get().trained()) {
      console.log(
          "encoder: "
              + vgg19
              + ", which is installed"
              + (unit ? ", with vectors of length 1" : "")
              + " (--encoder auto)");
      return unit ? ModelHome.unit(vgg19) : vgg19;
    }
    console.log(
        "encoder: descriptor (colour and texture), because VGG-19 is not installed"
            + (installed.isPresent() ? ", only an untrained model of its name" : "")
            + ".\n  To tell pictures by what they show:  "
            + console.command()
            + " model fetch vgg19\n  or, with the file at hand:            "
            + console.command()
            + " model import --keras FILE --name vgg19");
    return ModelHome.DESCRIPTOR;
  }
}
