/**
 * ONNX files: {@link org.seesong.model.onnx.OnnxGraph} writes them, {@link
 * org.seesong.model.onnx.Int8Quantizer} makes networks of bytes of networks of floats. Networks are
 * run by {@code org.seesong.encoder}, never here.
 */
package org.seesong.model.onnx;
