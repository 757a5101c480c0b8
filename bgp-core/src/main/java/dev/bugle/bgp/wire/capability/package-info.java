/**
 * Capabilities of OPEN (RFC 5492): one file each, with the record, its decoder and its encoder.
 *
 * <p>{@link dev.bugle.bgp.wire.capability.CapabilityDecoder} has the table. A capability that it
 * does not know is kept as {@link dev.bugle.bgp.wire.capability.UnknownCapability}.
 */
@NullMarked
package dev.bugle.bgp.wire.capability;

import org.jspecify.annotations.NullMarked;
