package dev.bugle.advertiser.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.addresses.Verdict.Standing;
import dev.bugle.bgp.linux.InterfaceAddress;
import dev.bugle.bgp.linux.Link;
import dev.bugle.bgp.wire.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added and removed, decided from tables. */
class PlanTest {

  private static final int MARK = LedgerEntry.MARK;
  private static final Prefix VIP = Prefix.parse("203.0.113.10/32");
  private static final Prefix VIP6 = Prefix.parse("2001:db8::10/128");
  private static final BoundAddress WANTED = new BoundAddress("lo", VIP);
  private static final LedgerEntry ENTRY = new LedgerEntry(1, "lo", VIP);

  private final List<Link> links =
      new ArrayList<>(List.of(new Link(1, "lo", true), new Link(2, "eth0", true)));
  private final List<InterfaceAddress> there = new ArrayList<>();

  private void there(int index, Prefix prefix, int length, int protocol) {
    InetAddress address = prefix.address().toInetAddress();
    there.add(new InterfaceAddress(index, address, length, protocol, false));
  }

  private Plan plan(boolean marks, Set<LedgerEntry> noted, BoundAddress... wanted) {
    return Plan.of(Set.of(wanted), noted, new Sight(links, there, marks));
  }

  @ParameterizedTest
  @CsvSource({
    // kernel keeps marks, noted, mark of the address (-1: it is not there), how it stands
    "true,  false, -1,  MISSING",
    "true,  true,  -1,  MISSING",
    "true,  false, 0,   THEIRS",
    "true,  true,  0,   THEIRS",
    "true,  true,  18,  THEIRS",
    "true,  true,  179, OURS",
    "true,  false, 179, OURS",
    "false, false, -1,  MISSING",
    "false, true,  -1,  MISSING",
    "false, false, 0,   THEIRS",
    "false, true,  0,   OURS",
  })
  void whoseAnAddressIsThatIsWanted(boolean marks, boolean noted, int mark, Standing expected) {
    if (mark >= 0) {
      there(1, VIP, 32, mark);
    }
    Plan plan = plan(marks, noted ? Set.of(ENTRY) : Set.of(), WANTED);
    assertThat(plan.verdicts().get(WANTED).standing()).isEqualTo(expected);
    assertThat(plan.surplus()).isEmpty();
    assertThat(plan.ours()).isEqualTo(expected == Standing.OURS ? Set.of(ENTRY) : Set.of());
    assertThat(plan.missing())
        .isEqualTo(expected == Standing.MISSING ? Map.of(WANTED, ENTRY) : Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "true,  false, -1,  false",
    "true,  true,  -1,  false",
    "true,  false, 0,   false",
    "true,  true,  0,   false",
    "true,  true,  18,  false",
    "true,  true,  179, true",
    "true,  false, 179, false", // perhaps that of another bugle
    "false, false, 0,   false",
    "false, true,  0,   true",
  })
  void whatIsRemovedThatNobodyWants(boolean marks, boolean noted, int mark, boolean isRemoved) {
    if (mark >= 0) {
      there(1, VIP, 32, mark);
    }
    Plan plan = plan(marks, noted ? Set.of(ENTRY) : Set.of());
    assertThat(plan.surplus()).isEqualTo(isRemoved ? Set.of(ENTRY) : Set.of());
    assertThat(plan.ours()).isEqualTo(plan.surplus());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAddressInANetworkIsNeverOurs(boolean marks) {
    there(1, VIP, 24, MARK);
    assertThat(plan(marks, Set.of(ENTRY)).surplus()).isEmpty();
    assertThat(plan(marks, Set.of(ENTRY), WANTED).verdicts().get(WANTED).standing())
        .isEqualTo(Standing.THEIRS);
  }

  @Test
  void theSameAddressOnAnotherInterfaceIsAnother() {
    there(2, VIP, 32, MARK);
    Plan plan = plan(true, Set.of(new LedgerEntry(2, "eth0", VIP)), WANTED);
    assertThat(plan.missing()).containsEntry(WANTED, ENTRY);
    assertThat(plan.surplus()).containsExactly(new LedgerEntry(2, "eth0", VIP));
  }

  @Test
  void anInterfaceThatIsNotThereIsSaid() {
    BoundAddress wanted = new BoundAddress("eth7", VIP6);
    Verdict verdict = plan(true, Set.of(), wanted).verdicts().get(wanted);
    assertThat(verdict.standing()).isEqualTo(Standing.NOWHERE);
    assertThat(verdict.obstacle()).contains("there is no interface eth7");
  }

  @Test
  void onAnInterfaceThatIsDownItIsPutThereAndNotUsable() {
    links.set(0, new Link(1, "lo", false));
    Plan plan = plan(true, Set.of(), WANTED);
    assertThat(plan.missing()).containsKey(WANTED);
    assertThat(plan.verdicts().get(WANTED).obstacle()).contains("interface lo is down");
  }

  @Test
  void anAddressThatAnotherHostHasIsNotUsable() {
    there.add(new InterfaceAddress(2, VIP6.address().toInetAddress(), 64, 0, true));
    BoundAddress wanted = new BoundAddress("eth0", VIP6);
    assertThat(plan(true, Set.of(), wanted).verdicts().get(wanted).obstacle().orElseThrow())
        .startsWith("another host has it");
  }

  @Test
  void anInterfaceWithANewNameLosesWhatWasMeantForTheOldOne() {
    links.set(0, new Link(1, "other", true));
    there(1, VIP, 32, MARK);
    Plan plan = plan(true, Set.of(ENTRY), WANTED);
    assertThat(plan.verdicts().get(WANTED).standing()).isEqualTo(Standing.NOWHERE);
    assertThat(plan.surplus()).containsExactly(ENTRY);
    // Without marks it may be another interface that has got the number.
    assertThat(plan(false, Set.of(ENTRY), WANTED).surplus()).isEmpty();
  }

  @Test
  void underItsNewNameItKeepsWhatIsMeantForThatOne() {
    links.set(0, new Link(1, "other", true));
    there(1, VIP, 32, MARK);
    BoundAddress wanted = new BoundAddress("other", VIP);
    Plan plan = plan(true, Set.of(ENTRY), wanted);
    assertThat(plan.verdicts().get(wanted).standing()).isEqualTo(Standing.OURS);
    assertThat(plan.surplus()).isEmpty();
    assertThat(plan.ours()).containsExactly(new LedgerEntry(1, "other", VIP));
  }

  @Test
  void anotherInterfaceWithTheOldNumberKeepsItsAddress() {
    links.set(0, new Link(1, "other", true));
    there(1, VIP, 32, 0);
    assertThat(plan(true, Set.of(ENTRY)).surplus()).isEmpty();
    assertThat(plan(false, Set.of(ENTRY)).surplus()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "6.18.44-generic, true",
    "5.18.0, true",
    "10.0, true",
    "5.100.1, true",
    "5.17.9, false",
    "5.4.0-1.el8, false",
    "4.18.0, false",
    "5, false",
    "'', false",
    "99999.1, false",
    "Darwin, false"
  })
  void marksAreTrustedSince518(String release, boolean expected) {
    assertThat(Sight.keepsMarks(release)).isEqualTo(expected);
  }
}
