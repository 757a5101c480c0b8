package dev.bugle.advertiser.leadership;

import dev.bugle.advertiser.config.yaml.Section;
import dev.bugle.advertiser.time.Ticker;

/**
 * A kind of election: how it is written in the configuration, and how its electors are made. Those
 * that come with the advertiser are of this form, too.
 *
 * <p>One of your own is found by {@link java.util.ServiceLoader}: name its class in {@code
 * META-INF/services/dev.bugle.advertiser.leadership.ElectorProvider}, or say {@code provides} in
 * its {@code module-info}, and put it on the class path or module path of the program. There is one
 * instance for the whole process; any thread calls it.
 */
public interface ElectorProvider {

  /** The text of {@code type} that means it: lower-case letters, digits and dashes. */
  String type();

  /**
   * The keys below {@code type} and what becomes of them; {@link ElectorKeys#section} makes it. The
   * messages for a user who mistyped, and the reference page, come from there.
   */
  Section<? extends ElectorConfig> section();

  /**
   * Makes an elector that has not started. Touches nothing outside: that is for {@link
   * Elector#start}.
   *
   * @param name that of the leadership, for threads and messages
   * @param config one of this type: from {@link #section}, or made by a program
   * @param ticker the clock of every time in {@link Leadership}
   */
  Elector create(String name, ElectorConfig config, Ticker ticker);
}
