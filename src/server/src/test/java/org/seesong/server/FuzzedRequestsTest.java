package org.seesong.server;

import org.junit.jupiter.api.Test;
import org.seesong.testing.Fuzzing;
import org.seesong.testing.Trials;

/** What fuzzing found worth keeping, for bodies of requests. */
class FuzzedRequestsTest {
  @Test
  void forms() throws Exception {
    Fuzzing.replay("multipart", Trials.count(200), MultipartFuzz::fuzzerTestOneInput);
  }

  @Test
  void json() throws Exception {
    Fuzzing.replay("json", Trials.count(200), JsonFuzz::fuzzerTestOneInput);
  }
}
