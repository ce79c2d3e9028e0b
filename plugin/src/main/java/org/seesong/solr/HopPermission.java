package org.seesong.solr;

import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.security.AuthorizationContext;
import org.apache.solr.security.AuthorizationPlugin;
import org.apache.solr.security.AuthorizationResponse;

/**
 * Asks whoever governs permissions whether the sender of a request may ask this handler about
 * another collection, as if the request had gone there: Solr itself looks only at the collection of
 * the address.
 */
final class HopPermission extends AuthorizationContext {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final SolrQueryRequest request;
  private final String path;
  private final String collection;

  private HopPermission(SolrQueryRequest request, String path, String collection) {
    this.request = request;
    this.path = path;
    this.collection = collection;
  }

  /** Refuses with 403 what is not permitted; permits all where nobody governs. */
  static void require(SolrQueryRequest request, String path, String collection) {
    AuthorizationPlugin plugin = request.getCoreContainer().getAuthorizationPlugin();
    if (plugin == null) {
      return;
    }
    AuthorizationResponse response = plugin.authorize(new HopPermission(request, path, collection));
    if (response.statusCode != OK && response.statusCode != ACCEPTED) {
      throw new SolrException(
          ErrorCode.FORBIDDEN,
          ImageRequest.COLLECTION
              + " names '"
              + collection
              + "', which this user may not read by "
              + path);
    }
  }

  @Override
  public SolrParams getParams() {
    return request.getParams();
  }

  @Override
  public Principal getUserPrincipal() {
    return request.getUserPrincipal();
  }

  @Override
  public String getUserName() {
    Principal user = getUserPrincipal();
    return user == null ? null : user.getName();
  }

  @Override
  public String getHttpHeader(String header) {
    return null;
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.emptyEnumeration();
  }

  @Override
  public String getRemoteAddr() {
    return "";
  }

  @Override
  public String getRemoteHost() {
    return "";
  }

  @Override
  public List<CollectionRequest> getCollectionRequests() {
    return List.of(new CollectionRequest(collection));
  }

  @Override
  public RequestType getRequestType() {
    return RequestType.READ;
  }

  @Override
  public String getResource() {
    return path;
  }

  @Override
  public String getHttpMethod() {
    return "POST";
  }

  @Override
  public Object getHandler() {
    return request.getCore().getRequestHandler(path);
  }
}
