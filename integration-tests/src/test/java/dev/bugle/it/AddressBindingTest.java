package dev.bugle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** VIPs on the interfaces of a machine, put there and taken away by processes that may die. */
@ExtendWith(NothingLeftBehind.class)
@Timeout(120)
class AddressBindingTest {

  private static final String VIP = "203.0.113.10/32";
  private static final String VIP6 = "2001:db8:cafe::10/128";
  private static final String OTHER = "203.0.113.11/32";
  private static final String[] WITHOUT_RIGHTS = {"setpriv", "--bounding-set=-net_admin"};

  private final Lab lab = new NamespaceLab();
  private final List<AddressHolder> holders = new ArrayList<>();
  private Machine machine;
  private ScratchDirectory directory;

  @BeforeEach
  void makeMachine() {
    RequiredPeers.demand(lab.missing());
    machine = lab.newMachine();
    directory = ScratchDirectory.create();
  }

  @AfterEach
  void cleanUp() {
    holders.forEach(AddressHolder::close);
    if (machine != null) {
      machine.close();
      directory.remove();
    }
  }

  private Path ledger() {
    return directory.path().resolve("run/addresses");
  }

  private AddressHolder holder(String... prefix) {
    AddressHolder holder = AddressHolder.start(machine, ledger(), prefix);
    holders.add(holder);
    return holder;
  }

  private String ip(String command) {
    return machine.run(("ip " + command).split(" ")).succeeded();
  }

  /** What {@code ip} shows of the VIPs, whoever has put them there. */
  private List<String> vips() {
    return ip("-o address show")
        .lines()
        .filter(line -> line.contains(" 203.0.113.") || line.contains(" 2001:db8:cafe:"))
        .map(line -> line.replaceAll("\\S+ +(\\S+) +inet6? (\\S+) .*", "$2@$1"))
        .sorted()
        .toList();
  }

  private void awaitVips(String... expected) {
    Eventually.see(
        "the machine has " + List.of(expected),
        Deadlines.START,
        this::vips,
        seen -> seen.equals(List.of(expected)));
  }

  @Test
  void addressesOfBothFamiliesAreOnLoWhileTheyAreWantedAndNoLonger() throws Exception {
    AddressHolder holder = holder().set(VIP + "@lo", VIP6 + "@lo");
    holder
        .await(VIP + " on lo: BOUND, bugle has put it there")
        .await(VIP6 + " on lo: BOUND, bugle has put it there");
    assertThat(vips()).containsExactly(VIP6 + "@lo", VIP + "@lo");

    holder.set(VIP6 + "@lo");
    awaitVips(VIP6 + "@lo");

    holder.end();
    assertThat(vips()).isEmpty();
  }

  @Test
  void anAddressIsOfHostScopeOrDeprecatedAndUsableAtOnce() {
    holder().set(VIP + "@eth0", VIP6 + "@eth0").await(VIP6 + " on eth0: BOUND");
    awaitVips(VIP6 + "@eth0", VIP + "@eth0");
    String shown = ip("-d address show dev eth0");
    assertThat(shown.lines().filter(line -> line.contains(VIP)).toList())
        .singleElement()
        .asString()
        .contains("scope host");
    assertThat(shown.lines().filter(line -> line.contains(VIP6)).toList())
        .singleElement()
        .asString()
        .contains("nodad", "deprecated", "noprefixroute")
        .doesNotContain("tentative");
    assertThat(shown).contains("valid_lft forever preferred_lft 0sec");
    assertThat(ip("-6 route show")).doesNotContain("2001:db8:cafe::10");

    String hostV6 = machine.wire().hostV6();
    assertThat(ip("route get " + machine.wire().hostV4())).doesNotContain("203.0.113.10");
    assertThat(ip("route get " + hostV6)).contains("src " + machine.wire().routerV6());
  }

