package org.seesong.build;

import org.junit.jupiter.api.Test;
import org.seesong.catalogue.CatalogueFuzz;
import org.seesong.testing.Fuzzing;
import org.seesong.testing.Trials;

/** What fuzzing found worth keeping, for catalogues and model folders. */
class FuzzedFilesTest {
  @Test
  void catalogues() throws Exception {
    Fuzzing.replay("catalogue", Trials.count(100), CatalogueFuzz::fuzzerTestOneInput);
  }

  @Test
  void modelFolders() throws Exception {
    Fuzzing.replay("model-folder", Trials.count(100), ModelFolderFuzz::fuzzerTestOneInput);
  }
}
