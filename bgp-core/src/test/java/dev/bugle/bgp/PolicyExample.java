package dev.bugle.bgp;

import static dev.bugle.bgp.rib.CommunitySet.Kind.LARGE;
import static dev.bugle.bgp.rib.Condition.anyCommunity;
import static dev.bugle.bgp.rib.Condition.asPath;
import static dev.bugle.bgp.rib.Condition.peer;
import static dev.bugle.bgp.rib.Condition.peerAs;
import static dev.bugle.bgp.rib.Condition.prefixIn;
import static dev.bugle.bgp.rib.RouteChange.addCommunities;
import static dev.bugle.bgp.rib.RouteChange.localPref;
import static dev.bugle.bgp.rib.RouteChange.med;
import static dev.bugle.bgp.rib.RouteChange.prepend;
import static dev.bugle.bgp.rib.RouteChange.removeAllCommunities;

import dev.bugle.bgp.rib.PolicyRule;
import dev.bugle.bgp.rib.RoutePolicy;

/** The examples of docs/policy.md, compiled. {@link ReadmeTest} holds the two together. */
final class PolicyExample {

  private PolicyExample() {}

  static void run(BgpSpeaker speaker) {
    // begin
    RoutePolicy policy =
        RoutePolicy.of(
                PolicyRule.when(anyCommunity("65001:666", "65001:6:66")).reject(),
                PolicyRule.when(peer("192.0.2.253")).change(prepend(2), med(200)))
            .orElse(
                RoutePolicy.of(
                    PolicyRule.when(prefixIn("203.0.113.0/24 ge 32"), peerAs(65000))
                        .change(removeAllCommunities(LARGE), addCommunities("65000:100"))
                        .accept()));
    Peer router =
        speaker.peer(PeerConfig.builder("192.0.2.254", 65000).exportPolicy(policy).build());
    router.exportPolicy(RoutePolicy.REJECT_ALL); // withdraws; the session stays
    Announcement vip =
        speaker.announce(
            Route.to("203.0.113.10/32").build(),
            RoutePolicy.of(PolicyRule.when(peer("192.0.2.254")).change(med(20)).accept()));
    vip.close(); // withdrawn
    // end
  }

  static void runWithWhatIsLearned(BgpSpeaker speaker) {
    // begin learned
    RoutePolicy customers =
        RoutePolicy.of(
            PolicyRule.when(asPath("64512-65534", "4200000000-4294967294")).reject(),
            PolicyRule.when(asPath("^64500+ (64501|64502)?$"))
                .change(localPref(200), addCommunities("65001:1"))
                .accept());
    speaker.peer(PeerConfig.builder("192.0.2.7", 64500).importPolicy(customers).build());
    speaker.peer(
        PeerConfig.builder("192.0.2.9", 64510)
            .propagation(
                PeerPropagation.STANDARD.withPolicy(
                    RoutePolicy.of(PolicyRule.when(anyCommunity("65001:1")).accept())))
            .build());
    // end
  }
}
