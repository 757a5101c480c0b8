/**
 * The advertiser: announces virtual IP addresses while it is certain that it may.
 *
 * <p>One rule in one place: {@code Intent} maps what is known (drains, health, leadership,
 * addresses, the time) to what is to be, as a pure function. Around it:
 *
 * <pre>
 *   electors, checks, addresses, drains --changed--&gt; ReconcileLoop --pass--&gt; Reconciler
 *      ^                                                                        |
 *      +---- stand, release ----------------------------------------------------+--&gt; RouteSink
 *                                                                               +--&gt; AddressSink
 * </pre>
 *
 * <p>Inputs only mark that a pass is due. A {@code Reconciler} pass reads all of them anew,
 * decides, and hands the whole set of what is announced to the sink, which announces and withdraws
 * the difference. What an input does to a VIP is a {@link dev.bugle.advertiser.Factor}: it allows,
 * worsens or forbids. The worst of them is how the VIP is announced ({@link
 * dev.bugle.advertiser.Posture}), and the first that has it is the reason.
 *
 * <p>The loop also wakes when the earliest leadership or check runs out, so a withdrawal needs
 * nothing from an elector or a check, whose thread may hang. The order when leadership is over:
 * withdraw, flush to the sockets, release ({@code Handovers}); a leadership of which no VIP can be
 * announced is given up in the same order, so that another can do better. An address is on its
 * interface before its route is announced, and until the withdrawal has been flushed ({@code
 * Outstanding}). Nothing here touches a session or the route of another VIP.
 *
 * <p>A reload ({@link dev.bugle.advertiser.Advertiser#reload}) tries all of another configuration
 * beside what runs, and then changes what differs: what ends of VIPs and leaderships, then the
 * peers ({@code Neighbors}), then what is new ({@code Reload}, {@code Succession}). It hands plans
 * to the reconciler, and holds nothing that a pass needs.
 *
 * <p>VIPs can come from sources, too ({@code Sources}). Each has a {@code SourceDriver}, which
 * calls it where it can hang without harm, and a {@code Staging}, which makes its part of the plan
 * what it has stated last: {@code Vetting} says what of it holds, {@code Seats} has its electors.
 * The {@code Roster} puts the parts and the configuration together. What was decided goes back to
 * the source through its {@code VerdictFeed}.
 *
 * <p>BFD is coupled to BGP here and nowhere else: {@code BfdCoupling} has a BFD session for each
 * peer that is configured with one, and {@code PathRelay} tells the BGP session on BFD's own thread
 * what has become of the path (RFC 5882). It knows nothing of VIPs: routes are withdrawn by the
 * router when the session ends, and announced to it anew when the session comes back. All BFD
 * sessions are there before the first BGP session begins, and end after the last. {@code UpWatch}
 * notices those that do not come up.
 *
 * <p>Threads: {@code bugle-reconciler} runs the passes, and {@code bugle-pass-watch} ends the
 * sessions should it hang; each source has {@code bugle-source-NAME} and {@code
 * bugle-staging-NAME}; each elector that needs one has its own; checks have theirs, and so have the
 * addresses and the maintenance file; the speaker has its event loop; a reload runs on its
 * caller's. With BFD there are its thread and {@code bugle-bfd-watch}, which warns. Passes do not
 * block, and no input is ever waited for.
 */
@NullMarked
package dev.bugle.advertiser;

import org.jspecify.annotations.NullMarked;
