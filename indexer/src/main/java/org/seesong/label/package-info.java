/**
 * What a picture's keywords become by the company it keeps: pictures that look like it lend it
 * theirs, so that an unlabelled or oddly labelled picture finds its place too.
 *
 * <p>Start at {@link org.seesong.label.LabelPropagation}. After {@code keyword}, before {@code
 * graph}; knows {@code keyword} and Lucene's arithmetic, not where vectors are kept.
 */
package org.seesong.label;
