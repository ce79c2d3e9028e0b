/**
 * Label propagation: keywords of pictures by those of labelled pictures that look like them.
 *
 * <p>Start at {@link org.seesong.label.LabelPropagation}. After {@code keyword}, before {@code
 * graph}; knows {@code keyword} and Lucene's arithmetic, not where vectors are stored.
 */
package org.seesong.label;
