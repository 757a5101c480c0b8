package dev.bugle.k8s.service;

import dev.bugle.advertiser.config.HealthText;
import dev.bugle.advertiser.health.HealthCheckConfig;
import dev.bugle.advertiser.health.HealthTiming;
import dev.bugle.advertiser.time.DurationText;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.k8s.service.ServicesConfig.Checks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The health check that a Service brings along.
 *
 * <p>Whoever may edit a Service is not who may configure nodes. So a check reaches the Service's
 * own address, or that of the node, and nothing else; it runs no program, reads no file that it
 * could name, and looks up no host.
 *
 * @param name what its VIPs call it
 */
record Checkup(String name, HealthCheckConfig config) {

  private static final String FORM =
      "http://, https:// or tcp://, then address (the Service's own) or node, and a port, such as"
          + " http://address:8080/healthz or tcp://node:30080";

  private static final Pattern TARGET =
      Pattern.compile("(https?|tcp)://(address|node)(?::([0-9]{1,5}))?(/[!-~]*)?");

  private static final String HOST = "[A-Za-z0-9_.-]{1,253}";

  /** What only says more about a check, by what the configuration calls it. */
  private static final Map<Annotation, String> DETAILS = details();

  private static Map<Annotation, String> details() {
    Map<Annotation, String> keys = new LinkedHashMap<>();
    keys.put(Annotation.CHECK_STATUS, "status");
    keys.put(Annotation.CHECK_INTERVAL, "interval");
    keys.put(Annotation.CHECK_FAST_INTERVAL, "fast-interval");
    keys.put(Annotation.CHECK_TIMEOUT, "timeout");
    keys.put(Annotation.CHECK_RISE, "rise");
    keys.put(Annotation.CHECK_FALL, "fall");
    return keys;
  }

