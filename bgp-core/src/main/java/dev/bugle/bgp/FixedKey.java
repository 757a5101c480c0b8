package dev.bugle.bgp;

/** A key that the configuration has in itself. */
record FixedKey(TcpKey key) implements KeySource {}
