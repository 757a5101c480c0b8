/**
 * The BFD Control packet (RFC 5880 §4): {@link dev.bugle.bfd.wire.ControlPacket} with its codec,
 * and its authentication sections.
 *
 * <p>Receiving is in two steps, because garbage must cost little: {@link
 * dev.bugle.bfd.wire.ControlPacketCodec#fault} makes the checks of §6.8.6 that need no session, and
 * {@link dev.bugle.bfd.wire.ControlPacketCodec#decode} reads what passed them. Nothing here keeps
 * state; everything may be used from any thread. Knows the JDK and {@code io.netty.buffer} only.
 */
@NullMarked
package dev.bugle.bfd.wire;

import org.jspecify.annotations.NullMarked;
