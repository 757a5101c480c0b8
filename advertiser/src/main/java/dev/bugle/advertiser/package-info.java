/**
 * The advertiser: announces virtual IP addresses while it is certain that it may.
 *
 * <p>One rule in one place: {@code Intent} maps what is known (leadership, stopping, the time) to
 * the set of routes, as a pure function. Around it:
 *
 * <pre>
 *   electors --changed--&gt; ReconcileLoop --pass--&gt; Reconciler --set, flush--&gt; RouteSink
 *      ^                                              |                      (SpeakerSink)
 *      +----------------- release --------------------+
 * </pre>
 *
 * <p>Inputs only mark that a pass is due. A {@code Reconciler} pass reads all of them anew,
 * decides, and hands the whole set of routes to the sink, which announces and withdraws the
 * difference. The loop also wakes when the earliest leadership runs out, so the withdrawal needs
 * nothing from the elector, whose thread may hang. The order when leadership is over: withdraw,
 * flush to the sockets, release. Nothing here touches a session or the route of another VIP.
 *
 * <p>BFD is coupled to BGP here and nowhere else: {@code BfdCoupling} has a BFD session for each
 * peer that is configured with one, and {@code PathRelay} tells the BGP session on BFD's own thread
 * what has become of the path (RFC 5882). It knows nothing of VIPs: routes are withdrawn by the
 * router when the session ends, and announced to it anew when the session comes back. All BFD
 * sessions are there before the first BGP session begins, and end after the last. {@code UpWatch}
 * notices those that do not come up.
 *
 * <p>Threads: {@code bugle-reconciler} runs the passes; each elector that needs one has its own;
 * the speaker has its event loop. With BFD there are its thread and {@code bugle-bfd-watch}, which
 * warns. Passes do not block, and no elector is ever waited for.
 *
 * <p>What a further input (health, drain) needs: its own package with a snapshot value like {@link
 * dev.bugle.advertiser.leadership.Leadership}, and one more parameter of {@code Intent.decide}.
 */
@NullMarked
package dev.bugle.advertiser;

import org.jspecify.annotations.NullMarked;
