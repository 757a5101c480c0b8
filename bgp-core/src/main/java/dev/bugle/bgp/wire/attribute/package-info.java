/**
 * Path attributes (RFC 4271 §5): one file each, with the record, its decoder and its encoder.
 *
 * <p>{@link dev.bugle.bgp.wire.attribute.AttributeType} is the table: a row gives the type code,
 * the flags the attribute must carry, what a fault in it does (RFC 7606), and the decoder. {@link
 * dev.bugle.bgp.wire.attribute.PathAttributes} reads and writes the whole field; flags, lengths,
 * duplicates and unknown attributes are handled there, once for all. To add an attribute, write its
 * file and its row.
 *
 * <p>Community values ({@link dev.bugle.bgp.wire.attribute.Community}, {@link
 * dev.bugle.bgp.wire.attribute.ExtendedCommunity}, {@link
 * dev.bugle.bgp.wire.attribute.LargeCommunity}) print as operators type them and parse back.
 */
@NullMarked
package dev.bugle.bgp.wire.attribute;

import org.jspecify.annotations.NullMarked;
