package dev.bugle.advertiser.source;

import dev.bugle.advertiser.vip.Drain;
import dev.bugle.advertiser.vip.Vip;
import java.util.Optional;

/**
 * A VIP as its source states it. Its name tells it from others of that source, and is shown with
 * the name of the source before it: {@code cluster/default/web}. What its {@link
 * dev.bugle.advertiser.vip.Needs} name is looked up in the set that it is in first, and then in the
 * configuration.
 *
 * @param vip what is to be announced; its name has at most 320 letters, digits, and of {@code
 *     ._:/@-}, and begins with a letter or a digit
 * @param standing whether the source lets it be announced
 * @param drain that it is taken out of service, as {@code bugle drain} does it; empty: it is not
 */
public record SourcedVip(Vip vip, Standing standing, Optional<Drain> drain) {

  /** One that is in service. */
  public SourcedVip(Vip vip, Standing standing) {
    this(vip, standing, Optional.empty());
  }
}
