package org.seesong.evaluation;

import org.junit.jupiter.api.Test;
import org.seesong.testing.Fuzzing;
import org.seesong.testing.Trials;

/** What fuzzing found worth keeping, for files of concepts. */
class FuzzedFilesTest {
  @Test
  void concepts() throws Exception {
    Fuzzing.replay("concepts", Trials.count(100), ConceptFuzz::fuzzerTestOneInput);
  }
}
