package org.seesong.encoder;

/** The order in which a network wants a pixel's channels. */
public enum ChannelOrder {
  /** Red, green, blue. */
  RGB,
  /** Blue, green, red, as Caffe's networks and Keras' VGG want it. */
  BGR
}
