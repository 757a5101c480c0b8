/**
 * A small API server for tests, and what can be wrong on the way to it.
 *
 * <p>{@link dev.bugle.k8s.apiserver.ApiServer} keeps Leases, Services, EndpointSlices, Events and
 * the few kinds that scenarios need around them, and answers as kube-apiserver answers for what
 * Bugle uses of it: one revision for all objects, updates that conflict, the status as a
 * subresource, patches, lists in chunks, watches with bookmarks and 410, tokens of service
 * accounts, and refusals by the RBAC objects that it keeps. It has no controllers, admission
 * plug-ins or field managers, and speaks JSON over HTTP/1.1 without TLS.
 *
 * <p>{@link dev.bugle.k8s.apiserver.FaultyApi} stands before it, or before a real API server, and
 * answers what it should not, or late; {@link dev.bugle.k8s.apiserver.FaultyWire} stands before
 * that, and loses or cuts connections.
 *
 * <p>Why it is not fabric8's mock server in CRUD mode (8.0.0, tried): that one stores what is
 * written to {@code /status} and to the object alike, appends to lists where a merge patch replaces
 * them, takes a Lease with times that are none, watches over WebSocket only, and knows neither
 * bookmarks, nor expired versions, nor chunks.
 */
@NullMarked
package dev.bugle.k8s.apiserver;

import org.jspecify.annotations.NullMarked;
