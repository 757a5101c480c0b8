package dev.bugle.bgp.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.PathState;
import dev.bugle.bgp.session.Timer;
import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.capability.FourOctetAsCapability;
import dev.bugle.bgp.wire.message.KeepaliveMessage;
import dev.bugle.bgp.wire.message.NotificationMessage;
import dev.bugle.bgp.wire.message.OpenMessage;
import dev.bugle.bgp.wire.message.RouteRefreshMessage;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event in a line, and back. */
class EventNotationTest {

  private final EventNotation notation = new EventNotation(new MessageNotation());

  static List<Event> events() {
    return List.of(
        new Event.Start(),
        new Event.Stop(BgpError.PEER_DECONFIGURED),
        new Event.Stop(BgpError.administrativeShutdown("glück€")),
        new Event.Reset(new BgpError(255, 255, Bytes.ofInts(0, 255))),
        new Event.AutomaticStop(BgpError.CEASE, Optional.empty()),
        new Event.AutomaticStop(
            BgpError.maximumPrefixesReached(AddressFamily.IPV4_UNICAST, 7),
            Optional.of(Duration.ofSeconds(60))),
        new Event.LeaveForRestart(BgpError.administrativeReset("upgrade")),
        new Event.Sent(Initiator.REMOTE),
        new Event.PathReported(PathState.ADMIN_DOWN, "BFD: administratively down"),
        new Event.PathReported(PathState.UP, ""),
        new Event.ConnectRetryChanged(Duration.ofMillis(1500)),
        new Event.ConnectionOpened(Initiator.REMOTE),
        new Event.ConnectionFailed(Initiator.LOCAL, " two\nlines \\ \u0007\ud83d\ude00 "),
        new Event.TimerExpired(Initiator.LOCAL, Timer.CONNECT_RETRY),
        new Event.MessageReceived(
            Initiator.LOCAL,
            new OpenMessage(
                65000,
                90,
                Ipv4Address.parse("192.0.2.1"),
                List.of(new FourOctetAsCapability(65000)))),
        new Event.MessageReceived(Initiator.REMOTE, KeepaliveMessage.KEEPALIVE),
        new Event.MessageReceived(
            Initiator.REMOTE, UpdateMessage.endOfRib(AddressFamily.IPV6_UNICAST)),
        new Event.MessageReceived(
            Initiator.REMOTE, new NotificationMessage(BgpError.administrativeReset("why\nnot"))),
        new Event.MessageReceived(
            Initiator.REMOTE, new RouteRefreshMessage(AddressFamily.IPV4_UNICAST)),
        new Event.MessageFaulty(
            Initiator.REMOTE,
            BgpError.BAD_MESSAGE_LENGTH.withData(Bytes.ofInts(16, 1)),
            "KEEPALIVE with length 4097"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsReadAsItWasWritten(Event event) {
    String line = notation.line(event, Optional.empty()).orElseThrow();
    assertThat(line).doesNotContain("\n", "\r");
    assertThat(notation.event(line)).isEqualTo(event);
  }

  /** Who adds an event adds it to the notation, and above. */
  @Test
  void everyEventHasANotation() {
    List<String> written = events().stream().map(event -> event.getClass().getName()).toList();
    assertThat(written)
        .containsAll(
            Arrays.stream(Event.class.getPermittedSubclasses()).map(Class::getName).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "begin",
        "start now",
        "stop",
        "stop 6",
        "stop 6/2/3:4",
        "stop 6/x",
        "stop 256/1",
        "reset 6/4:abc",
        "reset 6/4:zz",
        "opened",
        "opened both",
        "expired local dinner",
        "path sideways because",
        "failed local lone \\",
        "failed local half \\u00",
        "failed local odd \\u00zz",
        "received local keepalive",
        "received local keepalive ff",
        "received local keepalive ffffffffffffffffffffffffffffffff00130400",
        "received local open ffffffffffffffffffffffffffffffff001304",
        "received local keepalive ffffffffffffffffffffffffffffffff00132a",
        "received local keepalive ffffffffffffffffffffffffffffffff001304 more",
      })
  void whatIsNoEventIsRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> notation.event(line));
  }
}
