package dev.bugle.advertiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.AdvertiserConfig;
import dev.bugle.bgp.BmpConfig;
import dev.bugle.bgp.SpeakerConfig;
import org.junit.jupiter.api.Test;

/** What cannot change while the program runs. */
class LastingTest {

  private static AdvertiserConfig told(String... stations) {
    SpeakerConfig.Builder speaker = SpeakerConfig.builder(65001, "192.0.2.1");
    for (String station : stations) {
      speaker.bmp(BmpConfig.to(station, 11019));
    }
    return AdvertiserConfig.builder(speaker.build()).build();
  }

  @Test
  void anotherBmpStationIsRefusedByName() {
    assertThat(Lasting.refusals(told("192.0.2.9"), told("192.0.2.9"), false)).isEmpty();
    assertThat(Lasting.refusals(told(), told("192.0.2.9"), false))
        .singleElement()
        .asString()
        .startsWith("speaker.bmp: is not set, wanted a station at 192.0.2.9 port 11019 ")
        .endsWith("restart the program, or take it back");
    assertThat(Lasting.refusals(told("192.0.2.9"), told("192.0.2.8"), false)).hasSize(1);
    assertThat(Lasting.refusals(told("192.0.2.9"), told(), false)).hasSize(1);
  }
}
