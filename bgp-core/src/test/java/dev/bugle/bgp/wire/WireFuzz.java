package dev.bugle.bgp.wire;

/** How Jazzer calls a {@link FuzzTarget}, whose name is its argument. See {@code ./fuzz}. */
public final class WireFuzz {

  private static FuzzTarget target = FuzzTarget.MESSAGE;

  private WireFuzz() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTarget.valueOf(arguments[0]);
  }

  public static void fuzzerTestOneInput(byte[] octets) {
    target.run(octets);
  }
}
