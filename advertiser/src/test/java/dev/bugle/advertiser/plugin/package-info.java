/** What a kind of election of one's own looks like; docs/leadership.md shows it. */
@NullMarked
package dev.bugle.advertiser.plugin;

import org.jspecify.annotations.NullMarked;
