package org.seesong.solr;

import org.junit.jupiter.api.Test;
import org.seesong.testing.Fuzzing;
import org.seesong.testing.Trials;

/** What fuzzing found worth keeping, for vectors of requests. */
class FuzzedRequestsTest {
  @Test
  void vectors() throws Exception {
    Fuzzing.replay("vector", Trials.count(300), VectorFuzz::fuzzerTestOneInput);
  }
}
