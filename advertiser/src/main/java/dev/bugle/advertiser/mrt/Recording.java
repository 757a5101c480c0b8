package dev.bugle.advertiser.mrt;

import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Endpoints;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerListener;
import dev.bugle.bgp.mrt.Bgp4mpMessage;
import dev.bugle.bgp.mrt.Bgp4mpSession;
import dev.bugle.bgp.mrt.Bgp4mpStateChange;
import dev.bugle.bgp.mrt.MessageForm;
import dev.bugle.bgp.mrt.MrtBody;
import dev.bugle.bgp.mrt.MrtRecord;
import dev.bugle.bgp.mrt.MrtTime;
import dev.bugle.bgp.mrt.MrtWriter;
import dev.bugle.bgp.recording.EventLog;
import dev.bugle.bgp.session.Action;
import dev.bugle.bgp.session.Event;
import dev.bugle.bgp.session.Initiator;
import dev.bugle.bgp.session.SessionState;
import dev.bugle.bgp.wire.Asn;
import dev.bugle.bgp.wire.Bytes;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Ipv4Address;
import dev.bugle.bgp.wire.Ipv6Address;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A speaker that announces nothing, and writes down as BGP4MP_ET what one peer sends and how its
 * session goes, until it is closed. Writes happen on the session's event loop.
 */
public final class Recording implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final BgpSpeaker speaker;
  private final Scribe scribe;

  private Recording(BgpSpeaker speaker, Scribe scribe) {
    this.speaker = speaker;
    this.scribe = scribe;
  }

  /**
   * Begins.
   *
   * @param file is written anew
   * @throws IOException when it cannot be written
   * @throws IllegalArgumentException saying which value is wrong
   */
  public static Recording open(MrtPeering peering, String peer, Path file) throws IOException {
    IpAddress address = IpAddress.parse(peer);
    MrtWriter writer = new MrtWriter(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    Scribe scribe = new Scribe(peering.localAs(), address, writer);
    BgpSpeaker speaker = BgpSpeaker.open(peering.speaker());
    Recording recording = new Recording(speaker, scribe);
    try {
      speaker.peer(peering.peer(peer), scribe, scribe);
    } catch (RuntimeException refused) {
      recording.close();
      throw refused;
    }
    return recording;
  }

  /** How many messages of the peer have been written down so far; from any thread. */
  public long messages() {
    return scribe.messages.get();
  }

  /** Ends the session, and then the file. */
  @Override
  public void close() throws IOException {
    speaker.close();
    scribe.writer.close();
  }

  /** Hears the session, and writes. */
  private static final class Scribe implements PeerListener, EventLog {

    private final MrtWriter writer;
    private final long localAs;
    private final AtomicLong messages = new AtomicLong();
    private Bgp4mpSession session;
    private boolean fourOctetAs = true;

    Scribe(long localAs, IpAddress peer, MrtWriter writer) {
      this.writer = writer;
      this.localAs = localAs;
      IpAddress unknown = peer.isIpv4() ? new Ipv4Address(0) : new Ipv6Address(0, 0);
      this.session = new Bgp4mpSession(0, localAs, 0, peer, unknown);
    }

    @Override
    public void octets(Initiator initiator, Bytes message) {
      write(new Bgp4mpMessage(session, MessageForm.of(fourOctetAs, false, false), message));
      messages.incrementAndGet();
    }

    @Override
    public void handled(Event event, List<Action> actions) {
      for (Action action : actions) {
        if (action instanceof Action.SessionUp up) {
          fourOctetAs = up.negotiated().codec().fourOctetAs();
          // What does not fit is what the peer was told instead (RFC 6793 §4.2.2).
          long seen = fourOctetAs || Asn.fitsTwoOctets(localAs) ? localAs : Asn.AS_TRANS;
          session =
              new Bgp4mpSession(up.negotiated().peerAs(), seen, 0, session.peer(), session.local());
        }
      }
    }

    @Override
    public void stateChanged(Peer peer, SessionState from, SessionState to, String cause) {
      peer.status().endpoints().ifPresent(this::with);
      write(new Bgp4mpStateChange(session, fourOctetAs, code(from), code(to)));
      try {
        writer.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the recording cannot be written", e);
      }
    }

    private void with(Endpoints ends) {
      IpAddress local = IpAddress.of(ends.local().getAddress());
      session = new Bgp4mpSession(session.peerAs(), session.localAs(), 0, session.peer(), local);
    }

    /** RFC 6396 §4.4.1. */
    private static int code(SessionState state) {
      return switch (state) {
        case IDLE -> 1;
        case CONNECT -> 2;
        case ACTIVE -> 3;
        case OPEN_SENT -> 4;
        case OPEN_CONFIRM -> 5;
        case ESTABLISHED -> 6;
      };
    }

    private void write(MrtBody body) {
      try {
        writer.write(new MrtRecord(MrtTime.of(Instant.now()), body));
      } catch (IOException e) {
        throw new UncheckedIOException("the recording cannot be written", e);
      }
    }
  }
}
