/**
 * Songs and pictures as their owners wrote them, read from CSV, JSONL and folders.
 *
 * <p>First of the indexer's stages; knows the JDK, Jackson and FastCSV.
 */
package org.seesong.catalogue;
