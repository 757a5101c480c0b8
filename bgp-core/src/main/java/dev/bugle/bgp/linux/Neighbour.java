package dev.bugle.bgp.linux;

import java.net.InetAddress;

/**
 * An entry of the system's table of neighbours.
 *
 * @param interfaceIndex of the link that it is on
 * @param address its address there
 * @param isRouter whether it says that it forwards packets (the R bit, RFC 4861 §4.4)
 * @param isReachable false once the system has given up on it
 */
public record Neighbour(
    int interfaceIndex, InetAddress address, boolean isRouter, boolean isReachable) {}
