/**
 * A VIP as a value: its route, its audience, what it needs, and how it leaves. Wherever a VIP comes
 * from, the configuration or a source, it is one of these. Immutable; nothing here runs.
 */
@NullMarked
package dev.bugle.advertiser.vip;

import org.jspecify.annotations.NullMarked;
