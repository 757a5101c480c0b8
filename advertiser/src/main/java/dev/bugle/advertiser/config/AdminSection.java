package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code admin:}, how this program can be watched and commanded while it runs. */
final class AdminSection {

  static final Key<List<AdminListen>> LISTEN =
      Key.withDefault(
          "listen",
          Types.oneOrMore(
              Types.scalar(
                  "an address and a port such as 127.0.0.1:9179, or unix: and a path",
                  AdminListen::parse)),
          "127.0.0.1:" + AdminConfig.DEFAULT_PORT,
          "Where requests are accepted: addresses with ports, and paths of Unix sockets such as"
              + " unix:/run/bugle/admin.sock, which its user and group may use without a token.");

  static final Key<Path> TOKEN_FILE =
      Key.optional(
          "token-file",
          Types.PATH,
          "The file with the token that requests over TCP must bear, at least 16 characters; it is"
              + " read anew when it changes. /livez and /readyz need none.");

  static final Key<Path> CERTIFICATE_FILE =
      Key.required(
          "certificate-file",
          Types.PATH,
          "The certificate in PEM, followed by those between it and its authority; read anew when"
              + " it changes.");

  static final Key<Path> KEY_FILE =
      Key.required(
          "key-file",
          Types.PATH,
          "The private key of the certificate in PEM, PKCS #8 without a passphrase; read anew when"
              + " it changes.");

  static final Key<AdminConfig.Tls> TLS =
      Key.optional(
          "tls",
          new Section<>(
              "a certificate",
              List.of(CERTIFICATE_FILE, KEY_FILE),
              values -> new AdminConfig.Tls(values.get(CERTIFICATE_FILE), values.get(KEY_FILE))),
          "Encrypts TCP, with TLS 1.2 or 1.3.");

  static final Key<Boolean> PLAINTEXT =
      Key.withDefault(
          "plaintext",
          Types.FLAG,
          "false",
          "Lets the token cross a network without tls, for everybody on the way to read.");

  static final Key<ReadyWhen> READY_WHEN =
      Key.withDefault(
          "ready-when",
          Types.choice(ReadyWhen.words()),
          ReadyWhen.ALL_PEERS.toString(),
          "What /readyz waits for once the VIPs are decided on: that every peer of peers is"
              + " established and has been told everything; that any peer is and has, also one of"
              + " dynamic-peers; or nothing more.");

  private static final Section<AdminConfig> SECTION =
      new Section<>(
          "an admin server",
          List.of(LISTEN, TOKEN_FILE, TLS, PLAINTEXT, READY_WHEN),
          AdminSection::make);

  /** A section, or {@code off}. */
  static final Type<AdminConfig> TYPE =
      Types.shorthand(Types.choice(Map.of("off", AdminConfig.OFF)), off -> off, SECTION);

  private AdminSection() {}

  private static AdminConfig make(Values values) {
    List<AdminListen> listen = values.get(LISTEN);
    Set<AdminListen> seen = new HashSet<>();
    for (AdminListen place : listen) {
      if (!seen.add(place)) {
        values.at(LISTEN).fault("found " + place + " twice; remove one of them");
      }
    }
    if (listen.isEmpty()) {
      values.at(LISTEN).fault("found an empty list; for no admin server write admin: off");
    }
    return new AdminConfig(
        listen,
        values.find(TOKEN_FILE),
        values.find(TLS),
        values.get(PLAINTEXT),
        values.get(READY_WHEN));
  }
}
