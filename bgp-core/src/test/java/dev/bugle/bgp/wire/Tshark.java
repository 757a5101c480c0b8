package dev.bugle.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Wireshark's dissectors, from a terminal. Where it is not installed the tests are skipped, unless
 * {@code BUGLE_REQUIRE_PEERS=1}.
 */
public final class Tshark {

  /** What of a message is wrong to it. */
  public static final String MALFORMED = "_ws.malformed";

  private final Path directory;
  private final List<String> options;

  /**
   * One that keeps its files here.
   *
   * @param options as on its command line
   */
  public Tshark(Path directory, String... options) {
    this.directory = directory;
    this.options = List.of(options);
  }

  /** One for BGP with AS numbers of four octets or two. */
  public static Tshark ofBgp(Path directory, boolean fourOctetAs) {
    return new Tshark(directory, "-o", "bgp.asn_len:" + (fourOctetAs ? "4 octet" : "2 octet"));
  }

  public static void require() throws InterruptedException {
    boolean there;
    try {
      there = new ProcessBuilder("tshark", "--version").start().waitFor() == 0;
    } catch (IOException notInstalled) {
      there = false;
    }
    if ("1".equals(System.getenv("BUGLE_REQUIRE_PEERS"))) {
      assertThat(there).as("tshark runs; install it with apt-get install tshark").isTrue();
    }
    assumeTrue(there, "tshark is not installed; apt-get install tshark");
  }

  /** The fields of each message, several values joined by a bar; and whether it is malformed. */
  public List<Map<String, String>> dissect(List<byte[]> messages, Collection<String> wanted)
      throws IOException, InterruptedException {
    Path capture = directory.resolve("messages.pcap");
    Path output = directory.resolve("fields.txt");
    Path errors = directory.resolve("errors.txt");
    Capture.write(capture, messages);
    List<String> fields = new ArrayList<>(List.of(MALFORMED));
    fields.addAll(wanted);
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
    command.addAll(options);
    command.addAll(List.of("-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=|"));
    fields.forEach(field -> command.addAll(List.of("-e", field)));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0)
        .as("tshark: %s", Files.readString(errors))
        .isTrue();
    List<Map<String, String>> packets = new ArrayList<>();
    for (String line : Files.readAllLines(output)) {
      String[] values = line.split("\t", -1);
      Map<String, String> packet = new HashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        packet.put(fields.get(i), values[i]);
      }
      packets.add(packet);
    }
    assertThat(packets).as(Files.readString(errors)).hasSameSizeAs(messages);
    return packets;
  }
}
