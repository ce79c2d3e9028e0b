/**
 * What Winograd's minimal filtering would give VGG-19's 3x3 convolutions: a prototype of one layer
 * on the Vector API, measured against the engines' layer by {@link
 * org.seesong.jmh.winograd.WinogradComparison}.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp "src/jmh/target/classes:$(cat src/jmh/target/classpath)" \
 *     org.seesong.jmh.winograd.WinogradComparison /tmp/winograd 28x512 56x256
 * }</pre>
 */
package org.seesong.jmh.winograd;
