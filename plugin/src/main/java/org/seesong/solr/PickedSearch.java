package org.seesong.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.solr.handler.component.QueryComponent;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.SearchHandler;

/** Solr's search over picked songs. */
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
  public String getDescription() {
    return "Solr's search over songs that fit a picture";
  }
}
