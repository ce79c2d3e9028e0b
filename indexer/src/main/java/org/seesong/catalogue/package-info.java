/**
 * Songs and pictures as their owners wrote them, read from CSV, JSONL and folders: {@link
 * org.seesong.catalogue.CatalogueReader}.
 *
 * <p>First of the indexer's stages; knows the JDK, Jackson, FastCSV and core's {@code
 * WeightedKeyword}.
 */
package org.seesong.catalogue;
