/**
 * The Lucene index: its layout, its identity, writing and opening.
 *
 * <p>After {@code vector}, before {@code query}. Knows Lucene, never Solr, and not how vectors were
 * made.
 */
package org.seesong.index;
