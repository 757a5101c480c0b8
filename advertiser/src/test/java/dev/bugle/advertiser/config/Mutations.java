package dev.bugle.advertiser.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;

/** Spoils documents in all the ways that people, templates and enemies do. */
final class Mutations {

  private static final List<String> VALUES =
      List.of(
          "",
          "~",
          "null",
          "[]",
          "{}",
          "[[[]]]",
          "{a: {b: {c: d}}}",
          "true",
          "yes",
          "-1",
          "0",
          "1",
          "4294967296",
          "99999999999999999999999",
          "1e3",
          "0x10",
          "1_000",
          ".inf",
          ".nan",
          "1.5",
          "5s",
          "0s",
          "99999999h",
          "-5s",
          "5",
          "5 s",
          "\"\"",
          "' '",
          "\"\\0\"",
          "\"\\e[31m\"",
          "\"a\\nb\"",
          "\u202ereversed",
          "\"\\uD800\"",
          "2001:db8::1",
          "255.255.255.255",
          "0.0.0.0",
          "::",
          "fe80::1%eth0",
          "203.0.113.10/33",
          "203.0.113.10/-1",
          "::/999",
          "65001:100",
          "65001:65536",
          "1:2:3:4",
          "rt:1:1",
          "rt:",
          ":",
          "/",
          "/dev/null",
          "\"a\\0b\"",
          "!!int 3",
          "!x y",
          "!!set {}",
          "&a 1",
          "*a",
          "&a [*a]",
          "<<",
          "? ",
          "- -",
          "| ",
          ">",
          "@x",
          "`x`",
          "%x",
          "2001-01-01",
          "=",
          "default",
          "always",
          "accept-all",
          "%s%n%1$s",
          "${jndi:ldap://x}",
          "{{ .Values.x }}",
          "$(id)");

  private final Random random;
  private final List<String> words;

  Mutations(Random random, List<String> words) {
    this.random = random;
    this.words = words;
  }

  /** One to five faults, or rarely none that counts. */
  byte[] spoil(String document) {
    String text = document;
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      text = spoilLine(text);
    }
    return random.nextInt(4) == 0 ? spoilBytes(text.getBytes(UTF_8)) : text.getBytes(UTF_8);
  }

  private String spoilLine(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return value();
    }
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    switch (random.nextInt(16)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2 -> lines.set(at, replace(line, ": .*", ": " + value()));
      case 3 -> lines.set(at, replace(line, "[a-z-]+:", word() + ":"));
      case 4 -> lines.add(at, indent(line) + word() + ": " + value());
      case 5 -> lines.set(at, replace(line, "^ *", indentation()));
      case 6 -> lines.set(at, replace(line, "[0-9]+", number()));
      case 7 -> lines.set(at, replace(line, ": .*", ": " + huge()));
      case 8 -> lines.add(at, indent(line) + "<<: *base");
      case 9 -> lines.set(at, replace(line, ": ", ": &base "));
      case 10 -> lines.add(at, "---");
      case 11 -> lines.add(random.nextInt(lines.size()), line);
      case 12 -> lines.set(at, line + "\r");
      case 13 -> lines.set(at, spoilCharacters(line));
      case 14 -> lines.set(at, replaceFlowValue(line));
      default -> lines.set(at, indent(line) + "- " + line.strip());
    }
    String end = random.nextInt(12) == 0 ? "\r\n" : "\n";
    return String.join(end, lines) + (random.nextInt(8) == 0 ? "" : end);
  }

  /** Within a line that has many keys: one value of them, or one key with its value. */
  private String replaceFlowValue(String line) {
    String[] parts = line.split("(?<=[,{\\[])", -1);
    int at = random.nextInt(parts.length);
    String part = parts[at];
    parts[at] =
        switch (random.nextInt(4)) {
          case 0 -> replace(part, ": [^,}\\]]*", ": " + value());
          case 1 -> part + part;
          case 2 -> "";
          default -> replace(part, "[a-z-]+:", word() + ":");
        };
    return String.join("", parts);
  }

  private String spoilCharacters(String line) {
    StringBuilder text = new StringBuilder(line);
    String strange = "\t:-[]{}#\"'\0\u0007\u001b\u007f\u0085\u00a0\u2028\ufeff&*!|>%@`,?\ud83d";
    int at = random.nextInt(line.length() + 1);
    text.insert(at, strange.charAt(random.nextInt(strange.length())));
    return text.toString();
  }

  private byte[] spoilBytes(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0) {
      out.writeBytes("\ufeff".getBytes(UTF_8));
    }
    int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
    out.write(bytes, 0, cut);
    byte[] all = out.toByteArray();
    for (int i = random.nextInt(3); i > 0 && all.length > 0; i--) {
      all[random.nextInt(all.length)] = (byte) random.nextInt(256);
    }
    return all;
  }

  private String value() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private String word() {
    return random.nextInt(4) == 0
        ? List.of("\"a\\nb\"", "x", "Local_AS", "? x", "[a]", "\"\"", "\"\\e\"")
            .get(random.nextInt(7))
        : words.get(random.nextInt(words.size()));
  }

  private String number() {
    return List.of("0", "-1", "256", "65536", "4294967296", "9223372036854775808", "007", "1.0")
        .get(random.nextInt(8));
  }

  private String huge() {
    int size = 1 << random.nextInt(17);
    return switch (random.nextInt(5)) {
      case 0 -> "a".repeat(size);
      case 1 -> "9".repeat(size);
      case 2 -> "[".repeat(Math.min(size, 5000));
      case 3 -> "[" + "x, ".repeat(size / 4) + "y]";
      default -> "{" + "a: {".repeat(Math.min(size, 5000));
    };
  }

  private String indentation() {
    return random.nextInt(5) == 0 ? "\t" : " ".repeat(random.nextInt(9));
  }

  private static String indent(String line) {
    return " ".repeat(line.length() - line.stripLeading().length());
  }

  private static String replace(String text, String pattern, String by) {
    return text.replaceFirst(pattern, Matcher.quoteReplacement(by));
  }
}
