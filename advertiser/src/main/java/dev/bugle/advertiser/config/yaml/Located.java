package dev.bugle.advertiser.config.yaml;

/**
 * A value together with the place that it was read from, for checks across sections.
 *
 * @param <T> the value's type
 */
public record Located<T>(T value, Cursor at) {}
