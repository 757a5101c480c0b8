/** Whether what is behind a VIP works. */
@NullMarked
package dev.bugle.advertiser.health;

import org.jspecify.annotations.NullMarked;
