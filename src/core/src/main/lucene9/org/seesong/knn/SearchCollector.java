package org.seesong.knn;

import org.apache.lucene.search.KnnCollector;

/** A collector of Lucene 9. */
interface SearchCollector extends KnnCollector {}
