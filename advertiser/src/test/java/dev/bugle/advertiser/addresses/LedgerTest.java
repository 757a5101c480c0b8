package dev.bugle.advertiser.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.bgp.wire.Prefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that outlives a process. */
class LedgerTest {

  private static final Origin HERE = new Origin("boot-1", "net:[4026531840]");
  private static final LedgerEntry LO = new LedgerEntry(1, "lo", Prefix.parse("203.0.113.10/32"));
  private static final LedgerEntry ETH =
      new LedgerEntry(12, "eth0", Prefix.parse("2001:db8::10/128"));
  private static final String WHOLE =
      """
      bugle addresses 1
      boot boot-1
      namespace net:[4026531840]
      1 lo 203.0.113.10/32
      12 eth0 2001:db8::10/128
      end 2
      """;

  @TempDir private Path dir;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = dir.resolve("run/addresses");
  }

  private Set<LedgerEntry> read() {
    try (Ledger ledger = Ledger.open(path, HERE)) {
      return ledger.entries();
    }
  }

  private Set<LedgerEntry> readOf(byte[] content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(path, content);
    return read();
  }

  private Set<LedgerEntry> readOf(String content) throws IOException {
    return readOf(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsNotedIsReadByTheNext() throws Exception {
    assertThat(read()).isEmpty();
    try (Ledger ledger = Ledger.open(path, HERE)) {
      ledger.note(Set.of(LO, ETH));
      assertThat(ledger.entries()).containsExactlyInAnyOrder(LO, ETH);
    }
    assertThat(Files.readString(path)).isEqualTo(WHOLE);
    assertThat(read()).containsExactlyInAnyOrder(LO, ETH);
    try (Ledger ledger = Ledger.open(path, HERE)) {
      ledger.note(Set.of());
    }
    assertThat(read()).isEmpty();
  }

  @Test
  void truncatedAtEveryOctetItCountsForNothing() throws Exception {
    byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      assertThat(readOf(Arrays.copyOf(whole, length))).as("%d octets", length).isEmpty();
    }
    assertThat(readOf(whole)).hasSize(2);
  }

  @Test
  void anotherBootOrNamespaceCountsForNothing() throws Exception {
    assertThat(readOf(WHOLE.replace("boot-1", "boot-2"))).isEmpty();
    assertThat(readOf(WHOLE.replace("4026531840", "4026531841"))).isEmpty();
  }

  @Test
  void whatIsNoLedgerCountsForNothing() throws Exception {
    assertThat(readOf(WHOLE.replace("addresses 1", "addresses 2"))).isEmpty();
    assertThat(readOf(WHOLE.replace("end 2", "end 1"))).isEmpty();
    assertThat(readOf(WHOLE.replace("1 lo 203", "0 lo 203"))).isEmpty();
    assertThat(readOf(WHOLE.replace("1 lo 203", "99999999999 lo 203"))).isEmpty();
    assertThat(readOf(WHOLE.replace("203.0.113.10/32", "203.0.113.0/24"))).isEmpty();
    assertThat(readOf(WHOLE.replace("203.0.113.10/32", "nonsense"))).isEmpty();
    assertThat(readOf(WHOLE.replace(" lo ", " not/one "))).isEmpty();
    assertThat(readOf("x".repeat(2_000_000))).isEmpty();
  }

  @Test
  void aDirectoryInItsPlaceCountsForNothing() throws Exception {
    Files.createDirectories(path);
    assertThat(read()).isEmpty();
  }

  @Test
  void garbageIsNeverTakenForOtherAddresses() throws Exception {
    Random random = new Random(11);
    byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
    for (int run = 0; run < 500; run++) {
      byte[] mutilated = whole.clone();
      for (int i = 0; i < 3; i++) {
        mutilated[random.nextInt(mutilated.length)] = (byte) random.nextInt(0x80, 0x100);
      }
      assertThat(readOf(mutilated)).isSubsetOf(LO, ETH);
    }
  }

  @Test
  void onlyOneHasItAtATime() {
    try (Ledger first = Ledger.open(path, HERE)) {
      assertThatThrownBy(() -> Ledger.open(path, HERE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(path + ".lock is held by this process")
          .hasMessageContaining("give each bugle that binds addresses a file of its own");
      assertThat(first.entries()).isEmpty();
    }
    assertThat(read()).isEmpty();
  }

  @Test
  void aPathThatCannotBeIsRefusedByName() throws Exception {
    Files.writeString(dir.resolve("file"), "");
    Path impossible = dir.resolve("file/addresses");
    assertThatThrownBy(() -> Ledger.open(impossible, HERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(dir.resolve("file").toString());
  }

  @Test
  void whatCannotBeWrittenLeavesWhatWas() throws Exception {
    try (Ledger ledger = Ledger.open(path, HERE)) {
      ledger.note(Set.of(LO));
      Files.createDirectory(path.resolveSibling("addresses.new"));
      assertThatThrownBy(() -> ledger.note(Set.of(LO, ETH))).isInstanceOf(IOException.class);
      assertThat(ledger.entries()).containsExactly(LO);
    }
    assertThat(read()).containsExactly(LO);
  }

  @Test
  void aDirectoryThatWasRemovedIsMadeAgain() throws Exception {
    try (Ledger ledger = Ledger.open(path, HERE)) {
      Files.delete(path.resolveSibling("addresses.lock"));
      Files.delete(path.getParent());
      ledger.note(Set.of(LO));
    }
    assertThat(read()).containsExactly(LO);
  }
}
