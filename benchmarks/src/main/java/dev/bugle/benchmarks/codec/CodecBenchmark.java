package dev.bugle.benchmarks.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One invocation takes {@link #prefixes} NLRI through the codec. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

  /** A name of {@link Contender#ALL}. */
  @Param("bgp-core")
  public String contender = "";

  /** A name of {@link SyntheticTable.Packing}. */
  @Param({"packed", "single"})
  public String packing = "";

  /** How many the table has. */
  @Param("1000000")
  public int prefixes;

  private Contender codec = new BgpCoreContender();
  private SyntheticTable table = SyntheticTable.of(SyntheticTable.Packing.single, 1);

  /** For JMH. */
  public CodecBenchmark() {}

  /** Makes the table. */
  @Setup
  public void prepare() {
    codec = Contender.named(contender);
    table = SyntheticTable.of(SyntheticTable.Packing.valueOf(packing), prefixes);
  }

  /** From octets to objects, which nobody keeps. */
  @Benchmark
  public void decode(Blackhole reader) {
    ByteBuf stream = table.stream().duplicate();
    while (stream.isReadable()) {
      reader.consume(codec.decode(stream));
    }
  }

  /** The objects to be written, of a contender's own. */
  @State(Scope.Thread)
  public static class Messages {
    private final List<Object> all = new ArrayList<>();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 16);

    /** For JMH. */
    public Messages() {}

    /** Reads them, once. */
    @Setup(Level.Trial)
    public void prepare(CodecBenchmark benchmark) {
      ByteBuf stream = benchmark.table.stream().duplicate();
      while (stream.isReadable()) {
        all.add(benchmark.codec.decode(stream));
      }
    }
  }

  /** From objects to octets; each message over the one before it. */
  @Benchmark
  public void encode(Messages messages, Blackhole reader) {
    for (Object message : messages.all) {
      messages.out.clear();
      codec.encode(message, messages.out);
      reader.consume(messages.out.readableBytes());
    }
  }
}
