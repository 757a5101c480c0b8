package dev.bugle.advertiser;

import dev.bugle.bgp.Route;
import dev.bugle.bgp.rib.RoutePolicy;

/**
 * What is announced of a VIP.
 *
 * @param route its route
 * @param policy which peers get it, and what is changed of it for some of them
 */
record Advertisement(Route route, RoutePolicy policy) {}
