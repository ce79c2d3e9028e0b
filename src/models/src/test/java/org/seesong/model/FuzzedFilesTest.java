package org.seesong.model;

import org.junit.jupiter.api.Test;
import org.seesong.testing.Fuzzing;
import org.seesong.testing.Trials;

/** What fuzzing found worth keeping, for files of weights. */
class FuzzedFilesTest {
  @Test
  void safetensors() throws Exception {
    Fuzzing.replay("safetensors", Trials.count(100), SafetensorsFuzz::fuzzerTestOneInput);
  }

  @Test
  void hdf5() throws Exception {
    Fuzzing.replay("hdf5", Trials.count(100), Hdf5Fuzz::fuzzerTestOneInput);
  }

  @Test
  void onnx() throws Exception {
    Fuzzing.replay("onnx", Trials.count(100), OnnxFuzz::fuzzerTestOneInput);
  }
}
