package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.admin.Route.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All routes, and which of them a request is for. Immutable. */
final class RouteTable {

  private record Row(Route route, PathTemplate template) {}

  /** A route with the parameters of the path. */
  record Match(Route route, Map<String, String> path) {}

  private final List<Row> rows;

  RouteTable(List<Route> routes) {
    List<Row> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Route route : routes) {
      if (!seen.add(route.method() + " " + route.path())) {
        throw new IllegalArgumentException(
            route.method() + " " + route.path() + " is declared twice");
      }
      all.add(new Row(route, PathTemplate.parse(route.path())));
    }
    this.rows = List.copyOf(all);
  }

  List<Route> routes() {
    return rows.stream().map(Row::route).toList();
  }

  /** All routes at a path, whatever their method. */
  List<Match> at(Target target) {
    List<Match> matches = new ArrayList<>();
    for (Row row : rows) {
      row.template()
          .match(target.segments(), row.route().parameters())
          .ifPresent(path -> matches.add(new Match(row.route(), path)));
    }
    return matches;
  }

  /** That of them which has the method; HEAD is GET without the body. */
  static Optional<Match> withMethod(List<Match> matches, String method) {
    String wanted = method.equals("HEAD") ? Method.GET.name() : method;
    return matches.stream()
        .filter(match -> match.route().method().name().equals(wanted))
        .findFirst();
  }

  /** The methods that would do, for {@code Allow}. */
  static String allowed(List<Match> matches) {
    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
    for (Match match : matches) {
      methods.add(match.route().method().name());
      if (match.route().method() == Method.GET) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }
}
