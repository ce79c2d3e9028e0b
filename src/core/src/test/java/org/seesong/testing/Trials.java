package org.seesong.testing;

import java.util.SplittableRandom;

/**
 * How often a test of reliability tries: a short sample, or with {@code -Pslow} the full number;
 * {@code -Dseesong.trials=N} sets it, {@code -Dseesong.seed=S} draws others.
 */
public final class Trials {
  private static final long SEED = Long.getLong("seesong.seed", 19);

  private Trials() {}

  /** The number of trials. */
  public static int number(int sample, int full) {
    return Integer.getInteger("seesong.trials", Boolean.getBoolean("seesong.slow") ? full : sample);
  }

  /** The number of trials of a test that is slow as a whole, or never. */
  public static int count(int usual) {
    return Integer.getInteger("seesong.trials", usual);
  }

  /** The seed of all trials of a run; a failure names it. */
  public static long seed() {
    return SEED;
  }

  /** The same draws for the same test, trial and seed. */
  public static SplittableRandom random(Class<?> test, int trial) {
    return new SplittableRandom(SEED * 1_000_003 + test.getName().hashCode() * 31L + trial);
  }

  /** What to say of a trial that failed, so that it can be done again. */
  public static String name(int trial) {
    return "trial " + trial + " of -Dseesong.seed=" + SEED;
  }
}
