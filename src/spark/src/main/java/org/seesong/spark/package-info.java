/** Parts of a build on Apache Spark; the only package that knows it. */
package org.seesong.spark;
