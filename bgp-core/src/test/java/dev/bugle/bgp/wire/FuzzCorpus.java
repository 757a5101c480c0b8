package dev.bugle.bgp.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Between a corpus as it is committed, a text with a line of octets for each entry, and as fuzzers
 * want it, a directory with a file for each. Called by {@code ./fuzz}.
 */
public final class FuzzCorpus {

  /** Longer entries say little, and make a large repository. */
  private static final int LONGEST = 150;

  private FuzzCorpus() {}

  /**
   * {@code unpack TEXT DIRECTORY} or {@code pack DIRECTORY TEXT}; {@code seed TARGET DIRECTORY}
   * adds the vectors that the target can read, if there are such.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "unpack" -> unpack(Path.of(arguments[1]), Path.of(arguments[2]));
      case "pack" -> pack(Path.of(arguments[1]), Path.of(arguments[2]));
      case "seed" -> {
        switch (arguments[1]) {
          case "message" -> seedMessages(Path.of(arguments[2]));
          case "mrt" -> seed("../../mrt/vectors/mrt.txt", Path.of(arguments[2]));
          case "text" -> seedTexts(Path.of(arguments[2]));
          case "bmp" -> seed("../../bmp/vectors/bmp.txt", Path.of(arguments[2]));
          default -> {}
        }
      }
      default -> throw new IllegalArgumentException("no command: " + arguments[0]);
    }
  }

  private static void unpack(Path text, Path directory) throws IOException {
    Files.createDirectories(directory);
    if (Files.exists(text)) {
      int count = 0;
      for (String line : Files.readAllLines(text)) {
        Files.write(directory.resolve("kept-" + count++), HexFormat.of().parseHex(line));
      }
    }
  }

  private static void pack(Path directory, Path text) throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] octets = Files.readAllBytes(file);
        if (octets.length > 0 && octets.length <= LONGEST) {
          lines.add(HexFormat.of().formatHex(octets));
        }
      }
    }
    Files.createDirectories(text.getParent());
    Files.write(text, lines);
  }

  private static void seedMessages(Path directory) throws IOException {
    int count = 0;
    for (String file : List.of("open.txt", "update.txt", "notification.txt", "nlri.txt")) {
      for (WireVector vector : WireVector.read(file)) {
        byte[] message = vector.octets();
        byte[] octets = new byte[1 + message.length];
        System.arraycopy(message, 0, octets, 1, message.length);
        Files.write(directory.resolve("vector-" + count++), octets);
      }
    }
  }

  private static void seedTexts(Path directory) throws IOException {
    int count = 0;
    for (int choice = 0; choice < TextNotation.ALL.size(); choice++) {
      for (String example : TextNotation.ALL.get(choice).examples()) {
        byte[] text = example.getBytes(StandardCharsets.UTF_8);
        byte[] octets = new byte[1 + text.length];
        octets[0] = (byte) choice;
        System.arraycopy(text, 0, octets, 1, text.length);
        Files.write(directory.resolve("example-" + count++), octets);
      }
    }
  }

  private static void seed(String file, Path directory) throws IOException {
    int count = 0;
    for (WireVector vector : WireVector.read(file)) {
      Files.write(directory.resolve("vector-" + count++), vector.octets());
    }
  }
}
