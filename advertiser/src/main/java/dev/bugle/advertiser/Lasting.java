package dev.bugle.advertiser;

import dev.bugle.advertiser.config.AdminConfig;
import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.bgp.BmpConfig;
import dev.bugle.bgp.SpeakerConfig;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stays for as long as the program runs. */
final class Lasting {

  private final List<String> refusals = new ArrayList<>();

  private Lasting() {}

  /**
   * What the other configuration has otherwise of it, each with what it is and what was wanted.
   *
   * @param isBinding whether the ledger of addresses is in use
   */
  static List<String> refusals(AdvertiserConfig before, AdvertiserConfig next, boolean isBinding) {
    Lasting lasting = new Lasting();
    SpeakerConfig was = before.speaker();
    SpeakerConfig wanted = next.speaker();
    lasting.require("speaker.local-as", was.asn(), wanted.asn());
    lasting.require("speaker.router-id", was.routerId(), wanted.routerId());
    lasting.require("speaker.listen", listen(was), listen(wanted));
    lasting.require("speaker.bmp", was.bmp().map(Lasting::text), wanted.bmp().map(Lasting::text));
    if (isBinding) {
      lasting.require("address-ledger", before.host().addressLedger(), next.host().addressLedger());
    }
    lasting.requireAdmin(before.host().admin(), next.host().admin());
    return lasting.refusals;
  }

  private static List<String> listen(SpeakerConfig speaker) {
    return speaker.listen().stream().map(Lasting::text).toList();
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + " port " + address.getPort();
  }

  private static String text(BmpConfig bmp) {
    return "a station at "
        + text(bmp.station())
        + " that is told of "
        + bmp.tables().stream().sorted().toList()
        + " by "
        + bmp.sysName()
        + ", statistics every "
        + bmp.statistics().toMillis()
        + " ms, backlog "
        + bmp.longestBacklog();
  }

  private void requireAdmin(Optional<AdminConfig> was, Optional<AdminConfig> wanted) {
    if (was.isPresent() != wanted.isPresent() || isOff(was) != isOff(wanted)) {
      require("admin", was.map(Lasting::places), wanted.map(Lasting::places));
    } else if (was.isPresent()) {
      AdminConfig one = was.get();
      AdminConfig other = wanted.orElse(one);
      require("admin.listen", one.listen(), other.listen());
      require("admin.token-file", one.tokenFile(), other.tokenFile());
      require("admin.tls", one.tls(), other.tls());
      require("admin.plaintext", one.plaintext(), other.plaintext());
    }
  }

  private static boolean isOff(Optional<AdminConfig> admin) {
    return admin.filter(one -> one.listen().isEmpty()).isPresent();
  }

  private static String places(AdminConfig admin) {
    return admin.listen().isEmpty() ? "off" : "at " + admin.listen();
  }

  private void require(String key, Object was, Object wanted) {
    if (!was.equals(wanted)) {
      refusals.add(
          key
              + ": is "
              + text(was)
              + ", wanted "
              + text(wanted)
              + "; this cannot change while the program runs: restart the program, or take it"
              + " back");
    }
  }

  private static String text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Object::toString).orElse("not set")
        : value.toString();
  }
}