  @Test
  void evenAHostWithoutAnotherAddressDoesNotSpeakAsItsVip() {
    ip("address del " + machine.wire().routerV4() + "/29 dev eth0");
    ip("route add default dev eth0");
    holder().set(VIP + "@lo").await(VIP + " on lo: BOUND");
    assertThat(ip("route get 198.51.100.1")).doesNotContain("203.0.113.10");
  }

  @Test
  void packetsFromTheWireToTheVipAreForThisHostAndItsAnswersGoOut() {
    ip("link set lo up");
    holder()
        .set(VIP + "@lo", VIP6 + "@lo")
        .await(VIP6 + " on lo: BOUND")
        .await(VIP + " on lo: BOUND");
    String host = machine.wire().hostV4();
    String host6 = machine.wire().hostV6();
    assertThat(ip("route get 203.0.113.10 from " + host + " iif eth0")).startsWith("local ");
    assertThat(ip("route get 2001:db8:cafe::10 from " + host6 + " iif eth0")).startsWith("local ");
    assertThat(ip("route get " + host + " from 203.0.113.10")).contains("dev eth0");
    assertThat(ip("route get " + host6 + " from 2001:db8:cafe::10")).contains("dev eth0");
  }

  @Test
  void whatTheOperatorHasPutThereCountsAndStays() throws Exception {
    ip("address add " + VIP + " dev lo");
    ip("address add 203.0.113.11/24 dev eth0");
    ip("-6 address add " + VIP6 + " dev eth0 nodad");
    AddressHolder holder = holder().set(VIP + "@lo", OTHER + "@eth0", VIP6 + "@eth0");
    holder
        .await(VIP + " on lo: BOUND, somebody else has put it there")
        .await(OTHER + " on eth0: BOUND, somebody else has put it there")
        .await(VIP6 + " on eth0: BOUND, somebody else has put it there");
    holder.end();
    assertThat(vips())
        .containsExactlyInAnyOrder(VIP6 + "@eth0", "203.0.113.11/24@eth0", VIP + "@lo");
  }

  @Test
  void theNextProcessRemovesWhatAKilledOneHasLeftAndNothingElse() throws Exception {
    ip("address add 203.0.113.12/32 dev lo");
    AddressHolder killed = holder().set(VIP + "@lo", VIP6 + "@eth0", OTHER + "@eth0");
    killed.await(VIP6 + " on eth0: BOUND").await(OTHER + " on eth0: BOUND");
    killed.kill();
    assertThat(vips())
        .containsExactly(VIP6 + "@eth0", VIP + "@lo", OTHER + "@eth0", "203.0.113.12/32@lo");

    AddressHolder next = holder().awaitOutput("open");
    assertThat(vips()).contains(VIP + "@lo"); // until it is said what is wanted
    next.set(OTHER + "@eth0").await("[" + OTHER + " on eth0: BOUND, bugle has put it there");
    awaitVips(OTHER + "@eth0", "203.0.113.12/32@lo");
    next.end();
    assertThat(vips()).containsExactly("203.0.113.12/32@lo");
  }

  @Test
  void whatIsStillWantedIsTakenOverWithoutAGap() throws Exception {
    AddressHolder first = holder().set(VIP + "@lo", VIP6 + "@lo");
    first.await(VIP6 + " on lo: BOUND").await(VIP + " on lo: BOUND");
    first.leave();
    assertThat(vips()).containsExactly(VIP6 + "@lo", VIP + "@lo");
    HostProcess monitor =
        HostProcess.start(
            ScratchDirectory.create(),
            Map.of(),
            List.of("ip", "-n", machine.name(), "monitor", "address"));
    try {
      NetlinkListener.await(monitor.process());
      AddressHolder second = holder().set(VIP + "@lo", VIP6 + "@lo");
      second.await(VIP6 + " on lo: BOUND, bugle has put it there");
      second.end();
      assertThat(vips()).isEmpty();
      monitor.awaitOutput("Deleted");
      Eventually.see(
          "the removal of both",
          Deadlines.START,
          monitor::out,
          out -> out.lines().filter(line -> line.startsWith("Deleted")).count() == 2);
      assertThat(monitor.out().lines().filter(line -> line.contains("203.0.113.10")))
          .as("removed at the end, and neither removed nor added before")
          .hasSize(1);
    } finally {
      monitor.close();
    }
  }

