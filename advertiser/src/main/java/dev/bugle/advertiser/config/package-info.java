/**
 * The configuration: what the file may say, and the records that it becomes.
 *
 * <p>{@link dev.bugle.advertiser.config.ConfigFile} reads a file into an {@link
 * dev.bugle.advertiser.config.AdvertiserConfig}, or refuses it with every fault that it has. Each
 * section of the file is one class here, such as {@code PeerSection}, that declares its keys and
 * makes the record; to add a key, add one declaration there and use it in {@code make}. What needs
 * more than one section, such as a VIP that names an elector, is in {@code CrossChecks}. A peer is
 * a draft until the BFD profile that it names is looked up in another section.
 *
 * <p>A program that has its configuration from elsewhere makes the records itself.
 */
@NullMarked
package dev.bugle.advertiser.config;

import org.jspecify.annotations.NullMarked;
