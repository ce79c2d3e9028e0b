/**
 * What songs and pictures are about: keywords, chosen from the lyrics or given, and how strongly
 * each song and picture holds them. The entry is {@link org.seesong.keyword.Keywords}.
 *
 * <p>After {@code catalogue} and {@code text}, before {@code graph}, which takes only the arrays of
 * {@code KeywordRows}. Knows Jieba, opencc4j and Lucene's analysis, each behind one class; must not
 * know graphs, embeddings or indexes.
 */
package org.seesong.keyword;
