/**
 * The values that every part of the wire shares: addresses, prefixes, address families, errors.
 *
 * <p>This package and the four below it are the wire room. It knows the JDK and {@code
 * io.netty.buffer}, and nothing of sessions, tables, sockets or time.
 *
 * <ul>
 *   <li>{@code wire}: {@link dev.bugle.bgp.wire.Prefix}, {@link dev.bugle.bgp.wire.IpAddress},
 *       {@link dev.bugle.bgp.wire.AddressFamily}, the open door for families ({@link
 *       dev.bugle.bgp.wire.NlriCodec}), and {@link dev.bugle.bgp.wire.BgpException} with the error
 *       code that answers a fault.
 *   <li>{@code wire.attribute}: path attributes; one file each, record and codec side by side, and
 *       one table row each in {@code AttributeType}.
 *   <li>{@code wire.capability}: the capabilities of OPEN, likewise.
 *   <li>{@code wire.nlri}: what families other than unicast carry, likewise, and {@link
 *       dev.bugle.bgp.wire.nlri.Families}, the codec of each.
 *   <li>{@code wire.message}: the five messages and {@code MessageCodec}, the way in and out.
 * </ul>
 *
 * <p>Every value is immutable and validated when it is made. Codecs are static and keep no state,
 * but for what a session remembers of path attributes ({@code MessageDecoder}); what a session
 * negotiated comes in as {@link dev.bugle.bgp.wire.CodecContext}, with what each side may send as a
 * {@link dev.bugle.bgp.wire.Direction}. All of it may be used from any thread.
 *
 * <p>{@link dev.bugle.bgp.wire.NlriCodecs} is the one place that knows of path identifiers (RFC
 * 7911): where they are agreed, each NLRI is a {@link dev.bugle.bgp.wire.PathNlri} around what the
 * codec of the family reads and writes.
 *
 * <p>Fields of prefixes are {@link dev.bugle.bgp.wire.PackedPrefixes}, a list that makes each
 * {@link dev.bugle.bgp.wire.Prefix} when it is asked for it.
 *
 * <p>What people write is read through {@link dev.bugle.bgp.wire.TextCursor}, which says at which
 * column something else was expected.
 *
 * <p>RFC 4271 (BGP-4), RFC 4760 (multiprotocol), RFC 5492 (capabilities), RFC 6793 (4-octet AS),
 * RFC 7606 (error handling of UPDATE), RFC 7911 (ADD-PATH), RFC 8654 (extended messages), RFC 8950
 * (IPv6 next hops for IPv4).
 */
@NullMarked
package dev.bugle.bgp.wire;

import org.jspecify.annotations.NullMarked;
