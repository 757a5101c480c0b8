/**
 * JSON as a tree of immutable values, read strictly and written plainly.
 *
 * <p>{@link dev.bugle.advertiser.json.Json} is the tree; {@link dev.bugle.advertiser.json.JsonText}
 * reads and writes it. Nothing is mapped to classes by reflection: whoever answers with JSON says
 * each field, and whoever reads it asks for each field. What is read comes from a network, so depth
 * and lengths are bounded, a key that repeats is refused, and the text must be UTF-8. All of it is
 * immutable or without state, for any thread. Only {@code JsonText} knows the parser.
 */
@NullMarked
package dev.bugle.advertiser.json;

import org.jspecify.annotations.NullMarked;
