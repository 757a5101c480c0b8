package dev.bugle.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code ./bugle run}: what the launcher does is in its time. */
final class BugleFootprint implements FootprintContender {

  static final String NAME = "bugle";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> absence() {
    return BugleProgram.absence();
  }

  @Override
  public void prepare(Path directory) throws IOException, InterruptedException {
    BugleProgram.prepare(directory);
  }

  @Override
  public Running start(Path directory, InetSocketAddress own, Optional<InetSocketAddress> receiver)
      throws IOException {
    String vips =
        IntStream.rangeClosed(1, VIPS)
            .mapToObj("{prefix: 203.0.113.%d/32, leadership: always}"::formatted)
            .collect(Collectors.joining(", "));
    String direction = receiver.map(at -> "port: " + at.getPort()).orElse("passive: true");
    return Running.of(
        BugleProgram.start(
            directory,
            """
            speaker: {local-as: %d, router-id: 192.0.2.4, listen: "127.0.0.1:%d"}
            peers: [{address: %s, remote-as: %d, %s}]
            vips: [%s]
            drain: {time: 0s}
            """
                .formatted(
                    AS, own.getPort(), MeasuringPeer.ADDRESS, MeasuringPeer.AS, direction, vips)));
  }
}
