package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import org.apache.solr.common.SolrException;
import org.junit.jupiter.api.Test;

class ShardResponsesTest {
  private static void refused(Throwable failure, int status, String message) {
    ShardResponses responses = new ShardResponses(new String[] {"shard1"}, false);
    responses.fail("shard1", new CompletionException(failure));
    assertThatThrownBy(responses::merged)
        .isInstanceOfSatisfying(SolrException.class, e -> assertThat(e.code()).isEqualTo(status))
        .hasMessage(message);
  }

  @Test
  void aFailureOfAShardIsThatOfTheSearch() {
    refused(new StatusException(400, "no such field"), 400, "no such field");
    refused(new IllegalStateException("out of luck"), 500, "out of luck");
  }

  @Test
  void anAnswerThatBrokeOffIsNoAnswerAlthoughItsStatusIs200() {
    refused(
        new StatusException(200, "parsing error"),
        503,
        "the answer of a shard broke off; retry soon (parsing error)");
  }
}
