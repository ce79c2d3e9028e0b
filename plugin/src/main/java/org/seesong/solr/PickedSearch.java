package org.seesong.solr;

import java.util.ArrayList;
import java.util.List;
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
    return solrs == null ? null : NodeShardHandler.insteadOf(solrs, request.getCore());
  }

  @Override
  public String getDescription() {
    return "Solr's search over songs that fit a picture";
  }
}
