package dev.bugle.bgp.rib;

import static dev.bugle.bgp.rib.Paths.host4;
import static dev.bugle.bgp.rib.Paths.host6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.rib.LocalRib.Change;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  private static Optional<Change> announces(LocalRoute route) {
    return Optional.of(new Change(route.prefix(), Optional.of(route)));
  }

  @Test
  void theFirstRouteIsAnnouncedAndWithdrawn() {
    assertThat(rib.add(first, route(host4(1), 1))).isEqualTo(announces(route(host4(1), 1)));
    assertThat(rib.remove(first, host4(1))).contains(new Change(host4(1), Optional.empty()));
    assertThat(rib.snapshot()).isEmpty();
  }

  @Test
  void twoOwnersOfOnePrefixDoNotUndoEachOther() {
    assertThat(rib.add(first, route(host4(1), 1))).isPresent();
    assertThat(rib.add(second, route(host4(1), 2))).isEmpty();
    assertThat(rib.remove(second, host4(1))).isEmpty();
    assertThat(rib.add(second, route(host4(1), 2))).isEmpty();
    assertThat(rib.remove(first, host4(1))).isEqualTo(announces(route(host4(1), 2)));
    assertThat(rib.remove(second, host4(1))).contains(new Change(host4(1), Optional.empty()));
  }

  @Test
  void anEqualRouteTakesOverInSilence() {
    assertThat(rib.add(first, route(host4(1), 1))).isPresent();
    assertThat(rib.add(second, route(host4(1), 1))).isEmpty();
    assertThat(rib.remove(first, host4(1))).isEmpty();
    assertThat(rib.snapshot()).hasSize(1);
    assertThat(rib.remove(second, host4(1))).isPresent();
  }

  @Test
  void ownersAreToldApartByIdentity() {
    String one = new String("owner");
    String other = new String("owner");
    assertThat(rib.add(one, route(host4(1), 1))).isPresent();
    assertThat(rib.remove(other, host4(1))).isEmpty();
    assertThat(rib.snapshot()).hasSize(1);
  }

  @Test
  void removingWhatWasNeverAddedIsSilent() {
    assertThat(rib.remove(first, host4(1))).isEmpty();
    assertThat(rib.add(first, route(host4(1), 1))).isPresent();
    assertThat(rib.remove(second, host4(1))).isEmpty();
    assertThat(rib.remove(first, host4(2))).isEmpty();
    assertThat(rib.remove(first, host4(1))).isPresent();
    assertThat(rib.remove(first, host4(1))).isEmpty();
  }

  @Test
  void clearWithdrawsEachPrefixOnce() {
    assertThat(rib.add(first, route(host4(1), 1))).isPresent();
    assertThat(rib.add(second, route(host4(1), 2))).isEmpty();
    assertThat(rib.add(second, route(host6(1), 2))).isPresent();
    assertThat(rib.clear())
        .containsExactly(
            new Change(host4(1), Optional.empty()), new Change(host6(1), Optional.empty()));
    assertThat(rib.snapshot()).isEmpty();
    assertThat(rib.clear()).isEmpty();
    assertThat(rib.remove(first, host4(1))).isEmpty();
  }

  @Test
  void aSnapshotFollowedByTheChangesIsTheWhole() {
    Random random = new Random(1);
    Map<Prefix, LocalRoute> follower = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      Object owner = random.nextBoolean() ? first : second;
      Prefix prefix = host4(random.nextInt(20));
      Optional<Change> change =
          random.nextBoolean()
              ? rib.add(owner, route(prefix, random.nextInt(3)))
              : rib.remove(owner, prefix);
      change.ifPresent(known -> apply(known, follower));
      if (i % 1000 == 0) {
        Map<Prefix, LocalRoute> snapshot = new LinkedHashMap<>();
        rib.snapshot().forEach(known -> apply(known, snapshot));
        assertThat(follower).isEqualTo(snapshot);
      }
    }
  }

  private static void apply(Change change, Map<Prefix, LocalRoute> routes) {
    change
        .route()
        .ifPresentOrElse(
            route -> routes.put(change.prefix(), route), () -> routes.remove(change.prefix()));
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