  @Test
  void whatSomebodyRemovesComesBack() {
    holder().set(VIP + "@eth0", VIP6 + "@eth0").await(VIP6 + " on eth0: BOUND");
    awaitVips(VIP6 + "@eth0", VIP + "@eth0");
    ip("address del " + VIP + " dev eth0");
    ip("-6 address del " + VIP6 + " dev eth0");
    awaitVips(VIP6 + "@eth0", VIP + "@eth0");
  }

  @Test
  void anAddressThatTheOperatorPutsInThePlaceOfOursIsHis() throws Exception {
    AddressHolder holder = holder().set(VIP + "@lo").await(VIP + " on lo: BOUND, bugle");
    // Both in one, so that ours does not come back in between.
    machine
        .run(
            "sh",
            "-c",
            "printf 'address del %s dev lo\\naddress add %s dev lo\\n' | ip -batch -"
                .formatted(VIP, VIP))
        .succeeded();
    holder.await(VIP + " on lo: BOUND, somebody else has put it there");
    holder.end();
    assertThat(vips()).containsExactly(VIP + "@lo");
  }

  @Test
  void anInterfaceMayComeLaterGoDownBeRenamedAndGo() throws Exception {
    AddressHolder holder = holder().set(VIP + "@vip0", VIP6 + "@vip0");
    holder.await(VIP + " on vip0: FAILED, there is no interface vip0");

    ip("link add vip0 type veth peer name vip1");
    holder.await(VIP + " on vip0: FAILED, interface vip0 is down");
    ip("link set vip0 up");
    holder.await(VIP + " on vip0: BOUND").await(VIP6 + " on vip0: BOUND");
    awaitVips(VIP6 + "@vip0", VIP + "@vip0");

    ip("link set vip0 down"); // which takes IPv6 addresses away
    holder.await(VIP6 + " on vip0: FAILED, interface vip0 is down");
    ip("link set vip0 up");
    holder.await(VIP + " on vip0: BOUND").await(VIP6 + " on vip0: BOUND");
    awaitVips(VIP6 + "@vip0", VIP + "@vip0");

    ip("link set vip0 down");
    ip("link set vip0 name vip2");
    ip("link set vip2 up");
    holder.await(VIP6 + " on vip0: FAILED, there is no interface vip0");
    awaitVips();
    ip("link set vip2 down");
    ip("link set vip2 name vip0");
    ip("link set vip0 up");
    holder.await(VIP + " on vip0: BOUND").await(VIP6 + " on vip0: BOUND");

    ip("link del vip0");
    holder.await(VIP6 + " on vip0: FAILED, there is no interface vip0");
    ip("link add vip0 type veth peer name vip1");
    ip("link set vip0 up");
    holder.await(VIP + " on vip0: BOUND").await(VIP6 + " on vip0: BOUND");
    awaitVips(VIP6 + "@vip0", VIP + "@vip0");
    holder.end();
    assertThat(vips()).isEmpty();
  }

  @Test
  void anotherInterfaceWithTheNumberOfOursKeepsItsAddress() throws Exception {
    ip("link add name vip0 index 77 type veth peer name vip1");
    ip("link set vip0 up");
    AddressHolder killed = holder().set(VIP + "@vip0").await(VIP + " on vip0: BOUND");
    killed.kill();
    ip("link del vip0");
    ip("link add name new0 index 77 type veth peer name new1");
    ip("address add " + VIP + " dev new0");
    holder().set(OTHER + "@lo").await("[" + OTHER + " on lo: BOUND").end();
    assertThat(vips()).containsExactly(VIP + "@new0");
  }

