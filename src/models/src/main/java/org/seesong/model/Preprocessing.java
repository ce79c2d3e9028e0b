package org.seesong.model;

import java.util.Objects;
import org.seesong.encoder.ChannelOrder;

/**
 * What weights expect of the pixels.
 *
 * @param scaling what is done to a pixel's value p, as {@link org.seesong.encoder.ImportRequest}
 *     takes it; brackets hold a number for each channel in the order of {@code channels}
 * @param channels the order in which the network takes the channels
 */
public record Preprocessing(String scaling, ChannelOrder channels) {
  /** As {@code keras.applications.vgg19.preprocess_input} does: BGR minus means, no division. */
  public static final Preprocessing KERAS =
      new Preprocessing("p-[103.939,116.779,123.68]", ChannelOrder.BGR);

  /** As torchvision and timm do, with ImageNet's means and deviations. */
  public static final Preprocessing TORCH =
      new Preprocessing("(p/255-[.485,.456,.406])/[.229,.224,.225]", ChannelOrder.RGB);

  /** Checks. */
  public Preprocessing {
    Objects.requireNonNull(scaling, "scaling");
    Objects.requireNonNull(channels, "channels");
  }
}
