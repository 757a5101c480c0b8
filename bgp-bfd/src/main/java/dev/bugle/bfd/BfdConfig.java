package dev.bugle.bfd;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What a BFD speaker is configured with.
 *
 * @param localAddresses where packets are received; empty: on every address of this host
 * @param realTimePriority of the thread, SCHED_FIFO 1 to 99, if this process may have it; 0: the
 *     thread is an ordinary one
 * @param jvmRealTime whether those threads of the JVM for which all others must wait run in real
 *     time too, as far as this process may: the VM thread, the garbage collector's, the quick
 *     compiler's
 * @param meters where its meters are registered (docs/metrics.md)
 */
public record BfdConfig(
    List<InetAddress> localAddresses,
    int realTimePriority,
    boolean jvmRealTime,
    MeterRegistry meters) {

  /** Checks the priority and copies the list. */
  public BfdConfig {
    localAddresses = List.copyOf(localAddresses);
    if (realTimePriority < 0 || realTimePriority > 99) {
      throw new IllegalArgumentException(
          "the real-time priority " + realTimePriority + " is not in 0 to 99");
    }
  }

  /** Begins a configuration; as it is, it is a good one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers a configuration; not thread-safe. */
  public static final class Builder {
    private final List<InetAddress> localAddresses = new ArrayList<>();
    private int realTimePriority = 50;
    private boolean jvmRealTime;
    private MeterRegistry meters = new CompositeMeterRegistry();

    private Builder() {}

    /**
     * Receives on this address, and not on all; may be called several times.
     *
     * @param address an IP literal; a link-local one with its interface, like {@code fe80::1%eth0}
     * @throws IllegalArgumentException when it is none, or there is no such interface
     */
    public Builder localAddress(String address) {
      localAddresses.add(IpLiteral.parseScoped(address));
      return this;
    }

    /** SCHED_FIFO priority of the thread, 1 to 99, or 0 for an ordinary thread; 50 by default. */
    public Builder realTimePriority(int value) {
      realTimePriority = value;
      return this;
    }

    /**
     * Whether the VM thread, the garbage collector and the quick compiler run in real time too
     * (SCHED_RR 1); false by default, since it concerns the whole process. Without it, a garbage
     * collection on a busy machine can hold BFD up by some ten milliseconds.
     */
    public Builder jvmRealTime(boolean value) {
      jvmRealTime = value;
      return this;
    }

    /** Where the meters are registered; by default nowhere. */
    public Builder meters(MeterRegistry registry) {
      meters = registry;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException saying which value is wrong
     */
    public BfdConfig build() {
      return new BfdConfig(localAddresses, realTimePriority, jvmRealTime, meters);
    }
  }
}
