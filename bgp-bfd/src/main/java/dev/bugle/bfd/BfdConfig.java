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
 * @param meters where its meters are registered (docs/metrics.md)
 */
public record BfdConfig(
    List<InetAddress> localAddresses, int realTimePriority, MeterRegistry meters) {

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
    private MeterRegistry meters = new CompositeMeterRegistry();

    private Builder() {}

    /**
     * Receives on this address, and not on all; may be called several times.
     *
     * @param address an IP literal
     */
    public Builder localAddress(String address) {
      localAddresses.add(IpLiteral.parse(address));
      return this;
    }

    /** SCHED_FIFO priority of the thread, 1 to 99, or 0 for an ordinary thread; 50 by default. */
    public Builder realTimePriority(int value) {
      realTimePriority = value;
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
      return new BfdConfig(localAddresses, realTimePriority, meters);
    }
  }
}
