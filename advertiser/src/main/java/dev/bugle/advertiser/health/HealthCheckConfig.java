package dev.bugle.advertiser.health;

/**
 * One check: what is probed, and when.
 *
 * @param timing when, and how many results change the state
 * @param probe what
 */
public record HealthCheckConfig(HealthTiming timing, Probe probe) {}
