package org.seesong.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.handler.component.QueryComponent;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.SearchHandler;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.request.SolrQueryRequest;

/** Solr's search over picked songs; asks shards as the hops do. */
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
    ShardHandler solrs = super.getAndPrepShardHandler(request, builder);
    if (solrs == null) {
      return null;
    }
    ShardHandler handler = NodeShardHandler.insteadOf(solrs, request.getCore());
    ModifiableSolrParams params = new ModifiableSolrParams(request.getParams());
    params.set(HopExchange.PATH_PARAMETER, request.getPath());
    NodeShardHandler.requirePermission(
        handler, request.getCore(), request.getUserPrincipal(), params, builder.shards);
    return handler;
  }

  @Override
  public String getDescription() {
    return "Solr's search over songs that fit a picture";
  }
}
