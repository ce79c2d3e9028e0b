package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.handler.component.FailedShards;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.handler.component.ShardHandlerFactory;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;
import org.junit.jupiter.api.Test;

class CompleteShardHandlerTest {
  /** Hands out what it is told to, then says that nothing is pending. */
  private static final class Scripted extends ShardHandler {
    private final Deque<ShardRequest> answers = new ArrayDeque<>();
    private Optional<SolrException> failure = Optional.empty();

    @Override
    public void prepDistributed(ResponseBuilder builder) {
      // No shards of its own.
    }

    @Override
    public void submit(ShardRequest request, String shard, ModifiableSolrParams params) {
      // Answered by the script.
    }

    @Override
    public ShardResponse takeCompletedIncludingErrors() {
      return takeCompletedOrError();
    }

    @Override
    public ShardResponse takeCompletedOrError() {
      if (answers.isEmpty()) {
        return null;
      }
      ShardResponse response = new ShardResponse();
      response.setShardRequest(answers.remove());
      failure.ifPresent(with -> FailedShards.fail(response, with));
      return response;
    }

    @Override
    public void cancelAll() {
      answers.clear();
    }

    @Override
    public ShardHandlerFactory getShardHandlerFactory() {
      return null;
    }
  }

  private final Scripted scripted = new Scripted();
  private final CompleteShardHandler handler = new CompleteShardHandler(scripted);

  private ShardRequest submit() {
    ShardRequest request = new ShardRequest();
    handler.submit(request, "shard1", new ModifiableSolrParams());
    handler.submit(request, "shard2", new ModifiableSolrParams());
    return request;
  }

  @Test
  void nothingIsWaitedForOnceAllAnswersAreThere() {
    scripted.answers.add(submit());
    scripted.answers.add(submit());
    // Stands for the wait without end.
    scripted.answers.add(new ShardRequest());
    assertThat(handler.takeCompletedOrError()).isNotNull();
    assertThat(handler.takeCompletedIncludingErrors()).isNotNull();
    assertThat(handler.takeCompletedOrError()).isNull();
    assertThat(handler.takeCompletedIncludingErrors()).isNull();
    assertThat(scripted.answers).hasSize(1);
  }

  @Test
  void anAnswerThatBrokeOffIsAnError() {
    scripted.answers.add(submit());
    // What Solr's client says where the connection ends while it reads an answer.
    scripted.failure = Optional.of(new StatusException(200, "parsing error"));
    assertThatThrownBy(handler::takeCompletedOrError)
        .isInstanceOfSatisfying(SolrException.class, e -> assertThat(e.code()).isEqualTo(503))
        .hasMessage("the answer of a shard broke off; retry soon (parsing error)");
    assertThat(scripted.answers).isEmpty();
  }

  @Test
  void otherFailuresAreLeftToSolrAndSoAreAllWherePartsOfAnAnswerWillDo() {
    scripted.answers.add(submit());
    scripted.answers.add(submit());
    scripted.failure = Optional.of(new StatusException(500, "out of luck"));
    assertThat(handler.takeCompletedOrError().getException()).hasMessage("out of luck");
    scripted.failure = Optional.of(new StatusException(200, "parsing error"));
    assertThat(handler.takeCompletedIncludingErrors().getException()).hasMessage("parsing error");
  }

  @Test
  void anAnswerThatIsLostIsAnError() {
    scripted.answers.add(submit());
    submit();
    assertThat(handler.takeCompletedOrError()).isNotNull();
    assertThatThrownBy(handler::takeCompletedOrError)
        .isInstanceOfSatisfying(SolrException.class, e -> assertThat(e.code()).isEqualTo(503))
        .hasMessageContaining("retry soon");
    assertThatThrownBy(handler::takeCompletedIncludingErrors).isInstanceOf(SolrException.class);
  }
}
