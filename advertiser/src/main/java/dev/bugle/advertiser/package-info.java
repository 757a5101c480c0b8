/** The advertiser. */
@NullMarked
package dev.bugle.advertiser;

import org.jspecify.annotations.NullMarked;
