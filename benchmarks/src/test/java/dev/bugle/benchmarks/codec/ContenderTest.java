package dev.bugle.benchmarks.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContenderTest {

  static Stream<Arguments> each() {
    return Contender.ALL.keySet().stream()
        .flatMap(
            name ->
                Stream.of(SyntheticTable.Packing.values())
                    .map(packing -> Arguments.of(name, packing)));
  }

  @ParameterizedTest
  @MethodSource("each")
  void whatIsDecodedIsEncodedToTheSameOctets(String name, SyntheticTable.Packing packing) {
    Contender contender = Contender.named(name);
    SyntheticTable table = SyntheticTable.of(packing, 2_000);
    ByteBuf stream = table.stream();
    int messages = 0;
    while (stream.isReadable()) {
      ByteBuf before = stream.duplicate();
      Object message = contender.decode(stream);
      ByteBuf out = Unpooled.buffer();
      contender.encode(message, out);
      assertThat(out).isEqualTo(before.readSlice(stream.readerIndex() - before.readerIndex()));
      messages++;
    }
    stream.release();
    assertThat(messages).isEqualTo(table.messages());
  }
}
