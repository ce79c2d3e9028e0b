/**
 * The Lucene index: its layout, its identity, writing and opening.
 *
 * <p>Start at {@link org.seesong.index.CatalogueIndex} to read one and {@link
 * org.seesong.index.CatalogueIndexWriter} to make one; {@link org.seesong.index.IndexLayout} says
 * what is in it. After {@code vector}, before {@code query}. Knows Lucene, never Solr, and not how
 * vectors were made.
 */
package org.seesong.index;
