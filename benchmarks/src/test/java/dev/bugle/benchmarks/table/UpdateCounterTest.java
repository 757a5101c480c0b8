package dev.bugle.benchmarks.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdateCounterTest {

  private final PrefixSet prefixes = PrefixSet.random(100, new Random(1));
  private final UpdateCounter counter = new UpdateCounter(prefixes);

  private byte[] encoded(int... numbers) {
    ByteBuffer all = ByteBuffer.allocate(1000);
    for (int number : numbers) {
      int length = prefixes.length(number);
      all.put((byte) length);
      for (int octet = 0; octet < (length + 7) / 8; octet++) {
        all.put((byte) (prefixes.address(number) >>> (24 - 8 * octet)));
      }
    }
    byte[] octets = new byte[all.position()];
    all.flip().get(octets);
    return octets;
  }

  private void take(byte[] withdrawn, byte[] attributes, byte[] announced, long now)
      throws IOException {
    ByteBuffer message =
        ByteBuffer.allocate(4 + 23 + withdrawn.length + attributes.length + announced.length)
            .position(4 + 19) // not at the start of the buffer
            .putShort((short) withdrawn.length)
            .put(withdrawn)
            .putShort((short) attributes.length)
            .put(attributes)
            .put(announced);
    counter.take(message.clear(), 4, message.limit(), now);
  }

  @Test
  void prefixesCountOnceHoweverOftenTheyAreAnnounced() throws IOException {
    take(new byte[0], new byte[] {1, 2, 3}, encoded(0, 1, 99), 1000);
    take(new byte[0], new byte[3], encoded(1), 2000);
    assertThat(counter.count()).isEqualTo(3);
    assertThat(counter.announcements()).isEqualTo(4);
    assertThat(counter.changed()).isEqualTo(2000);
    assertThat(counter.complete()).isFalse();
  }

  @Test
  void itIsCompleteWhenAllAreAnnouncedAndNoLongerWhenOneIsWithdrawn() throws IOException {
    for (int number = 0; number < 100; number++) {
      assertThat(counter.complete()).isFalse();
      take(new byte[0], new byte[0], encoded(number), number);
    }
    assertThat(counter.complete()).isTrue();
    take(encoded(4, 5), new byte[0], new byte[0], 200);
    assertThat(counter.complete()).isFalse();
    assertThat(counter.count()).isEqualTo(98);
    take(encoded(4), new byte[0], encoded(5), 300);
    assertThat(counter.count()).isEqualTo(99);
  }

  @Test
  void anEndOfRibChangesNothing() throws IOException {
    take(new byte[0], new byte[0], encoded(3), 1000);
    take(new byte[0], new byte[0], new byte[0], 2000);
    assertThat(counter.changed()).isEqualTo(1000);
  }

  @Test
  void aPrefixThatNobodySentIsAnError() {
    assertThatThrownBy(() -> take(new byte[0], new byte[0], new byte[] {8, 10}, 1))
        .hasMessage("a prefix that nobody has sent, 0a000000/8");
  }

  @Test
  void lengthsThatDoNotFitAreErrors() {
    assertThatThrownBy(() -> take(new byte[0], new byte[0], new byte[] {24, 1, 2}, 1))
        .hasMessageContaining("24 bits");
    assertThatThrownBy(() -> take(new byte[0], new byte[0], new byte[] {(byte) 200}, 1))
        .hasMessageContaining("200 bits");
    ByteBuffer tooLong = ByteBuffer.allocate(23).putShort(19, (short) 40);
    assertThatThrownBy(() -> counter.take(tooLong, 0, 23, 1)).hasMessageContaining("do not fit");
    ByteBuffer attributes = ByteBuffer.allocate(23).putShort(21, (short) 1);
    assertThatThrownBy(() -> counter.take(attributes, 0, 23, 1)).hasMessageContaining("do not fit");
    assertThatThrownBy(() -> counter.take(ByteBuffer.allocate(22), 0, 22, 1))
        .hasMessageContaining("22 octets");
  }
}
