package dev.bugle.advertiser.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** When a program whose VIPs are decided on calls itself ready. */
public enum ReadyWhen {
  /** Every peer of the configuration is established and has been told everything. */
  ALL_PEERS,
  /** One peer is and has, be it of the configuration or of a range, or there is none to be. */
  ANY_PEER,
  /** At once, whatever becomes of the sessions. */
  DECIDED;

  /** All of them by what they are called in the file. */
  static Map<String, ReadyWhen> words() {
    Map<String, ReadyWhen> words = new LinkedHashMap<>();
    for (ReadyWhen one : values()) {
      words.put(one.toString(), one);
    }
    return words;
  }

  /** As in the file: {@code any-peer}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
