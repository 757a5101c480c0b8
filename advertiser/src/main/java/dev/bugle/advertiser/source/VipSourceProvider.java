package dev.bugle.advertiser.source;

import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.time.Ticker;

/**
 * A kind of source: how it is written in the configuration, and how its sources are made.
 *
 * <p>It is found by {@link java.util.ServiceLoader}: name its class in {@code
 * META-INF/services/dev.bugle.advertiser.source.VipSourceProvider}, or say {@code provides} in its
 * {@code module-info}, and put it on the class path or module path of the program. There is one
 * instance for the whole process; any thread calls it.
 */
public interface VipSourceProvider {

  /** The text of {@code type} that means it: lower-case letters, digits and dashes. */
  String type();

  /**
   * The keys and what becomes of them; {@link dev.bugle.advertiser.config.yaml.Variants#TYPE} must
   * be one of them. The messages for a user who mistyped, and the reference page, come from there.
   */
  Section<? extends VipSourceConfig> section();

  /**
   * Makes a source that has not started. Opens nothing, and touches nothing outside: that is for
   * {@link VipSource#start}.
   *
   * @param name that of the source, for threads and messages
   * @param config one of this type: from {@link #section}, or made by a program
   * @param ticker the clock of every time in {@link Standing}, {@link
   *     dev.bugle.advertiser.vip.Drain} and {@link Verdict}
   */
  VipSource create(String name, VipSourceConfig config, Ticker ticker);
}
