package dev.bugle.bgp.mrt;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A change of the state of a session: BGP4MP_STATE_CHANGE and BGP4MP_STATE_CHANGE_AS4 (RFC 6396
 * §4.4.1).
 *
 * @param session whose it is
 * @param fourOctetAs whether AS numbers are written in four octets
 * @param from the state before: 1 Idle to 6 Established; any of 0 to 65535 is kept
 * @param to the state after
 */
public record Bgp4mpStateChange(Bgp4mpSession session, boolean fourOctetAs, int from, int to)
    implements MrtBody {

  private static final int SUBTYPE = 0;
  private static final int SUBTYPE_AS4 = 5;

  private static final List<String> STATES =
      List.of("0", "Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established");

  /** Checks the ranges. */
  public Bgp4mpStateChange {
    if (from < 0 || from > 0xFFFF || to < 0 || to > 0xFFFF) {
      throw new IllegalArgumentException(
          "states " + from + " and " + to + " are not both in 0 to 65535");
    }
    if (!fourOctetAs && !session.fitsTwoOctets()) {
      throw new IllegalArgumentException(
          "the AS numbers of " + session + " do not both fit in two octets");
    }
  }

  static boolean isSubtype(int subtype) {
    return subtype == SUBTYPE || subtype == SUBTYPE_AS4;
  }

  static Bgp4mpStateChange decode(int subtype, MrtFields fields) throws MalformedMrtException {
    boolean fourOctetAs = subtype == SUBTYPE_AS4;
    Bgp4mpSession session = Bgp4mpSession.decode(fourOctetAs, fields);
    int from = fields.twoOctets("the state before");
    int to = fields.twoOctets("the state after");
    fields.requireEnd();
    return new Bgp4mpStateChange(session, fourOctetAs, from, to);
  }

  @Override
  public int type() {
    return BGP4MP;
  }

  @Override
  public int subtype() {
    return fourOctetAs ? SUBTYPE_AS4 : SUBTYPE;
  }

  @Override
  public void encode(ByteBuf out) {
    session.encode(fourOctetAs, out);
    out.writeShort(from).writeShort(to);
  }

  /** The name of a state, or its number. */
  public static String stateName(int state) {
    return state < STATES.size() ? STATES.get(state) : Integer.toString(state);
  }

  /** Like {@code BGP4MP 192.0.2.254 AS 65000 with 192.0.2.1 AS 65001: Idle to Connect}. */
  @Override
  public String toString() {
    return "BGP4MP "
        + session.peerText()
        + " with "
        + session.localText()
        + ": "
        + stateName(from)
        + " to "
        + stateName(to);
  }
}
