/**
 * Reading a YAML file into typed values, with one message for each fault in it.
 *
 * <p>This package knows nothing of BGP. {@link dev.bugle.advertiser.config.yaml.YamlParser} turns
 * the text into a tree of {@link dev.bugle.advertiser.config.yaml.YamlNode}s that remember their
 * lines. A {@link dev.bugle.advertiser.config.yaml.Type} reads one node into one value; {@link
 * dev.bugle.advertiser.config.yaml.Types} has the general ones. A {@link
 * dev.bugle.advertiser.config.yaml.Section} is a mapping with known keys: each {@link
 * dev.bugle.advertiser.config.yaml.Key} is declared once, with its name, type, default and the
 * sentence that documents it, so that reading, the list of known keys in a message, and a generated
 * reference page come from the same declaration.
 *
 * <p>A {@link dev.bugle.advertiser.config.yaml.Setting} is a value that counts before the file,
 * from a flag or a variable of the environment. It is put into the tree before anything is read
 * from it, so that the same types judge it; its nodes remember where they are from in place of a
 * line. Each type tells its {@link dev.bugle.advertiser.config.yaml.Shape}, by which settings find
 * their way and {@code ReferencePage} its sections.
 *
 * <p>No type throws for what a user wrote: it reports to the {@link
 * dev.bugle.advertiser.config.yaml.Cursor} and returns empty, so that one pass finds every fault.
 * The subset of YAML is small on purpose: one document, no anchors, aliases or tags. A file may be
 * hostile: its size, its depth and the number of faults that are told are bounded, and what it says
 * is never shown unescaped or at length. Nothing here is shared between threads.
 */
@NullMarked
package dev.bugle.advertiser.config.yaml;

import org.jspecify.annotations.NullMarked;
