package dev.bugle.advertiser;

import dev.bugle.advertiser.health.Health;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the reconciler reads beside the electors, and where its decisions go.
 *
 * @param health what each check knows
 * @param reach whether any peer can be told anything
 * @param drains what is taken out of service
 * @param addresses where addresses go
 * @param routes where routes go
 */
record Ports(
    Supplier<Map<String, Health>> health,
    Supplier<Reach> reach,
    Drains drains,
    AddressSink addresses,
    RouteSink routes) {}
