/**
 * Bulk-loads a built catalogue into SolrCloud.
 *
 * <p>Start at {@link org.seesong.push.CataloguePush}. Reads {@code index}, takes the configset from
 * {@code solr} and, for files of shards, the format of vectors from {@code knn}, talks to Solr by
 * SolrJ over the JDK's own HTTP client; knows neither the command line nor how an index was built.
 */
package org.seesong.push;
