package org.seesong.app;

import java.io.IOException;
import java.util.List;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.model.PublishedWeights;

/** Chooses the encoder of a build that names none. */
public final class EncoderChoice {
  /** The best there is on this machine. */
  public static final String AUTO = "auto";

  private EncoderChoice() {}

  /** Known networks, the best first. */
  private static final List<String> PREFERRED =
      List.of(
          PublishedWeights.VGG19.name(),
          PublishedWeights.VGG19.name() + "-int8",
          PublishedWeights.MOBILENET_V2,
          PublishedWeights.MOBILENET_V2 + "-int8");

  /**
   * The encoder that {@value #AUTO} stands for: the first that is installed with real weights of
   * VGG-19, the same in int8, MobileNetV2, the same in int8, and any other by name; else the
   * descriptor.
   *
   * @param home where models are installed
   * @return the encoder's own name
   * @throws IOException if one of the four is installed but damaged
   */
  public static String best(ModelHome home) throws IOException {
    for (String name : PREFERRED) {
      if (home.find(name).filter(ModelDescription::trained).isPresent()) {
        return name;
      }
    }
    return home.list().stream()
        .filter(ModelDescription::trained)
        .map(ModelDescription::name)
        .filter(name -> !name.equals(AUTO))
        .findFirst()
        .orElse(ModelHome.DESCRIPTOR);
  }

  /**
   * The encoder's own name: a model called {@value #AUTO} is never chosen by it. Says what was
   * chosen and, where there is no network, how to get one. A damaged network fails rather than
   * giving an index of lesser vectors.
   *
   * @param unit whether a network's vectors are to have length 1
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
        "encoder: descriptor (colour and texture), because no network is installed"
            + (home.list().isEmpty() ? "" : ", only untrained ones")
            + ".\n  To tell pictures by what they show:  "
            + console.command()
            + " model fetch vgg19\n  or, with the file at hand:            "
            + console.command()
            + " model import --keras FILE --name vgg19");
    return ModelHome.DESCRIPTOR;
  }
}
