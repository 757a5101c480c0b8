/**
 * What kinds of elections and of sources of one's own look like, as docs/leadership.md and
 * docs/sources.md say.
 */
@NullMarked
package dev.bugle.advertiser.plugin;

import org.jspecify.annotations.NullMarked;
