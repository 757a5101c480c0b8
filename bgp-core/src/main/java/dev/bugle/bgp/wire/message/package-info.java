/**
 * The messages of BGP (RFC 4271 §4, RFC 2918, RFC 7313): one file each, with the record and its
 * codec.
 *
 * <p>{@link dev.bugle.bgp.wire.message.MessageCodec} is the way in and out: framing, the header's
 * checks (RFC 4271 §6.1), and the choice of the codec by message type. A session reads with a
 * {@link dev.bugle.bgp.wire.message.MessageDecoder}, which remembers path attributes.
 */
@NullMarked
package dev.bugle.bgp.wire.message;

import org.jspecify.annotations.NullMarked;
