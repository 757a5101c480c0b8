package dev.bugle.bfd.session;

import dev.bugle.bfd.wire.ControlPacket;
import dev.bugle.bfd.wire.Diagnostic;
import dev.bugle.bfd.wire.Keys;
import java.util.Optional;

/** What can happen to a session. */
public sealed interface Event {

  /** The session shall run (RFC 5880 §6.8.16); also the first event of a session. */
  record Enable() implements Event {}

  /** The session shall be held down (RFC 5880 §6.8.16, AdminDown). */
  record Disable() implements Event {}

  /**
   * A packet that was found to belong to this session.
   *
   * @param packet decoded, and not authenticated yet
   */
  record PacketReceived(ControlPacket packet) implements Event {}

  /** It is time to send the next periodic packet. */
  record TransmitTimerExpired() implements Event {}

  /** The detection timer has run out. */
  record DetectionTimerExpired() implements Event {}

  /** Other intervals shall hold from now on (RFC 5880 §6.8.3). */
  record TimingChanged(Timing timing) implements Event {}

  /** Other keys shall hold from now on; to change one, first accept both on either side. */
  record KeysChanged(Optional<Keys> keys) implements Event {}

  /**
   * Something other than silence shows that the path has failed: the echo function (RFC 5880
   * §6.8.5), a reset of the forwarding plane (§6.8.15), or another protocol.
   */
  record PathFailed(Diagnostic diagnostic) implements Event {}

  /** We want to know now whether the other side is there (RFC 5880 §6.5, §6.6). */
  record PollRequested() implements Event {}
}
