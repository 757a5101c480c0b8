package dev.bugle.bgp.rib;

import static dev.bugle.bgp.rib.Paths.host4;
import static dev.bugle.bgp.rib.Paths.host6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.LocalRib.Candidate;
import dev.bugle.bgp.rib.LocalRib.Change;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalRibTest {

  private final LocalRib rib = new LocalRib();
  private final Object first = new Object();
  private final Object second = new Object();

  private static LocalRoute route(Prefix prefix, long number) {
    return new LocalRoute(prefix, Paths.attributes(number), 0, Optional.empty());
  }

  /** What is to be announced for 10.0.0.1/32: routes by their numbers, in order. */
  private static Change announces(Candidate... candidates) {
    return new Change(host4(1), List.of(candidates));
  }

  private static Candidate candidate(long pathIdentifier, long number) {
    return new Candidate(pathIdentifier, route(host4(1), number), RoutePolicy.ACCEPT_ALL);
  }

  @Test
  void theFirstRouteIsAnnouncedAndWithdrawn() {
    assertThat(rib.add(first, route(host4(1), 1))).isEqualTo(announces(candidate(1, 1)));
    assertThat(rib.remove(first, host4(1))).contains(announces());
    assertThat(rib.snapshot()).isEmpty();
  }

  @Test
  void twoOwnersOfOnePrefixDoNotUndoEachOther() {
    assertThat(rib.add(first, route(host4(1), 1))).isEqualTo(announces(candidate(1, 1)));
    assertThat(rib.add(second, route(host4(1), 2)))
        .isEqualTo(announces(candidate(1, 1), candidate(2, 2)));
    assertThat(rib.remove(second, host4(1))).contains(announces(candidate(1, 1)));
    assertThat(rib.add(second, route(host4(1), 3)))
        .isEqualTo(announces(candidate(1, 1), candidate(2, 3)));
    assertThat(rib.remove(first, host4(1))).contains(announces(candidate(2, 3)));
    assertThat(rib.remove(second, host4(1))).contains(announces());
  }

  @Test
  void aPathKeepsItsIdentifierAndAFreeOneIsGivenAgain() {
    Object third = new Object();
    rib.add(first, route(host4(1), 1));
    rib.add(second, route(host4(1), 2));
    rib.remove(first, host4(1));
    assertThat(rib.add(third, route(host4(1), 3)))
        .isEqualTo(announces(candidate(2, 2), candidate(1, 3)));
  }

  @Test
  void ownersAreToldApartByIdentity() {
    String one = new String("owner");
    String other = new String("owner");
    rib.add(one, route(host4(1), 1));
    assertThat(rib.remove(other, host4(1))).isEmpty();
    assertThat(rib.snapshot()).hasSize(1);
  }

  @Test
  void removingWhatWasNeverAddedIsSilent() {
    assertThat(rib.remove(first, host4(1))).isEmpty();
    rib.add(first, route(host4(1), 1));
    assertThat(rib.remove(second, host4(1))).isEmpty();
    assertThat(rib.remove(first, host4(2))).isEmpty();
    assertThat(rib.remove(first, host4(1))).isPresent();
    assertThat(rib.remove(first, host4(1))).isEmpty();
  }

  @Test
  void clearWithdrawsEachPrefixOnce() {
    rib.add(first, route(host4(1), 1));
    rib.add(second, route(host4(1), 2));
    rib.add(second, route(host6(1), 2));
    assertThat(rib.clear()).containsExactly(announces(), new Change(host6(1), List.of()));
    assertThat(rib.snapshot()).isEmpty();
    assertThat(rib.clear()).isEmpty();
    assertThat(rib.remove(first, host4(1))).isEmpty();
  }

  @Test
  void aSnapshotFollowedByTheChangesIsTheWhole() {
    Random random = new Random(1);
    Map<Prefix, List<Candidate>> follower = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      Object owner = random.nextBoolean() ? first : second;
      Prefix prefix = host4(random.nextInt(20));
      if (random.nextInt(3) == 0) {
        apply(rib.add(owner, route(prefix, random.nextInt(3))), follower);
      } else {
        rib.remove(owner, prefix).ifPresent(change -> apply(change, follower));
      }
      if (i % 1000 == 0) {
        Map<Prefix, List<Candidate>> snapshot = new LinkedHashMap<>();
        rib.snapshot().forEach(known -> apply(known, snapshot));
        assertThat(follower).isEqualTo(snapshot);
      }
    }
  }

  private static void apply(Change change, Map<Prefix, List<Candidate>> routes) {
    assertThat(change.candidates().stream().map(Candidate::pathIdentifier)).doesNotHaveDuplicates();
    if (change.candidates().isEmpty()) {
      routes.remove(change.prefix());
    } else {
      routes.put(change.prefix(), change.candidates());
    }
  }

  @Test
  void aNextHopOfAnotherFamilyIsRefused() {
    assertThatThrownBy(
            () ->
                new LocalRoute(
                    host4(1), Paths.attributes(1), 0, Optional.of(IpAddress.parse("2001:db8::1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IPv4");
    assertThatThrownBy(() -> new LocalRoute(host4(1), Paths.attributes(1), -1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
