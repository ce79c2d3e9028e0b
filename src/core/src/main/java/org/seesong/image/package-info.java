/**
 * Pictures in, vectors out: decoding of untrusted picture files, one resize for indexing and
 * querying, and encoders that turn a picture into a point of a vector space.
 *
 * <p>Start at {@link org.seesong.image.ModelHome}, which opens an {@link
 * org.seesong.image.ImageEncoder} by name; {@link org.seesong.image.ImageDecoder} reads the
 * pictures for it. Vectors leave with their space, as {@link org.seesong.vector.EncodedImage};
 * beside that package it depends on the JDK, ImageIO plug-ins and, for saved models only, on DJL's
 * TensorFlow engine, which no other package may name.
 */
package org.seesong.image;
