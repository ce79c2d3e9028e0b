/**
 * Weights in, a model for the encoder out: reads published VGG-19 weight files (Keras' HDF5,
 * PyTorch's safetensors) and writes a model for ONNX Runtime or TensorFlow, cut at the second
 * fully-connected layer.
 *
 * <p>Start at {@link org.seesong.model.Vgg19}; {@link org.seesong.model.Download} gets the
 * published file. Comes before everything else: a model is made once, then indexing and querying
 * open it by {@code org.seesong.image}, the only package of the project this one knows. Depends on
 * the JDK, jhdf, Jackson and TensorFlow's protocol buffers, but on none of its native code.
 */
package org.seesong.model;
