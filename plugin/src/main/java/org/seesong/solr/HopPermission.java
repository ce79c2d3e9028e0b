package org.seesong.solr;

import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.cloud.ClusterState;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.security.AuthorizationContext;
import org.apache.solr.security.AuthorizationPlugin;
import org.apache.solr.security.PKIAuthenticationPlugin;

/**
 * Asks the authorization plugin whether a user may ask a handler about a collection, as if the
 * request had come over HTTP to that collection: Solr itself looks only at the collection of a
 * request's address.
 */
final class HopPermission extends AuthorizationContext {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final SolrCore core;
  private final Principal user;
  private final SolrParams params;
  private final String path;
  private final String collection;

  private HopPermission(
      SolrCore core, Principal user, SolrParams params, String path, String collection) {
    this.core = core;
    this.user = user;
    this.params = params;
    this.path = path;
    this.collection = collection;
  }

  /** Refuses with 403 what is not permitted; permits all where there is no authorization. */
  static void require(SolrQueryRequest request, String path, String collection) {
    HopPermission asked =
        new HopPermission(
            request.getCore(), request.getUserPrincipal(), request.getParams(), path, collection);
    if (!asked.isGranted()) {
      throw new SolrException(
          ErrorCode.FORBIDDEN,
          ImageRequest.COLLECTION
              + " names '"
              + collection
              + "', which this user may not read by "
              + path);
    }
  }

  /**
   * Refuses to ask a shard any of whose replicas belongs to a collection that the user may not
   * read. A request can name any core of the cluster in {@code shards} or by {@code collection}.
   * What is asked on this node nobody else authorizes; and where a node answers 403, Solr's client
   * asks the next replica, then in the name of this node.
   *
   * @param user on whose behalf, or null
   * @param params what the shard would be asked; its path is among them
   * @param addresses of the shard's replicas as Solr writes them
   * @return the refusal, if it is one
   */
  static Optional<SolrException> refusal(
      SolrCore core, Principal user, SolrParams params, String addresses) {
    CoreContainer node = core.getCoreContainer();
    if (!node.isZooKeeperAware()
        || node.getAuthorizationPlugin() == null
        || user == PKIAuthenticationPlugin.CLUSTER_MEMBER_NODE) {
      return Optional.empty();
    }
    String path = params.get(ShardClient.PATH_PARAMETER, "");
    for (String address : addresses.split("\\|")) {
      Optional<String> collection = collectionOf(address, core);
      if (collection.isEmpty()
          || !new HopPermission(core, user, params, path, collection.get()).isGranted()) {
        return Optional.of(
            new SolrException(
                ErrorCode.FORBIDDEN,
                "shard '"
                    + address
                    + (collection.isEmpty()
                        ? "' is no replica of a collection of this cluster, so whether this user"
                            + " may read it is unknown"
                        : "' belongs to '"
                            + collection.get()
                            + "', which this user may not read by "
                            + path)));
      }
    }
    return Optional.empty();
  }

  /** Asks the core's own collection first, then those that a core's usual name begins with. */
  private static Optional<String> collectionOf(String address, SolrCore core) {
    String url = bare(address);
    String name = url.substring(url.lastIndexOf('/') + 1);
    ClusterState state = core.getCoreContainer().getZkController().getClusterState();
    String own = ShardSearch.collection(core);
    return Stream.concat(
            Stream.of(own),
            state.getCollectionNames().stream().filter(other -> name.startsWith(other + "_")))
        .filter(collection -> hasReplica(state.getCollectionOrNull(collection), url))
        .findFirst();
  }

  private static boolean hasReplica(DocCollection collection, String url) {
    return collection != null
        && collection.getSlices().stream()
            .flatMap(slice -> slice.getReplicas().stream())
            .anyMatch(replica -> bare(replica.getCoreUrl()).equals(url));
  }

  /** An address without scheme and last slash, either of which a request may leave out. */
  private static String bare(String address) {
    String rest = address.substring(address.indexOf("://") < 0 ? 0 : address.indexOf("://") + 3);
    return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
  }

  private boolean isGranted() {
    AuthorizationPlugin plugin = core.getCoreContainer().getAuthorizationPlugin();
    if (plugin == null) {
      return true;
    }
    int status = plugin.authorize(this).statusCode;
    return status == OK || status == ACCEPTED;
  }

  @Override
  public SolrParams getParams() {
    return params;
  }

  @Override
  public Principal getUserPrincipal() {
    return user;
  }

  @Override
  public String getUserName() {
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
    return core.getRequestHandler(path);
  }
}
