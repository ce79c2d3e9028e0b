/**
 * Paints the pictures of the demo catalogue. {@link org.seesong.bench.demo.DemoPictures} made those
 * that ship with the command line:
 *
 * <pre>{@code
 * mvn -q -DskipTests -pl src/bench -am package
 * java -Djava.awt.headless=true -cp src/bench/target/classes org.seesong.bench.demo.DemoPictures \
 *     src/app/src/main/resources/org/seesong/app/demo
 * }</pre>
 */
package org.seesong.bench.demo;
