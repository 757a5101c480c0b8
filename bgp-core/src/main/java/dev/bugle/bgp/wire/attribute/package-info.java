/**
 * Path attributes (RFC 4271 §5): one file each, with the record, its decoder and its encoder.
 *
 * <p>{@code AttributeType} is the table: a row gives the type code, the flags the attribute must
 * carry, what a fault in it does (RFC 7606), between which speakers it has a place, and the
 * decoder. {@link dev.bugle.bgp.wire.attribute.AttributeDecoder} reads the whole field; flags,
 * lengths, duplicates and unknown attributes are handled there, once for all. {@link
 * dev.bugle.bgp.wire.attribute.PathAttributes} writes it. To add an attribute, write its file and
 * its row.
 *
 * <p>AS numbers are always the true ones here. What a peer of two-octet numbers needs beside them
 * ({@code AS4_PATH}, {@code AS4_AGGREGATOR}) is added when attributes are written to it and put in
 * its place when they are read ({@code OldSpeaker}, RFC 6793 §4.2).
 *
 * <p>Community values ({@link dev.bugle.bgp.wire.attribute.Community}, {@link
 * dev.bugle.bgp.wire.attribute.ExtendedCommunity}, {@link
 * dev.bugle.bgp.wire.attribute.LargeCommunity}) print as operators type them and parse back. {@code
 * ExtendedNotation} is the table of extended communities that have a name: a row gives their type
 * and how the rest is written ({@code ExtendedForm}). AS paths are read by {@code AsPathText}.
 *
 * <p>Attributes that are lists of TLVs keep those that they do not know, and those that their RFC
 * calls unrecognised, byte for byte: {@link dev.bugle.bgp.wire.attribute.Aigp}, {@link
 * dev.bugle.bgp.wire.attribute.PrefixSid}, {@link
 * dev.bugle.bgp.wire.attribute.TunnelEncapsulation}.
 */
@NullMarked
package dev.bugle.bgp.wire.attribute;

import org.jspecify.annotations.NullMarked;
