package dev.bugle.advertiser;

import dev.bugle.advertiser.config.Vip;

/**
 * Whether a VIP is announced, and why.
 *
 * @param vip which one
 * @param announced whether its route is in the set that is announced
 * @param reason why, for people
 */
public record VipDecision(Vip vip, boolean announced, String reason) {}
