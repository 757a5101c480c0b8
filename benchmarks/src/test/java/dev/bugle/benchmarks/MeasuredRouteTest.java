package dev.bugle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredRouteTest {

  private static Optional<MeasuredRoute.Change> changeIn(String hex) {
    return MeasuredRoute.changeIn(
        ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", ""))));
  }

  @Test
  void seesTheWithdrawal() {
    assertThat(changeIn("0005 20cb00710a 0000")).contains(MeasuredRoute.Change.WITHDRAWN);
  }

  @Test
  void seesTheWithdrawalAmongOthers() {
    assertThat(changeIn("000b 00 20cb00710b 20cb00710a 0000"))
        .contains(MeasuredRoute.Change.WITHDRAWN);
  }

  @Test
  void seesTheAnnouncement() {
    assertThat(changeIn("0000 0004 40010100 18c00002 20cb00710a"))
        .contains(MeasuredRoute.Change.ANNOUNCED);
  }

  @Test
  void whatIsWithdrawnAndAnnouncedInOneUpdateIsAnnounced() {
    assertThat(changeIn("0005 20cb00710a 0004 40010100 20cb00710a"))
        .contains(MeasuredRoute.Change.ANNOUNCED);
  }

  @Test
  void otherPrefixesAndEndOfRibAreNoChange() {
    assertThat(changeIn("0000 0000")).isEmpty();
    assertThat(changeIn("0005 20cb00710b 0000")).isEmpty();
    assertThat(changeIn("0004 18cb0071 0000")).isEmpty();
  }

  @Test
  void countsWhatIsAnnounced() {
    assertThat(announcedIn("0005 20cb00710a 0000")).isZero();
    assertThat(announcedIn("0000 0004 40010100 18c00002 20cb00710a 00")).isEqualTo(3);
  }

  private static int announcedIn(String hex) {
    return MeasuredRoute.announcedIn(
        ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", ""))));
  }
}
