/**
 * The way to the API server.
 *
 * <p>{@link dev.bugle.k8s.api.ApiConnection} sends a request and waits for the whole answer, for a
 * bounded time and of a bounded size; {@link dev.bugle.k8s.api.ApiStream} is an answer that is read
 * while it comes. fabric8's client knows where the server is and who we are (kubeconfig, service
 * account), and renews the token; it is told to try nothing again by itself, since when to try
 * again depends on what the request was for. All that have the same kubeconfig share one client.
 *
 * <p>Nothing here starts a thread, except that the HTTP client has a few daemon threads of its own.
 */
@NullMarked
package dev.bugle.k8s.api;

import org.jspecify.annotations.NullMarked;