  /**
   * That of one address; empty if the Service has none.
   *
   * @throws IllegalArgumentException saying which annotation is wrong, and how
   */
  static Optional<Checkup> of(Service service, IpAddress address, Checks checks) {
    Service.Wish wish = service.wish();
    Optional<String> target = wish.annotation(Annotation.CHECK).map(String::strip);
    if (target.isEmpty()) {
      for (Annotation detail : Annotation.values()) {
        if (detail.isOfCheck() && wish.annotation(detail).isPresent()) {
          throw new IllegalArgumentException(
              detail + ": there is no check that it could be of; add " + Annotation.CHECK);
        }
      }
      return Optional.empty();
    }
    if (!checks.allowed()) {
      throw new IllegalArgumentException(
          Annotation.CHECK
              + ": the advertiser takes no checks from Services; name one of its configuration in "
              + Annotation.HEALTH);
    }
    Matcher parts = TARGET.matcher(target.get());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          Annotation.CHECK + ": found '" + shortened(target.get()) + "'; expected " + FORM);
    }
    boolean isOfNode = parts.group(2).equals("node");
    IpAddress host = isOfNode ? node(checks) : address;
    Map<String, String> values = new LinkedHashMap<>(probe(parts, host));
    DETAILS.forEach(
        (annotation, key) -> wish.annotation(annotation).ifPresent(t -> values.put(key, t)));
    wish.annotation(Annotation.CHECK_HOST).ifPresent(name -> putHost(values, parts.group(1), name));
    return Optional.of(
        new Checkup(
            "check/" + service.key() + "/" + (isOfNode ? "node" : address),
            slowEnough(read(values, checks), wish, checks.shortestInterval())));
  }

  private static IpAddress node(Checks checks) {
    return checks
        .nodeAddress()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Annotation.CHECK
                        + ": the advertiser does not know the address of its node; give it"
                        + " node-address or the variable NODE_IP, or check the address instead"));
  }

  private static Map<String, String> probe(Matcher parts, IpAddress host) {
    String scheme = parts.group(1);
    Optional<String> port = Optional.ofNullable(parts.group(3));
    String path = Optional.ofNullable(parts.group(4)).orElse("");
    if (!scheme.equals("tcp")) {
      String literal = host.isIpv4() ? host.toString() : "[" + host + "]";
      return Map.of(
          "type",
          "http",
          "url",
          scheme + "://" + literal + port.map(number -> ":" + number).orElse("") + path);
    }
    if (port.isEmpty() || !path.isEmpty()) {
      throw new IllegalArgumentException(
          Annotation.CHECK
              + ": found "
              + (port.isEmpty() ? "no port" : "a path, which TCP does not have")
              + "; expected one such as tcp://address:443");
    }
    return Map.of("type", "tcp", "host", host.toString(), "port", port.get());
  }

  private static void putHost(Map<String, String> values, String scheme, String name) {
    if (scheme.equals("tcp")) {
      throw new IllegalArgumentException(
          Annotation.CHECK_HOST + ": a check over TCP alone names no host; remove it");
    }
    if (!name.strip().matches(HOST)) {
      throw new IllegalArgumentException(
          Annotation.CHECK_HOST
              + ": found '"
              + shortened(name)
              + "'; expected a host name such as web.example.com");
    }
    values.put("headers.Host", name);
    if (scheme.equals("https")) {
      values.put("server-name", name);
    }
  }

  /** With what the configuration calls a key as the annotation calls it. */
  private static HealthCheckConfig read(Map<String, String> values, Checks checks) {
    boolean isSecure = values.getOrDefault("url", "").startsWith("https");
    try {
      return HealthText.read(values, checks.caFile().filter(file -> isSecure));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      for (String key : List.of("url", "host", "port")) {
        if (message.startsWith(key + ": ")) {
          throw new IllegalArgumentException(Annotation.CHECK + message.substring(key.length()), e);
        }
      }
      for (String key : List.of("headers", "server-name")) {
        if (message.startsWith(key)) {
          throw new IllegalArgumentException(
              Annotation.CHECK_HOST + message.substring(message.indexOf(": ")), e);
        }
      }
      for (Map.Entry<Annotation, String> detail : DETAILS.entrySet()) {
        if (message.startsWith(detail.getValue())) {
          throw new IllegalArgumentException(
              detail.getKey() + message.substring(detail.getValue().length()), e);
        }
      }
      throw new IllegalArgumentException(Annotation.CHECK + ": " + message, e);
    }
  }

  /** Thousands of Services may bring checks, and each node makes them all. */
  private static HealthCheckConfig slowEnough(
      HealthCheckConfig config, Service.Wish wish, Duration shortest) {
    HealthTiming timing = config.timing();
    Duration interval =
        slowEnough(
            timing.interval(),
            wish.annotation(Annotation.CHECK_INTERVAL).map(t -> Annotation.CHECK_INTERVAL),
            shortest);
    Duration fast =
        slowEnough(
            timing.fastInterval(),
            wish.annotation(Annotation.CHECK_FAST_INTERVAL)
                .map(t -> Annotation.CHECK_FAST_INTERVAL),
            shortest);
    return new HealthCheckConfig(
        new HealthTiming(
            interval, fast, timing.timeout(), timing.rise(), timing.fall(), timing.damping()),
        config.probe());
  }

  /** What the author has written is refused if it is too short; what goes without saying is not. */
  private static Duration slowEnough(
      Duration found, Optional<Annotation> written, Duration shortest) {
    if (found.compareTo(shortest) >= 0) {
      return found;
    }
    written.ifPresent(
        annotation -> {
          throw new IllegalArgumentException(tooShort(annotation, found, shortest));
        });
    return shortest;
  }

  private static String tooShort(Annotation annotation, Duration found, Duration shortest) {
    return annotation
        + ": found "
        + DurationText.of(found)
        + "; expected at least "
        + DurationText.of(shortest)
        + ", which is the shortest-check-interval of the advertiser";
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
