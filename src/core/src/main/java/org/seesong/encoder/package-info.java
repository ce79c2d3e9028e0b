/**
 * Image encoders: they turn a decoded image into an embedding, a point of a named vector space.
 *
 * <p>Start at {@link org.seesong.encoder.ModelHome}, which opens an {@link
 * org.seesong.encoder.ImageEncoder} by name. Vectors leave with their space, as {@link
 * org.seesong.vector.EncodedImage}. ONNX Runtime and DJL's TensorFlow engine are named here and in
 * no other package.
 */
package org.seesong.encoder;
