package dev.bugle.benchmarks.bfd;

import dev.bugle.bfd.BfdConfig;
import dev.bugle.bfd.BfdListener;
import dev.bugle.bfd.BfdProfile;
import dev.bugle.bfd.BfdSessionConfig;
import dev.bugle.bfd.BfdSpeaker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The library {@code bgp-bfd} in a process of its own, until that is ended. Its arguments: the
 * interval in milliseconds, the multiplier, the real-time priority, the megabytes of garbage per
 * second, and for each session {@code LOCAL=PEER}.
 */
public final class BfdEndpoint {

  private static final int FIRST_SESSION = 4;

  private BfdEndpoint() {}

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    BfdProfile profile =
        BfdProfile.of(Duration.ofMillis(Integer.parseInt(args[0])), Integer.parseInt(args[1]));
    BfdConfig config =
        BfdConfig.builder()
            .realTimePriority(Integer.parseInt(args[2]))
            .jvmRealTime(true) // as the advertiser has it
            .build();
    GarbageMaker garbage = new GarbageMaker(Integer.parseInt(args[3]));
    try (BfdSpeaker speaker = BfdSpeaker.open(config)) {
      for (String session : Arrays.asList(args).subList(FIRST_SESSION, args.length)) {
        List<String> addresses = List.of(session.split("=", -1));
        speaker.session(
            BfdSessionConfig.singleHop(addresses.get(1))
                .localAddress(addresses.get(0))
                .profile(profile)
                .build(),
            BfdListener.NONE);
      }
      garbage.run();
    }
  }
}
