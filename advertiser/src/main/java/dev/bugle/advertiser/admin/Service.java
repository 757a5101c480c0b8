package dev.bugle.advertiser.admin;

import dev.bugle.advertiser.admin.RouteTable.Match;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a request is for, and whether its head is in order: all that can be said before its body is
 * read. On the event loop.
 */
final class Service {

  /**
   * What a request is for.
   *
   * @param options whether only the methods are asked for
   */
  record Call(Match match, Target target, boolean options) {}

  private final RouteTable routes;
  private final Admission admission;

  Service(RouteTable routes, Admission admission) {
    this.routes = routes;
    this.admission = admission;
  }

  /**
   * Takes in the head of a request.
   *
   * @throws Problem when it is refused
   */
  Call call(HttpRequest head, Door door, String client) throws Problem {
    checkForm(head);
    Target target = Target.parse(head.uri());
    List<Match> matches = routes.at(target);
    boolean open = matches.stream().anyMatch(match -> match.route().open());
    if (!open) {
      // Before it is said what there is and what is not.
      admission.check(head, door, client);
    }
    if (matches.isEmpty()) {
      throw Problem.of(
          404, "there is nothing at this path; GET " + OpenApi.PATH + " tells what is");
    }
    if (head.method().equals(HttpMethod.OPTIONS)) {
      return new Call(matches.get(0), target, true);
    }
    Match match =
        RouteTable.withMethod(matches, head.method().name())
            .orElseThrow(() -> notAllowed(RouteTable.allowed(matches)));
    checkQuery(match.route(), target.query());
    checkBody(match.route(), head);
    return new Call(match, target, false);
  }

  String allowed(Target target) {
    return RouteTable.allowed(routes.at(target));
  }

  private static Problem notAllowed(String allowed) {
    return Problem.of(405, "this path has not that method; it has " + allowed)
        .with("Allow", allowed);
  }

  private static void checkForm(HttpRequest head) throws Problem {
    HttpHeaders headers = head.headers();
    HttpVersion version = head.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw Problem.of(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))) {
      throw Problem.of(400, "there must be one Host, there are " + hosts); // RFC 9112 §3.2
    }
    List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
    if (!expectations.isEmpty() && !HttpUtil.is100ContinueExpected(head)) {
      throw Problem.of(417, "only Expect: 100-continue is understood; leave it out");
    }
    boolean coded = headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    if (coded && headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      // Two lengths are how one request is smuggled in another (RFC 9112 §6.1).
      throw Problem.of(
          400, "there are both Transfer-Encoding and Content-Length; send one of them");
    }
  }

  private static void checkQuery(Route route, Map<String, String> query) throws Problem {
    TreeSet<String> known = new TreeSet<>();
    for (Parameter parameter : route.parameters()) {
      if (parameter.kind() == Parameter.Kind.QUERY) {
        known.add(parameter.name());
      }
    }
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw Problem.of(
            400,
            "the query has a parameter that this path has not; "
                + (known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
      }
    }
  }

  private static void checkBody(Route route, HttpRequest head) throws Problem {
    if (!hasBody(head)) {
      return;
    }
    if (route.body().isEmpty()) {
      throw Problem.of(400, "this request takes no body; send none");
    }
    if (HttpUtil.getContentLength(head, 0L) > Limits.MAX_BODY) {
      throw bodyTooLong();
    }
    String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
    String media = type.split(";", 2)[0].strip();
    if (!HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(media)) {
      throw Problem.of(415, "the body must be JSON; send Content-Type: application/json");
    }
    if (head.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      throw Problem.of(415, "the body must not be compressed; send it without Content-Encoding");
    }
  }

  static Problem bodyTooLong() {
    return Problem.of(413, "the body has more than " + Limits.MAX_BODY + " bytes; shorten it");
  }

  static boolean hasBody(HttpRequest head) {
    return head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || HttpUtil.getContentLength(head, 0L) > 0;
  }
}
