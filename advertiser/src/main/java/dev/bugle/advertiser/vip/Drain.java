package dev.bugle.advertiser.vip;

/**
 * That something is being taken out of service.
 *
 * @param since when it began, a reading of the {@link dev.bugle.advertiser.time.Ticker}
 * @param reason why, for people
 */
public record Drain(long since, String reason) {}
