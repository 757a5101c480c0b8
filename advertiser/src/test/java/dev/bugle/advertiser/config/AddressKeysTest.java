package dev.bugle.advertiser.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.Cursor;
import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Faults;
import dev.bugle.advertiser.config.yaml.YamlParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file says of VIPs on interfaces. */
class AddressKeysTest {

  private final Faults faults = new Faults("b.yaml");

  private Cursor at(String value) {
    return Cursor.root(YamlParser.parse(value, faults).orElseThrow(), faults);
  }

  private Optional<String> bind(String value) {
    return AddressKeys.BIND.type().read(at(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lo", "eth0", "eth0.100", "dummy-vip", "0123456789abcde"})
  void anInterfaceIsGivenByItsName(String name) {
    assertThat(bind("'" + name + "'")).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "0123456789abcdef",
        "a b",
        "a/b",
        "'a:b'",
        ".",
        "..",
        "{name: lo}",
        "[lo]",
        "~"
      })
  void whatIsNoNameIsRefused(String value) {
    assertThat(bind(value)).isEmpty();
    List<Fault> found = faults.sorted();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).toString()).contains("expected the name of an interface such as lo");
  }

  @Test
  void theLedgerIsInRunUnlessItIsSaidOtherwise() {
    assertThat(AddressKeys.LEDGER.defaultText()).contains("/run/bugle/addresses");
    assertThat(AddressKeys.LEDGER.type().read(at("/var/lib/bugle/addresses")))
        .contains(Path.of("/var/lib/bugle/addresses"));
  }
}
