package dev.bugle.advertiser.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Strangers must not take the sockets that BGP needs. */
class OpenFilesTest {

  @Test
  void halfOfWhatMayBeOpenIsLeftToOthers() {
    assertThat(Limits.within(OptionalLong.of(1024)).connections()).isEqualTo(512);
    assertThat(Limits.within(OptionalLong.of(1)).connections()).isEqualTo(16);
    assertThat(Limits.within(OptionalLong.of(1 << 20))).isEqualTo(Limits.DEFAULT);
    assertThat(Limits.within(OptionalLong.empty())).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void theLimitIsReadFromTheSystem() {
    assertThat(OpenFiles.limit()).isPresent();
    assertThat(
            OpenFiles.limit(
                List.of(
                    "Limit            Soft Limit  Hard Limit  Units",
                    "Max open files   1024        524288      files")))
        .hasValue(1024);
    assertThat(OpenFiles.limit(List.of("Max open files   unlimited   unlimited   files")))
        .isEmpty();
    assertThat(OpenFiles.limit(List.of())).isEmpty();
  }
}
