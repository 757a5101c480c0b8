package dev.bugle.k8s.service;

/**
 * What is kept of an EndpointSlice: a few octets, however many endpoints it has.
 *
 * @param service whose endpoints these are
 */
record Slice(ObjectKey service, Family family, Presence presence) {}
