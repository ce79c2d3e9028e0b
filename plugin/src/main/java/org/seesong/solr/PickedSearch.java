package org.seesong.solr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.handler.component.QueryComponent;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.SearchHandler;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.request.SolrQueryRequest;

/** Solr's distributed search over picked songs, in shards that the user may read. */
final class PickedSearch extends SearchHandler {
  private final SearchComponent picks = new PicksComponent();

  @Override
  public List<SearchComponent> getComponents() {
    List<SearchComponent> components = new ArrayList<>(super.getComponents());
    components.replaceAll(
        component -> component.getClass() == QueryComponent.class ? picks : component);
    return components;
  }

  @Override
  public ShardHandler getAndPrepShardHandler(SolrQueryRequest request, ResponseBuilder builder) {
    ShardHandler handler = super.getAndPrepShardHandler(request, builder);
    if (handler != null && builder.shards != null) {
      ModifiableSolrParams params = new ModifiableSolrParams(request.getParams());
      params.set(ShardClient.PATH_PARAMETER, request.getPath());
      for (String shard : builder.shards) {
        Optional<SolrException> refusal =
            HopPermission.refusal(request.getCore(), request.getUserPrincipal(), params, shard);
        if (refusal.isPresent()) {
          throw refusal.get();
        }
      }
    }
    return handler == null ? null : new CompleteShardHandler(handler);
  }

  @Override
  public String getDescription() {
    return "Solr's search over songs that fit a picture";
  }
}
