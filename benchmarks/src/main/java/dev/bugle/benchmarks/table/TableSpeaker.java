package dev.bugle.benchmarks.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.PeerConfig;
import dev.bugle.bgp.PeerPropagation;
import dev.bugle.bgp.RoutingTableConfig;
import dev.bugle.bgp.SpeakerConfig;
import dev.bugle.bgp.rib.RoutePolicy;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.Prefix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;

/**
 * The program that {@link BugleRouter} starts: {@code bgp-core} with a routing table, embedded as a
 * user would. It answers each line of its input, a prefix, by how many paths to it there are; other
 * lines that it prints are the JVM's.
 */
public final class TableSpeaker {

  /** What an answer begins with. */
  static final String ANSWER = "paths: ";

  private TableSpeaker() {}

  /**
   * Runs until the input ends.
   *
   * @param arguments the AS, the port on 127.0.0.1, and then a peer each: ADDRESS=AS
   */
  public static void main(String[] arguments) throws IOException {
    SpeakerConfig config =
        SpeakerConfig.builder(Long.parseLong(arguments[0]), "192.0.2.254")
            .listen("127.0.0.1", Integer.parseInt(arguments[1]))
            .routingTable(RoutingTableConfig.STANDARD)
            .build();
    try (BgpSpeaker speaker = BgpSpeaker.open(config)) {
      Arrays.stream(arguments).skip(2).map(TableSpeaker::peer).forEach(speaker::peer);
      answer(speaker);
    }
  }

  private static PeerConfig peer(String argument) {
    String[] addressAndAs = argument.split("=", 2);
    return PeerConfig.builder(addressAndAs[0], Long.parseLong(addressAndAs[1]))
        .passive(true)
        .importPolicy(RoutePolicy.ACCEPT_ALL)
        .propagation(PeerPropagation.STANDARD.withPolicy(RoutePolicy.ACCEPT_ALL))
        .build();
  }

  private static void answer(BgpSpeaker speaker) throws IOException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      int paths =
          speaker
              .learned()
              .paths(AddressFamily.IPV4_UNICAST, Prefix.parse(line))
              .toCompletableFuture()
              .join()
              .size();
      System.out.println(ANSWER + paths);
    }
  }
}
