/** The BGP speaker. */
@NullMarked
package dev.bugle.bgp;

import org.jspecify.annotations.NullMarked;
