package org.seesong.server;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which endpoint answers which method and path. Immutable. */
final class Routes {
  private final List<Route> all;

  Routes(List<Route> all) {
    this.all = List.copyOf(all);
  }

  /** Answers a call. */
  @FunctionalInterface
  interface Endpoint {
    Reply reply(Call call) throws IOException;
  }

  /**
   * A method and paths of one form.
   *
   * @param method GET, which answers HEAD as well, or POST
   * @param path such as {@code /api/songs/{id}}
   * @param open whether it answers without a token, where others want one
   */
  record Route(String method, String path, boolean open, Endpoint endpoint) {
    private List<String> template() {
      return split(path);
    }

    private boolean matches(List<String> segments) {
      List<String> template = template();
      if (template.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < template.size(); i++) {
        if (!template.get(i).equals("{id}") && !template.get(i).equals(segments.get(i))) {
          return false;
        }
      }
      return true;
    }

    /** What stands for the braces. */
    List<String> variables(List<String> segments) {
      List<String> template = template();
      List<String> variables = new ArrayList<>();
      for (int i = 0; i < template.size(); i++) {
        if (template.get(i).equals("{id}")) {
          variables.add(segments.get(i));
        }
      }
      return variables;
    }
  }

  List<Route> all() {
    return all;
  }

  /** The routes of a path, for any method. */
  List<Route> of(List<String> segments) {
    return all.stream().filter(route -> route.matches(segments)).toList();
  }

  /** The one among routes of a path that answers a method. */
  static Optional<Route> forMethod(List<Route> routes, String method) {
    String asked = method.equals("HEAD") ? "GET" : method;
    return routes.stream().filter(route -> route.method().equals(asked)).findFirst();
  }

  /** What an Allow header says of a path's routes. */
  static String allow(List<Route> routes) {
    TreeSet<String> methods =
        routes.stream().map(Route::method).collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }

  /** The segments of a path as it came, each decoded alone, so that an id may hold a slash. */
  static List<String> segments(String rawPath) {
    try {
      return split(rawPath).stream()
          .map(segment -> segment.replace("+", "%2B"))
          .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
          .toList();
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("the address cannot be read; write ids in UTF-8 with %-escapes");
    }
  }

  private static List<String> split(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }
}
