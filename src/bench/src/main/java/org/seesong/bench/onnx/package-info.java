/**
 * VGG-19 in TensorFlow and in ONNX Runtime, with the same weights and in one run: {@link
 * org.seesong.bench.onnx.EncodeComparison}.
 *
 * <pre>{@code
 * mvn -q -DskipTests -pl src/bench -am package dependency:build-classpath \
 *     -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
 * TF_CPP_MIN_LOG_LEVEL=2 java -cp "src/bench/target/classes:$(cat src/bench/target/classpath)" \
 *     org.seesong.bench.onnx.EncodeComparison --threads 2 --batch 1,8
 * }</pre>
 *
 * Other versions of ONNX Runtime: {@code -Donnxruntime.version=1.29.0}; from that one on the
 * environment must hold {@code ORT_DISABLE_TELEMETRY=1}, or loading it may end the JVM.
 */
package org.seesong.bench.onnx;
