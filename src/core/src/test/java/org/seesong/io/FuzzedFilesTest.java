package org.seesong.io;

import org.junit.jupiter.api.Test;
import org.seesong.image.ImageFuzz;
import org.seesong.testing.Fuzzing;
import org.seesong.testing.Trials;

/** What fuzzing found worth keeping, for pictures and record files. */
class FuzzedFilesTest {
  @Test
  void pictures() throws Exception {
    Fuzzing.replay("image", Trials.count(30), ImageFuzz::fuzzerTestOneInput);
  }

  @Test
  void recordFiles() throws Exception {
    Fuzzing.replay("records", Trials.count(100), RecordFuzz::fuzzerTestOneInput);
  }
}
