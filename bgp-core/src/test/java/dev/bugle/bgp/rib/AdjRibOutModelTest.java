package dev.bugle.bgp.rib;

import static dev.bugle.bgp.rib.Paths.CONTEXT;
import static dev.bugle.bgp.rib.Paths.V4;
import static dev.bugle.bgp.rib.Paths.V6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.IpAddress;
import dev.bugle.bgp.wire.Prefix;
import dev.bugle.bgp.wire.attribute.MpReach;
import dev.bugle.bgp.wire.attribute.NextHop;
import dev.bugle.bgp.wire.message.UpdateMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations against a naive model: what the peer holds after reading every UPDATE is what
 * is desired, and it was told nothing that it knew.
 */
class AdjRibOutModelTest {

  private static final int OPERATIONS = 100_000;

  private final AdjRibOut table = new AdjRibOut(List.of(V4, V6), CONTEXT);
  private final Map<Prefix, Path> desired = new HashMap<>();
  private final Map<Prefix, Path> peer = new HashMap<>();

  /** What the peer asked for again and has not heard of since. */
  private final Set<Prefix> asked = new HashSet<>();

  private final List<Prefix> prefixes = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void thePeerHoldsWhatIsDesired(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      prefixes.add(Paths.host4(i));
      prefixes.add(Paths.host6(i));
    }
    for (int i = 0; i < OPERATIONS; i++) {
      Prefix prefix = prefixes.get(random.nextInt(prefixes.size()));
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> announce(prefix, random.nextInt(6));
        case 5, 6, 7 -> withdraw(prefix);
        case 8, 9, 10 -> Paths.nextOnTheWire(table).ifPresent(this::read);
        default -> seldom(random);
      }
      assertThat(table.size()).isEqualTo(peer.size());
    }
    drainAndCompare();
  }

  private void seldom(Random random) {
    switch (random.nextInt(20)) {
      case 0 -> refresh(V4);
      case 1 -> refresh(V6);
      case 2 -> drainAndCompare();
      default -> {}
    }
  }

  private static boolean isTooLarge(int number) {
    return number == 5;
  }

  private void announce(Prefix prefix, int number) {
    Path path =
        Paths.path(
            prefix.family(),
            isTooLarge(number) ? Paths.withCommunities(1020) : Paths.attributes(number));
    table.announce(prefix, path);
    if (isTooLarge(number)) {
      desired.remove(prefix);
    } else {
      desired.put(prefix, path);
    }
  }

  private void withdraw(Prefix prefix) {
    table.withdraw(prefix);
    desired.remove(prefix);
  }

  private void refresh(AddressFamily family) {
    table.refresh(family);
    peer.keySet().stream().filter(prefix -> prefix.family().equals(family)).forEach(asked::add);
  }

  private void drainAndCompare() {
    Paths.drain(table).forEach(this::read);
    assertThat(peer).isEqualTo(desired);
    assertThat(asked).isEmpty();
    for (AddressFamily family : List.of(V4, V6)) {
      assertThat(table.size(family))
          .isEqualTo((int) peer.keySet().stream().filter(p -> p.family().equals(family)).count());
    }
    assertThat(table.hasPending()).isFalse();
    assertThat(table.pendingSize()).isZero();
  }

  private void read(UpdateMessage update) {
    assertThat(update.faults()).isEmpty();
    update
        .withdrawn()
        .values()
        .forEach(
            all ->
                all.forEach(
                    prefix -> {
                      asked.remove((Prefix) prefix);
                      assertThat(peer.remove((Prefix) prefix))
                          .as("withdrawn %s", prefix)
                          .isNotNull();
                    }));
    update
        .announced()
        .values()
        .forEach(
            all ->
                all.forEach(
                    prefix -> {
                      boolean wanted = asked.remove((Prefix) prefix);
                      Path path = path(update);
                      Path before = peer.put((Prefix) prefix, path);
                      assertThat(wanted || !path.equals(before)).as("news of %s", prefix).isTrue();
                    }));
  }

  private static Path path(UpdateMessage update) {
    Optional<MpReach> reach = update.attributes().get(MpReach.class);
    IpAddress nextHop =
        reach.isPresent()
            ? reach.get().nextHopAddress().orElseThrow()
            : update.attributes().get(NextHop.class).orElseThrow().address();
    return new Path(update.attributes().without(3).without(14), Optional.of(nextHop));
  }
}
