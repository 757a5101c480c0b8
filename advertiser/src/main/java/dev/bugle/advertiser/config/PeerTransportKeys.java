package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bgp.KeySource;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.TcpAo;
import dev.bugle.bgp.TcpMd5;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a peer that are about its TCP connection and what protects that. */
final class PeerTransportKeys {

  static final Key<Long> MULTIHOP =
      Key.optional(
              "multihop",
              Types.number("a TTL", 2, 255),
              "The router is of another AS and more than one hop away: the TTL to send with."
                  + " Without it, that is 1, and 255 to a router of our own AS.")
          .example("3");

  static final Key<Long> TTL_SECURITY_HOPS =
      Key.optional(
              "ttl-security-hops",
              Types.number("a number of hops", 1, 254),
              "Take only what comes from at most that many hops away (GTSM, RFC 5082), 1 for a"
                  + " router on the same link. The router needs it, too.")
          .example("1");

  private static final Key<Path> FILE =
      Key.required(
              "file",
              Types.PATH,
              "The file with the password and nothing else; a line end after it does not count."
                  + " When it changes, the new password counts within two seconds; that of"
                  + " dynamic-peers, when the program starts again.")
          .example("/run/secrets/top-of-rack");

  private static final Type<TcpMd5> MD5 =
      Types.secret(
          new Section<>("a section", List.of(FILE), values -> TcpMd5.ofFile(values.get(FILE))));

  static final Key<TcpMd5> PASSWORD =
      Key.optional(
          "password",
          MD5,
          "Where the password is that the router has for this session (TCP MD5, RFC 2385).");

  private static final Key<Long> SEND_ID =
      Key.required("send-id", keyId(), "The KeyID to send; the router's receive id.").example("1");

  private static final Key<Long> RECEIVE_ID =
      Key.required("receive-id", keyId(), "The KeyID to accept; the router's send id.")
          .example("1");

  private static final Key<TcpAo.Algorithm> ALGORITHM =
      Key.withDefault(
          "algorithm", algorithm(), "hmac-sha1", "What signs; the same as at the router.");

  private static final Key<Path> KEY_FILE =
      Key.required(
              "key-file",
              Types.PATH,
              "The file with the master key and nothing else; a line end after it does not count.")
          .example("/run/secrets/top-of-rack.ao");

  static final Key<TcpAo> TCP_AO =
      Key.optional(
          "tcp-ao",
          new Section<>(
              "a section",
              List.of(SEND_ID, RECEIVE_ID, ALGORITHM, KEY_FILE),
              values ->
                  new TcpAo(
                      Math.toIntExact(values.get(SEND_ID)),
                      Math.toIntExact(values.get(RECEIVE_ID)),
                      values.get(ALGORITHM),
                      KeySource.ofFile(values.get(KEY_FILE)))),
          "Signs what is sent (RFC 5925) in place of a password; needs Linux 6.7 with TCP-AO.");

  static final List<Key<?>> ALL = List.of(MULTIHOP, TTL_SECURITY_HOPS, PASSWORD, TCP_AO);

  private PeerTransportKeys() {}

  private static Type<Long> keyId() {
    return Types.number("a key id", 0, 255);
  }

  private static Type<TcpAo.Algorithm> algorithm() {
    Map<String, TcpAo.Algorithm> algorithms = new LinkedHashMap<>();
    algorithms.put("hmac-sha1", TcpAo.Algorithm.HMAC_SHA1);
    algorithms.put("aes-128-cmac", TcpAo.Algorithm.AES_128_CMAC);
    return Types.choice(algorithms);
  }

  /** Puts what was read into the peer; what excludes each other is a fault. */
  static void apply(Values values, PeerConfig.Builder config) {
    applyInbound(values, config);
    excludeEachOther(values, PASSWORD, TCP_AO, "a connection is signed in one way");
    values.find(TCP_AO).ifPresent(config::authentication);
  }

  /** Those that also make sense of a peer that only connects to us. */
  static void applyInbound(Values values, PeerConfig.Builder config) {
    excludeEachOther(
        values,
        MULTIHOP,
        TTL_SECURITY_HOPS,
        "TTL security lets the router be that many hops away, too");
    if (values.find(TTL_SECURITY_HOPS).isPresent()) {
      config.ttlSecurity(Math.toIntExact(values.get(TTL_SECURITY_HOPS)));
    } else {
      values.find(MULTIHOP).ifPresent(ttl -> config.multihop(Math.toIntExact(ttl)));
    }
    values.find(PASSWORD).ifPresent(config::authentication);
  }

  private static void excludeEachOther(Values values, Key<?> one, Key<?> other, String why) {
    if (values.find(one).isPresent() && values.find(other).isPresent()) {
      values.at(one).fault("found beside " + other.name() + "; remove one of them: " + why);
    }
  }
}
