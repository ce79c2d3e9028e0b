/**
 * Evaluates systems in the manner of TREC: queries with known keywords, runs of our systems and of
 * baselines, relevance by grades that people gave (qrels), by keywords and by a concept network,
 * measures with confidence intervals and paired tests.
 *
 * <p>{@link org.seesong.evaluation.Evaluation} is the entry. The package stands on top of all
 * others but the command line; nothing depends on it.
 */
package org.seesong.evaluation;
