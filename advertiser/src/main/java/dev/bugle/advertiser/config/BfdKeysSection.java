package dev.bugle.advertiser.config;

import dev.bugle.advertiser.config.yaml.Key;
import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.config.yaml.Type;
import dev.bugle.advertiser.config.yaml.Types;
import dev.bugle.advertiser.config.yaml.Values;
import dev.bugle.bfd.wire.AuthenticationType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code authentication:} of a peer's {@code bfd:}, keys whose secrets are in files. */
final class BfdKeysSection {

  static final Key<AuthenticationType> AUTHENTICATION_TYPE =
      Key.required(
          "type", type(), "How packets are authenticated, both ways; as the router does it.");

  static final Key<Long> KEY_ID =
      Key.required(
              "key-id", Types.number("a key id", 0, 255), "The number of the key at the router.")
          .example("1");

  static final Key<Path> KEY_FILE =
      Key.required(
              "key-file",
              Types.PATH,
              "The file with the secret and nothing else; a line end after it does not count.")
          .example("/run/secrets/bfd");

  private static final Section<KeyFile> KEY =
      new Section<>(
          "a key",
          List.of(KEY_ID, KEY_FILE),
          values -> new KeyFile(values.get(KEY_ID), values.get(KEY_FILE)));

  static final Key<List<KeyFile>> ALSO_ACCEPT =
      Key.optional(
          "also-accept",
          Types.oneOrMore(KEY),
          "Keys that the router may use as well, so that the two sides need not change over at"
              + " once.");

  static final Section<BfdKeyFiles> TYPE =
      new Section<>(
          "an authentication",
          List.of(AUTHENTICATION_TYPE, KEY_ID, KEY_FILE, ALSO_ACCEPT),
          BfdKeysSection::make);

  /** A key, and where its secret is. */
  record KeyFile(long id, Path file) {}

  private BfdKeysSection() {}

  private static Type<AuthenticationType> type() {
    Map<String, AuthenticationType> types = new LinkedHashMap<>();
    for (AuthenticationType type : AuthenticationType.values()) {
      types.put(type.name().toLowerCase(Locale.ROOT).replace('_', '-'), type);
    }
    return Types.choice(types);
  }

  private static BfdKeyFiles make(Values values) {
    int keyId = Math.toIntExact(values.get(KEY_ID));
    Map<Integer, Path> files = new LinkedHashMap<>();
    files.put(keyId, values.get(KEY_FILE));
    for (KeyFile key : values.find(ALSO_ACCEPT).orElse(List.of())) {
      if (files.putIfAbsent(Math.toIntExact(key.id()), key.file()) != null) {
        values.at(ALSO_ACCEPT).fault("found the key id " + key.id() + " again; remove one of them");
      }
    }
    return new BfdKeyFiles(values.get(AUTHENTICATION_TYPE), keyId, files);
  }
}
