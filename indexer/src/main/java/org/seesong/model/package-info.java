/**
 * Weights in, a model for the encoder out: reads published VGG-19 weight files (Keras' HDF5,
 * PyTorch's safetensors) and writes a TensorFlow SavedModel cut at the second fully-connected
 * layer.
 *
 * <p>Start at {@link org.seesong.model.Vgg19}. Comes before everything else: a model is made once,
 * then indexing and querying open it by {@code org.seesong.image}. Depends on the JDK, jhdf,
 * Jackson and the protocol buffers of TensorFlow, but on none of its native code and on no other
 * package of the project.
 */
package org.seesong.model;
