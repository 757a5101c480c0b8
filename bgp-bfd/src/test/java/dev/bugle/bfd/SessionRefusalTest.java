package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that cannot be is an error that names what is wrong, and leaves nothing behind. */
@Timeout(60)
class SessionRefusalTest {

  private static final String OURS = "127.80.2.1";

  private final Set<String> before = Descriptors.ofSockets();
  private final BfdSpeaker speaker =
      BfdSpeaker.open(BfdConfig.builder().localAddress(OURS).realTimePriority(0).build());

  @AfterEach
  void close() {
    speaker.close();
    assertThat(Descriptors.ofSockets()).isEqualTo(before);
  }

  @Test
  void aSecondSessionOnTheSamePath() {
    speaker.session(to("127.80.2.2").build(), BfdListener.NONE);
    assertThatThrownBy(() -> speaker.session(to("127.80.2.2").build(), BfdListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a BFD session with 127.80.2.2 from 127.80.2.1 already");
    assertThat(speaker.sessions()).hasSize(1);
  }

  @Test
  void aPortThatIsTaken() {
    try (RawPeer other = RawPeer.open(OURS, "127.80.2.2")) {
      assertThatThrownBy(() -> speaker.session(to("127.80.2.2").build(), BfdListener.NONE))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "BFD cannot receive on 127.80.2.1 port 3784: bind: Address already in use; another"
                  + " BFD program runs here: stop it, or name the local addresses of each");
      assertThat(speaker.sessions()).isEmpty();
    }
    speaker.session(to("127.80.2.2").build(), BfdListener.NONE);
    assertThat(speaker.sessions()).as("once the port is free").hasSize(1);
  }

  @Test
  void anInterfaceThatIsNotThere() {
    assertThatThrownBy(
            () ->
                speaker.session(
                    to("127.80.2.2").interfaceName("bugle-none").build(), BfdListener.NONE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "BFD 127.80.2.2%bugle-none from 127.80.2.1: interface bugle-none: not found; see `ip"
                + " link` for the interfaces that are there");
  }

  @Test
  void anAddressThatIsNotOurs() {
    try (BfdSpeaker everywhere =
        BfdSpeaker.open(BfdConfig.builder().localAddress("192.0.2.1").build())) {
      assertThatThrownBy(
              () ->
                  everywhere.session(
                      BfdSessionConfig.singleHop("192.0.2.2").localAddress("192.0.2.1").build(),
                      BfdListener.NONE))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "BFD 192.0.2.2 from 192.0.2.1: bind: Cannot assign requested address; is 192.0.2.1"
                  + " an address of this host?");
    }
  }

  @Test
  void anAddressThatTheSpeakerDoesNotReceiveOn() {
    assertThatThrownBy(
            () ->
                speaker.session(
                    BfdSessionConfig.singleHop("127.80.2.2").localAddress("127.80.2.9").build(),
                    BfdListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BFD 127.80.2.2 from 127.80.2.9: packets would not be received; add its local address"
                + " to those of the speaker");
  }

  @Test
  void anIpVersionThatTheSpeakerDoesNotReceiveOn() {
    assertThatThrownBy(
            () -> speaker.session(BfdSessionConfig.singleHop("::1").build(), BfdListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("packets would not be received");
  }

  @Test
  void anySessionOfASpeakerThatIsClosed() {
    speaker.close();
    assertThatThrownBy(() -> speaker.session(to("127.80.2.2").build(), BfdListener.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the BFD speaker is closed");
  }

  @Test
  void oneWhoseMetersAreRefused() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (BfdSpeaker other =
        BfdSpeaker.open(BfdConfig.builder().localAddress("127.80.2.3").meters(meters).build())) {
      meters
          .config()
          .onMeterAdded(
              meter -> {
                throw new IllegalArgumentException("no more meters");
              });
      assertThatThrownBy(
              () ->
                  other.session(
                      BfdSessionConfig.singleHop("127.80.2.2").localAddress("127.80.2.3").build(),
                      BfdListener.NONE))
          .hasMessage("no more meters");
      assertThat(other.sessions()).isEmpty();
    }
  }

  @Test
  void intervalsThatFewCanKeepAreWarnedOf() {
    try (CapturedLog log = new CapturedLog()) {
      speaker.session(
          to("127.80.2.2").profile(BfdProfile.of(Duration.ofMillis(9), 3)).build(),
          BfdListener.NONE);
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.contains(
                      "127.80.2.2 from 127.80.2.1: an interval is below 10 ms; both sides must be"
                          + " built for it"));
    }
  }

  private static BfdSessionConfig.Builder to(String peer) {
    return BfdSessionConfig.singleHop(peer).localAddress(OURS);
  }
}
