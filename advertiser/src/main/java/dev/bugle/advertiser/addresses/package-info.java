/** The addresses of VIPs on interfaces of this host. */
@NullMarked
package dev.bugle.advertiser.addresses;

import org.jspecify.annotations.NullMarked;
