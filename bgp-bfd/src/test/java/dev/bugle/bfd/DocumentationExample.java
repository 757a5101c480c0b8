package dev.bugle.bfd;

import java.io.IOException;
import java.time.Duration;

/** The example of docs/bfd.md, compiled. {@link DocumentationTest} holds the two together. */
final class DocumentationExample {

  private DocumentationExample() {}

  static void main() throws IOException {
    // example
    try (BfdSpeaker bfd = BfdSpeaker.open(BfdConfig.builder().build())) {
      BfdSession session =
          bfd.session(
              BfdSessionConfig.singleHop("192.0.2.254")
                  .localAddress("192.0.2.1")
                  .profile(BfdProfile.of(Duration.ofMillis(50), 3))
                  .build(),
              (which, change) ->
                  System.out.println(which + " is " + change.to() + " " + change.cause()));
      System.in.read(); // until Enter
      System.out.println(session.status());
    } // the other side is told AdminDown: no failure
    // end
  }
}
