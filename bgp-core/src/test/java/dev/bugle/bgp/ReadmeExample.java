package dev.bugle.bgp;

import static java.util.concurrent.TimeUnit.SECONDS;

/** The example of the README, compiled. {@link ReadmeTest} holds the two together. */
final class ReadmeExample {

  private ReadmeExample() {}

  @SuppressWarnings("SystemOut")
  static void run() throws Exception {
    // begin
    try (BgpSpeaker speaker = BgpSpeaker.open(SpeakerConfig.builder(65001, "192.0.2.1").build())) {
      Peer router = speaker.peer(PeerConfig.builder("192.0.2.254", 65000).build());
      Announcement vip =
          speaker.announce(
              Route.to("203.0.113.10/32").communities("65001:100", "no-export").build());
      System.in.read(); // until Enter: the router has the route whenever its session is up
      vip.withdraw().toCompletableFuture().get(1, SECONDS); // the withdrawal is in its socket
      System.out.println(router + " was " + router.status().state());
    } // Cease/Administrative Shutdown; no thread and no socket is left
    // end
  }
}
