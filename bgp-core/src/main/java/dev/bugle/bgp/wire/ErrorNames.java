package dev.bugle.bgp.wire;

import java.util.Map;

/**
 * The names of error codes and subcodes, as the IANA registry of BGP error codes gives them. Two
 * that it calls deprecated have the names of RFC 1771, for old speakers.
 */
final class ErrorNames {

  private static final Map<Integer, String> CODES =
      Map.of(
          1, "Message Header Error",
          2, "OPEN Message Error",
          3, "UPDATE Message Error",
          4, "Hold Timer Expired",
          5, "Finite State Machine Error",
          6, "Cease",
          7, "ROUTE-REFRESH Message Error",
          8, "Send Hold Timer Expired",
          9, "Loss of LSDB Synchronization");

  private static final Map<Integer, String> SUBCODES =
      Map.ofEntries(
          Map.entry(0x101, "Connection Not Synchronized"),
          Map.entry(0x102, "Bad Message Length"),
          Map.entry(0x103, "Bad Message Type"),
          Map.entry(0x201, "Unsupported Version Number"),
          Map.entry(0x202, "Bad Peer AS"),
          Map.entry(0x203, "Bad BGP Identifier"),
          Map.entry(0x204, "Unsupported Optional Parameter"),
          Map.entry(0x205, "Authentication Failure"),
          Map.entry(0x206, "Unacceptable Hold Time"),
          Map.entry(0x207, "Unsupported Capability"),
          Map.entry(0x20B, "Role Mismatch"),
          Map.entry(0x301, "Malformed Attribute List"),
          Map.entry(0x302, "Unrecognized Well-known Attribute"),
          Map.entry(0x303, "Missing Well-known Attribute"),
          Map.entry(0x304, "Attribute Flags Error"),
          Map.entry(0x305, "Attribute Length Error"),
          Map.entry(0x306, "Invalid ORIGIN Attribute"),
          Map.entry(0x307, "AS Routing Loop"),
          Map.entry(0x308, "Invalid NEXT_HOP Attribute"),
          Map.entry(0x309, "Optional Attribute Error"),
          Map.entry(0x30A, "Invalid Network Field"),
          Map.entry(0x30B, "Malformed AS_PATH"),
          Map.entry(0x501, "Receive Unexpected Message in OpenSent State"),
          Map.entry(0x502, "Receive Unexpected Message in OpenConfirm State"),
          Map.entry(0x503, "Receive Unexpected Message in Established State"),
          Map.entry(0x601, "Maximum Number of Prefixes Reached"),
          Map.entry(0x602, "Administrative Shutdown"),
          Map.entry(0x603, "Peer De-configured"),
          Map.entry(0x604, "Administrative Reset"),
          Map.entry(0x605, "Connection Rejected"),
          Map.entry(0x606, "Other Configuration Change"),
          Map.entry(0x607, "Connection Collision Resolution"),
          Map.entry(0x608, "Out of Resources"),
          Map.entry(0x609, "Hard Reset"),
          Map.entry(0x60A, "BFD Down"),
          Map.entry(0x701, "Invalid Message Length"));

  private ErrorNames() {}

  /** {@code Code/Subcode}, or only the code where the subcode is 0 or has no name. */
  static String of(int code, int subcode) {
    String codeName = CODES.getOrDefault(code, "error code " + code);
    String subcodeName = SUBCODES.get(code << 8 | subcode);
    return subcodeName == null ? codeName : codeName + "/" + subcodeName;
  }
}
