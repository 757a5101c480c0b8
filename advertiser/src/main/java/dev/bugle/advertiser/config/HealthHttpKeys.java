package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.advertiser.health.HttpHeaders;
import dev.bugle.advertiser.health.HttpUrl;
import dev.bugle.advertiser.health.Probe;
import dev.bugle.advertiser.health.Probe.Http.Method;
import dev.bugle.advertiser.health.Probe.StatusRange;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of a health check of type {@code http}. */
final class HealthHttpKeys {

  private static final String URL_FORM = "a URL such as https://127.0.0.1:6443/livez";
  private static final String STATUS_FORM =
      "an HTTP status, 200 to 599, or a range such as 200-299";
  private static final Pattern STATUS = Pattern.compile("([0-9]{3})(?:-([0-9]{3}))?");

  static final Key<HttpUrl> URL =
      Key.required(
          "url",
          Types.scalar(URL_FORM, HttpUrl::parse),
          "What is asked for, over http or https. Redirects are not followed.");

  static final Key<Method> METHOD = Key.withDefault("method", method(), "GET", "How it is asked.");

  static final Key<List<StatusRange>> STATUSES =
      Key.withDefault(
          "status",
          Types.oneOrMore(Types.scalar(STATUS_FORM, HealthHttpKeys::status)),
          "200",
          "The status that is expected, a range of them, or a list of such.");

  static final Key<Map<String, String>> HEADERS =
      Key.optional(
          "headers",
          Types.mapOf(Types.TEXT),
          "Headers to be sent, such as Host, if it is to be another than that of the url.");

  static final Key<Path> CA_FILE =
      Key.optional(
          "ca-file",
          Types.PATH,
          "Certificates in PEM, one of which must have signed the server's, or be the server's;"
              + " those that the Java runtime trusts if it is not given. Read anew when it"
              + " changes.");

  static final Key<String> SERVER_NAME =
      Key.optional(
          "server-name",
          Types.word(
              "a host name such as api.example.net, or an IP address", "[A-Za-z0-9_.:-]{1,255}"),
          "The name or address that the server's certificate must have; that of the url if it is"
              + " not given.");

  static final Key<Path> TOKEN_FILE =
      Key.optional(
          "token-file",
          Types.PATH,
          "The file with a token that is sent as Authorization: Bearer; read anew for each probe.");

  static final Key<Path> CLIENT_CERTIFICATE_FILE =
      Key.optional(
              "client-certificate-file",
              Types.PATH,
              "The certificate in PEM by which an https server knows us, with those behind it that"
                  + " the server does not have; read anew for each probe.")
          .example("/etc/bugle/client.crt");

  static final Key<Path> CLIENT_KEY_FILE =
      Key.optional(
              "client-key-file",
              Types.PATH,
              "Its private key in PEM, not encrypted; may be the same file. Read anew for each"
                  + " probe.")
          .example("/etc/bugle/client.key");

  static final List<Key<?>> KEYS =
      List.of(
          URL,
          METHOD,
          STATUSES,
          HEADERS,
          CA_FILE,
          SERVER_NAME,
          TOKEN_FILE,
          CLIENT_CERTIFICATE_FILE,
          CLIENT_KEY_FILE);

  private HealthHttpKeys() {}

  private static Type<Method> method() {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Method method : Method.values()) {
      methods.put(method.name(), method);
    }
    return Types.choice(methods);
  }

  private static StatusRange status(String text) {
    Matcher matcher = STATUS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("found '" + text + "'; expected " + STATUS_FORM);
    }
    int from = Integer.parseInt(matcher.group(1));
    return new StatusRange(
        from, matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2)));
  }

  static Probe make(Values values) {
    return new Probe.Http(
        values.get(URL),
        values.get(METHOD),
        values.get(STATUSES),
        headers(values),
        new Probe.Credentials(
            values.find(CA_FILE),
            values.find(SERVER_NAME),
            values.find(TOKEN_FILE),
            client(values)));
  }

  private static Optional<Probe.ClientCertificate> client(Values values) {
    Optional<Path> certificate = values.find(CLIENT_CERTIFICATE_FILE);
    Optional<Path> key = values.find(CLIENT_KEY_FILE);
    if (certificate.isPresent() && key.isEmpty()) {
      values
          .at(CLIENT_CERTIFICATE_FILE)
          .fault("found no key that belongs to it; add client-key-file");
    }
    if (key.isPresent() && certificate.isEmpty()) {
      values
          .at(CLIENT_KEY_FILE)
          .fault("found no certificate that it belongs to; add client-certificate-file");
    }
    return certificate.flatMap(one -> key.map(its -> new Probe.ClientCertificate(one, its)));
  }

  private static HttpHeaders headers(Values values) {
    try {
      return new HttpHeaders(values.find(HEADERS).orElse(Map.of()));
    } catch (IllegalArgumentException e) {
      values.at(HEADERS).fault(String.valueOf(e.getMessage()));
      return HttpHeaders.NONE;
    }
  }
}