  @Test
  void withoutTheCapabilityItSaysWhichIsMissing() {
    holder(WITHOUT_RIGHTS)
        .set(VIP + "@lo")
        .await(VIP + " on lo: FAILED, cannot be put there: RTM_NEWADDR: Operation not permitted")
        .await("; give the process CAP_NET_ADMIN");
    assertThat(vips()).isEmpty();
  }

  @Test
  void whatCannotBeRemovedIsShownAndLeftToTheNextProcess() throws Exception {
    holder().set(VIP + "@lo").await(VIP + " on lo: BOUND").kill();
    AddressHolder powerless = holder(WITHOUT_RIGHTS).set(OTHER + "@lo");
    powerless.await(VIP + " on lo: FAILED, cannot be taken away: RTM_DELADDR");
    powerless.end();
    powerless.awaitOutput("these addresses are left to the next process: [" + VIP + " on lo]");
    assertThat(vips()).containsExactly(VIP + "@lo");
    holder().awaitOutput("open").end();
    assertThat(vips()).isEmpty();
  }

  @Test
  void aSwitchedOffFamilyIsNotTakenForALackOfRights() {
    machine.run("sysctl", "-qw", "net.ipv6.conf.lo.disable_ipv6=1").succeeded();
    holder()
        .set(VIP + "@lo", VIP6 + "@lo")
        .await(VIP6 + " on lo: FAILED, cannot be put there: RTM_NEWADDR: Permission denied (")
        .await("IPv6 is disabled")
        .await(VIP + " on lo: BOUND");
  }

  @Test
  void aSecondProcessWithTheSameFileIsRefusedByName() throws Exception {
    AddressHolder first = holder().set(VIP + "@lo").await(VIP + " on lo: BOUND");
    AddressHolder second = holder();
    second.awaitOutput(ledger() + ".lock is held by process ");
    assertThat(second.awaitExitCode()).isNotZero();
    assertThat(vips()).containsExactly(VIP + "@lo");
    first.end();
    assertThat(vips()).isEmpty();
  }

  @Test
  void anAddressWithOurMarkIsTakenOverWhenTheFileIsLost() throws Exception {
    holder().set(VIP + "@lo", OTHER + "@lo").await(OTHER + " on lo: BOUND").kill();
    Files.delete(ledger());
    holder().set(VIP + "@lo").await("[" + VIP + " on lo: BOUND, bugle has put it there").end();
    assertThat(vips()).containsExactly(OTHER + "@lo"); // which nobody has asked for
  }

  @Test
  void aFileOfAnotherBootOrATornOneIsNotActedUpon() throws Exception {
    holder().set(VIP + "@lo").await(VIP + " on lo: BOUND").kill();
    String text = Files.readString(ledger());
    Files.writeString(ledger(), text.replaceFirst("boot \\S+", "boot another"));
    holder().set(OTHER + "@lo").await("[" + OTHER + " on lo: BOUND").end();
    assertThat(vips()).containsExactly(VIP + "@lo");

    Files.writeString(ledger(), text.substring(0, text.length() - 3));
    AddressHolder warned = holder().set().awaitOutput("it is not a whole one");
    warned.end();
    assertThat(vips()).containsExactly(VIP + "@lo");

    Files.writeString(ledger(), text);
    holder().awaitOutput("open").end();
    assertThat(vips()).isEmpty();
  }

  @Test
  void whatCannotBeNotedIsNotPutThere() throws Exception {
    AddressHolder holder = holder().awaitOutput("open");
    Files.createDirectory(Path.of(ledger() + ".new")); // in the way
    holder
        .set(VIP + "@lo")
        .await(VIP + " on lo: FAILED, is not put there, since it cannot be noted");
    assertThat(vips()).isEmpty();
    Files.delete(Path.of(ledger() + ".new"));
    holder.await(VIP + " on lo: BOUND"); // by itself
  }
}
