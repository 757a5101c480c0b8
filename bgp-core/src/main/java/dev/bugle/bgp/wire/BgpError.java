package dev.bugle.bgp.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Error code, error subcode and data of a NOTIFICATION (RFC 4271 §4.5). Any numbers are kept, known
 * or not; {@link #toString} names the known ones ({@link ErrorNames}).
 *
 * @param code 0 to 255
 * @param subcode 0 to 255
 * @param data byte for byte
 */
public record BgpError(int code, int subcode, Bytes data) {

  /** Message Header Error/Connection Not Synchronized (RFC 4271 §6.1). */
  public static final BgpError CONNECTION_NOT_SYNCHRONIZED = new BgpError(1, 1);

  /** Message Header Error/Bad Message Length; the data is the length found (RFC 4271 §6.1). */
  public static final BgpError BAD_MESSAGE_LENGTH = new BgpError(1, 2);

  /** Message Header Error/Bad Message Type; the data is the type found (RFC 4271 §6.1). */
  public static final BgpError BAD_MESSAGE_TYPE = new BgpError(1, 3);

  /** OPEN Message Error, unspecific (RFC 4271 §6.2). */
  public static final BgpError OPEN_ERROR = new BgpError(2, 0);

  /** OPEN Message Error/Unsupported Version Number; the data is our version in two octets. */
  public static final BgpError UNSUPPORTED_VERSION = new BgpError(2, 1, Bytes.ofInts(0, 4));

  /** OPEN Message Error/Bad Peer AS (RFC 4271 §6.2). */
  public static final BgpError BAD_PEER_AS = new BgpError(2, 2);

  /** OPEN Message Error/Bad BGP Identifier (RFC 4271 §6.2, RFC 6286 §2.2). */
  public static final BgpError BAD_BGP_IDENTIFIER = new BgpError(2, 3);

  /** OPEN Message Error/Unsupported Optional Parameter (RFC 4271 §6.2). */
  public static final BgpError UNSUPPORTED_OPTIONAL_PARAMETER = new BgpError(2, 4);

  /** OPEN Message Error/Unacceptable Hold Time (RFC 4271 §6.2). */
  public static final BgpError UNACCEPTABLE_HOLD_TIME = new BgpError(2, 6);

  /** OPEN Message Error/Unsupported Capability; the data lists them (RFC 5492 §5). */
  public static final BgpError UNSUPPORTED_CAPABILITY = new BgpError(2, 7);

  /** OPEN Message Error/Role Mismatch (RFC 9234 §4.2). */
  public static final BgpError ROLE_MISMATCH = new BgpError(2, 11);

  /** UPDATE Message Error/Malformed Attribute List (RFC 4271 §6.3). */
  public static final BgpError MALFORMED_ATTRIBUTE_LIST = new BgpError(3, 1);

  /** UPDATE Message Error/Unrecognized Well-known Attribute (RFC 4271 §6.3). */
  public static final BgpError UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE = new BgpError(3, 2);

  /** UPDATE Message Error/Missing Well-known Attribute (RFC 4271 §6.3). */
  public static final BgpError MISSING_WELL_KNOWN_ATTRIBUTE = new BgpError(3, 3);

  /** UPDATE Message Error/Attribute Flags Error (RFC 4271 §6.3). */
  public static final BgpError ATTRIBUTE_FLAGS_ERROR = new BgpError(3, 4);

  /** UPDATE Message Error/Attribute Length Error (RFC 4271 §6.3). */
  public static final BgpError ATTRIBUTE_LENGTH_ERROR = new BgpError(3, 5);

  /** UPDATE Message Error/Invalid ORIGIN Attribute (RFC 4271 §6.3). */
  public static final BgpError INVALID_ORIGIN = new BgpError(3, 6);

  /** UPDATE Message Error/Invalid NEXT_HOP Attribute (RFC 4271 §6.3). */
  public static final BgpError INVALID_NEXT_HOP = new BgpError(3, 8);

  /** UPDATE Message Error/Optional Attribute Error (RFC 4271 §6.3). */
  public static final BgpError OPTIONAL_ATTRIBUTE_ERROR = new BgpError(3, 9);

  /** UPDATE Message Error/Invalid Network Field (RFC 4271 §6.3). */
  public static final BgpError INVALID_NETWORK_FIELD = new BgpError(3, 10);

  /** UPDATE Message Error/Malformed AS_PATH (RFC 4271 §6.3). */
  public static final BgpError MALFORMED_AS_PATH = new BgpError(3, 11);

  /** Hold Timer Expired (RFC 4271 §6.5). */
  public static final BgpError HOLD_TIMER_EXPIRED = new BgpError(4, 0);

  /** Finite State Machine Error, unspecified (RFC 4271 §6.6). */
  public static final BgpError FSM_ERROR = new BgpError(5, 0);

  /** FSM Error/Receive Unexpected Message in OpenSent State (RFC 6608). */
  public static final BgpError UNEXPECTED_IN_OPEN_SENT = new BgpError(5, 1);

  /** FSM Error/Receive Unexpected Message in OpenConfirm State (RFC 6608). */
  public static final BgpError UNEXPECTED_IN_OPEN_CONFIRM = new BgpError(5, 2);

  /** FSM Error/Receive Unexpected Message in Established State (RFC 6608). */
  public static final BgpError UNEXPECTED_IN_ESTABLISHED = new BgpError(5, 3);

  /** Cease, without a subcode (RFC 4271 §6.7). */
  public static final BgpError CEASE = new BgpError(6, 0);

  /** Cease/Peer De-configured (RFC 4486). */
  public static final BgpError PEER_DECONFIGURED = new BgpError(6, 3);

  /** Cease/Connection Rejected (RFC 4486). */
  public static final BgpError CONNECTION_REJECTED = new BgpError(6, 5);

  /** Cease/Other Configuration Change (RFC 4486). */
  public static final BgpError OTHER_CONFIGURATION_CHANGE = new BgpError(6, 6);

  /** Cease/Connection Collision Resolution (RFC 4486). */
  public static final BgpError CONNECTION_COLLISION_RESOLUTION = new BgpError(6, 7);

  /** Cease/Out of Resources (RFC 4486). */
  public static final BgpError OUT_OF_RESOURCES = new BgpError(6, 8);

  /** Cease/BFD Down (RFC 9384). */
  public static final BgpError BFD_DOWN = new BgpError(6, 10);

  /** ROUTE-REFRESH Message Error/Invalid Message Length; the data is the message (RFC 7313 §5). */
  public static final BgpError INVALID_REFRESH_LENGTH = new BgpError(7, 1);

  /** Send Hold Timer Expired: the peer does not read what we send (RFC 9687 §5). */
  public static final BgpError SEND_HOLD_TIMER_EXPIRED = new BgpError(8, 0);

  private static final int CEASE_CODE = 6;
  private static final int HARD_RESET = 9;
  private static final int MAXIMUM_PREFIXES = 1;

  /** Checks the ranges. */
  public BgpError {
    if (code < 0 || code > 255 || subcode < 0 || subcode > 255) {
      throw new IllegalArgumentException("error " + code + "/" + subcode + " is out of range");
    }
  }

  /** An error without data. */
  public BgpError(int code, int subcode) {
    this(code, subcode, Bytes.EMPTY);
  }

  /**
   * Cease/Administrative Shutdown with a text for the peer's operators (RFC 9003).
   *
   * @param text cut to 255 octets of UTF-8; may be empty
   */
  public static BgpError administrativeShutdown(String text) {
    return new BgpError(6, 2, ShutdownCommunication.encode(text));
  }

  /**
   * Cease/Administrative Reset with a text for the peer's operators (RFC 9003).
   *
   * @param text cut to 255 octets of UTF-8; may be empty
   */
  public static BgpError administrativeReset(String text) {
    return new BgpError(6, 4, ShutdownCommunication.encode(text));
  }

  /**
   * Cease/Hard Reset: this error, and the routes are not to be kept as graceful restart would (RFC
   * 8538 §3).
   *
   * @param encapsulated why the session really ends; one that is a Hard Reset stays as it is
   */
  public static BgpError hardReset(BgpError encapsulated) {
    if (encapsulated.isHardReset()) {
      return encapsulated;
    }
    int length = encapsulated.data.length();
    byte[] octets = new byte[2 + length];
    octets[0] = (byte) encapsulated.code;
    octets[1] = (byte) encapsulated.subcode;
    System.arraycopy(encapsulated.data.toArray(), 0, octets, 2, length);
    return new BgpError(CEASE_CODE, HARD_RESET, Bytes.of(octets));
  }

  /**
   * Cease/Maximum Number of Prefixes Reached, with the family and the limit (RFC 4486 §4).
   *
   * @param limit how many were in order
   */
  public static BgpError maximumPrefixesReached(AddressFamily family, int limit) {
    byte[] data =
        ByteBuffer.allocate(7)
            .putShort((short) family.afi())
            .put((byte) family.safi())
            .putInt(limit)
            .array();
    return new BgpError(CEASE_CODE, MAXIMUM_PREFIXES, Bytes.of(data));
  }

  /** The same error with this data. */
  public BgpError withData(Bytes newData) {
    return new BgpError(code, subcode, newData);
  }

  /** Whether the peer should know only that we end the session: code 6. */
  public boolean isCease() {
    return code == CEASE_CODE;
  }

  /** Whether the peer's routes end with the session, whatever was agreed (RFC 8538 §3). */
  public boolean isHardReset() {
    return code == CEASE_CODE && subcode == HARD_RESET;
  }

  /**
   * The error inside a Hard Reset (RFC 8538 §3.1); empty for another error, and for a Hard Reset
   * that does not say why.
   */
  public Optional<BgpError> encapsulated() {
    if (!isHardReset() || data.length() < 2) {
      return Optional.empty();
    }
    byte[] octets = data.toArray();
    Bytes inner = Bytes.of(Arrays.copyOfRange(octets, 2, octets.length));
    return Optional.of(new BgpError(data.octet(0), data.octet(1), inner));
  }

  /**
   * The text that came with Administrative Shutdown or Administrative Reset (RFC 9003), inside a
   * Hard Reset or not, as printable text; empty when there is none or it is malformed.
   */
  public String communication() {
    return encapsulated().orElse(this).ownCommunication();
  }

  private String ownCommunication() {
    return carriesText() ? ShutdownCommunication.decode(data) : "";
  }

  private boolean carriesText() {
    return code == CEASE_CODE && (subcode == 2 || subcode == 4);
  }

  /**
   * Like {@code Cease/Administrative Shutdown (6/2) "maintenance"}, or {@code Cease/Hard Reset
   * (6/9) of} such a text.
   */
  @Override
  public String toString() {
    // One level: a peer can nest thousands of them in one message.
    return encapsulated()
        .map(inner -> numberedName() + " of " + inner.description())
        .orElseGet(this::description);
  }

  private String numberedName() {
    return ErrorNames.of(code, subcode) + " (" + code + "/" + subcode + ")";
  }

  private String description() {
    String name = numberedName();
    String text = ownCommunication();
    if (!text.isEmpty()) {
      return name + " \"" + text + "\"";
    }
    boolean emptyText = carriesText() && data.equals(ShutdownCommunication.EMPTY);
    return data.isEmpty() || emptyText ? name : name + " data " + data;
  }
}
