package org.seesong.embedding;

import java.io.IOException;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * Methods that learn by stochastic gradient descent on drawn pairs with negative sampling.
 *
 * <p>Every vertex i has a vector u_i and, as something to be predicted, a context vector c_i. A
 * sample is a source i, a vertex j it is to predict, and n negatives k drawn in proportion to
 * degree to a power. It moves along the gradient of
 *
 * <pre>
 * log s(u_i c_j) + sum over k of log s(-u_i c_k) - r/2 (|u_i|^2 + |c_j|^2 + sum over k of |c_k|^2)
 * </pre>
 *
 * <p>by the rules in {@link EmbeddingMethod}, with a step that falls linearly. The methods differ
 * in what pairs are drawn and what a context is:
 *
 * <ul>
 *   <li>line: an edge in proportion to its weight, its direction by a coin; r = 0.
 *   <li>line1: the same pairs, and a vertex' vector is its context too: c = u; r = 0.
 *   <li>hpe: a walk of a few steps along edges in proportion to weight; its source is to predict
 *       each vertex of the walk; r above 0. Each pair counts as a sample, so equal numbers of
 *       samples are equal work in all methods.
 * </ul>
 *
 * <p>Negatives beyond the fifth are taken in further steps, each of which sees the source as the
 * one before left it. The result is scaled to unit length: raw lengths grow with a vertex'
 * evidence, and Euclidean distance would favour the weakly evidenced.
 *
 * @param name what the method is called
 * @param sharedContexts whether a vertex' vector is its context vector too
 * @param walks whether pairs come from random walks, with regularisation
 */
record SgnsMethod(String name, boolean sharedContexts, boolean walks) implements EmbeddingMethod {
  static final SgnsMethod LINE = new SgnsMethod("line2", false, false);
  static final SgnsMethod LINE1 = new SgnsMethod("line1", true, false);
  static final SgnsMethod HPE = new SgnsMethod("hpe", false, true);

  @Override
  public String describe(EmbeddingOptions options) {
    String text =
        String.format(
            Locale.ROOT,
            "%s dim=%d samples=%s negatives=%d rate=%s power=%s typed=%s weights=%s",
            name,
            options.dimension(),
            options.samples() > 0 ? options.samples() : samplesPerEdge(name) + "/edge",
            options.negatives(),
            firstRate(options),
            options.negativeExponent(),
            options.typedNegatives(),
            options.weightExponent());
    if (walks) {
      text +=
          String.format(
              Locale.ROOT, " steps=%d reg=%s", options.walkSteps(), options.regularisation());
    }
    return text
        + String.format(Locale.ROOT, " seed=%d threads=%d", options.seed(), options.threads());
  }

  @Override
  public int dimension(Graph graph, EmbeddingOptions options) {
    return options.dimension();
  }

  @Override
  public long work(Graph graph, EmbeddingOptions options) {
    return options.samplesFor(graph);
  }

  @Override
  public FloatMatrix train(
      Graph graph, EmbeddingOptions options, LongConsumer progress, Checkpoints checkpoints)
      throws IOException, InterruptedException {
    return SgnsTrainer.train(graph, options, this, SgnsKernel::fastest, progress, checkpoints);
  }

  /** Samples an edge unless they are given. */
  static int samplesPerEdge(String method) {
    return method.equals(HPE.name)
        ? EmbeddingOptions.WALK_SAMPLES_PER_EDGE
        : EmbeddingOptions.SAMPLES_PER_EDGE;
  }

  /** The first step size. */
  double firstRate(EmbeddingOptions options) {
    if (options.learningRate() > 0) {
      return options.learningRate();
    }
    return walks ? EmbeddingOptions.WALK_RATE : EmbeddingOptions.RATE;
  }

  /** What is left of a row in a step before the gradient is added. */
  float keep(EmbeddingOptions options, float rate) {
    return walks ? (float) (1 - rate * options.regularisation()) : 1;
  }

  /** Gives each worker, by its random numbers, what draws its pairs. */
  Function<SplittableRandom, PairSampler> pairs(Graph graph, EmbeddingOptions options) {
    if (walks) {
      return new WalkSampler(graph, options.weightExponent(), options.walkSteps())::drawer;
    }
    EdgeSampler edges = new EdgeSampler(graph, options.weightExponent());
    return random -> () -> edges.draw(random);
  }
}
