package org.seesong.model;

import java.util.List;

/**
 * What happens to the pixels before the network: input = (pixel - mean) * scale in each channel,
 * pixels from 0 to 255, channels in the given order.
 *
 * @param order the order in which the network takes the channels
 * @param mean subtracted first, in that order
 * @param scale multiplied then, in that order
 */
public record Preprocessing(Order order, List<Double> mean, List<Double> scale) {
  /** As {@code keras.applications.vgg19.preprocess_input} does: BGR minus means, no scaling. */
  public static final Preprocessing KERAS =
      new Preprocessing(Order.BGR, List.of(103.939, 116.779, 123.68), List.of(1.0, 1.0, 1.0));

  /** As torchvision and timm do: (pixel / 255 - mean) / deviation of ImageNet, RGB. */
  public static final Preprocessing TORCH =
      new Preprocessing(
          Order.RGB,
          List.of(255 * .485, 255 * .456, 255 * .406),
          List.of(1 / (255 * .229), 1 / (255 * .224), 1 / (255 * .225)));

  /** Orders of the channels. */
  public enum Order {
    /** Red first. */
    RGB,
    /** Blue first. */
    BGR
  }

  /** Checks and copies. */
  public Preprocessing {
    mean = requireThree("mean", mean);
    scale = requireThree("scale", scale);
  }

  private static List<Double> requireThree(String name, List<Double> values) {
    if (values.size() != VggNetwork.CHANNELS
        || !values.stream().allMatch(value -> Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " must be three finite numbers; got: " + values);
    }
    return List.copyOf(values);
  }
}
