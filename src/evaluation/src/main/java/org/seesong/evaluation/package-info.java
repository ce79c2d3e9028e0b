/**
 * Tells whether answers are good: queries with known keywords, a ground truth from a concept
 * network, our method beside plain ones, measures with intervals and tests.
 *
 * <p>{@link org.seesong.evaluation.Evaluation} is the entry. The package stands on top of all
 * others but the command line and nothing depends on it.
 */
package org.seesong.evaluation;
