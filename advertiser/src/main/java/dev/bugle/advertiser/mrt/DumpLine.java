package dev.bugle.advertiser.mrt;

import dev.bugle.advertiser.json.Json;

/**
 * One entry of a file: a route, a message, a change of state.
 *
 * @param text for people, on one line; what is in it is the file's
 * @param json for programs
 */
public record DumpLine(String text, Json json) {}
