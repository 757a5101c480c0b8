package dev.bugle.bgp.wire;

/**
 * The whole NLRI field of a family for which no codec is registered, kept byte for byte.
 *
 * @param octets the field as it was received
 */
public record OpaqueNlri(Bytes octets) implements Nlri {}
