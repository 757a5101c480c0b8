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
 * <p>No type throws for what a user wrote: it reports to the {@link
 * dev.bugle.advertiser.config.yaml.Cursor} and returns empty, so that one pass finds every fault.
 * The subset of YAML is small on purpose: one document, no anchors, aliases or tags. Nothing here
 * is shared between threads.
 */
@NullMarked
package dev.bugle.advertiser.config.yaml;

import org.jspecify.annotations.NullMarked;
