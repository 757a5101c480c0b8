/**
 * Capabilities of OPEN (RFC 5492): one file each, with the record, its decoder and its encoder.
 *
 * <p>{@link dev.bugle.bgp.wire.capability.CapabilityDecoder} has the table. A capability that it
 * does not know is kept as {@link dev.bugle.bgp.wire.capability.UnknownCapability}, and so is one
 * whose value its RFC tells receivers to ignore. A wrong length is an OPEN Message Error. Several
 * capabilities of one code are all kept: what they mean together is for the session to say.
 */
@NullMarked
package dev.bugle.bgp.wire.capability;

import org.jspecify.annotations.NullMarked;
