/**
 * VGG-19 in TensorFlow and in ONNX Runtime, with the same weights and in one run: {@link
 * org.seesong.jmh.onnx.EncodeComparison}. The graph is written by our own code; ONNX Runtime is on
 * this module's class path only.
 *
 * <pre>{@code
 * mvn -q -DskipTests -pl src/jmh -am package dependency:build-classpath \
 *     -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
 * ORT_DISABLE_TELEMETRY=1 TF_CPP_MIN_LOG_LEVEL=2 java -cp "src/jmh/target/classes:$(cat src/jmh/target/classpath)" \
 *     org.seesong.jmh.onnx.EncodeComparison --threads 2 --batch 1,8
 * }</pre>
 */
package org.seesong.jmh.onnx;
