package org.seesong.model.onnx;

import java.util.Map;

/**
 * What was seen of a network's activations.
 *
 * @param ranges of those that become bytes, with their channels scaled
 * @param means of the channels of convolutions' inputs, scaled
 * @param scales of the channels of those that are scaled
 */
record Activations(
    Map<String, ActivationRange> ranges,
    Map<String, ChannelMeans> means,
    Map<String, float[]> scales) {}
