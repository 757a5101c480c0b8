package dev.bugle.bgp;

/**
 * The TCP Authentication Option (RFC 5925) with one Master Key Tuple, on Linux 6.7 or newer where
 * the kernel was built with it.
 *
 * @param sendId the KeyID of what we send, 0 to 255; the peer's receive id
 * @param receiveId the KeyID of what we accept, 0 to 255; the peer's send id
 * @param algorithm of the signature, as the peer's
 * @param source of the key
 */
public record TcpAo(int sendId, int receiveId, Algorithm algorithm, KeySource source)
    implements TcpAuthentication {

  /** The two that every implementation has (RFC 5926 §2.1). */
  public enum Algorithm {
    /** HMAC-SHA-1-96. */
    HMAC_SHA1("hmac(sha1)"),
    /** AES-128-CMAC-96. */
    AES_128_CMAC("cmac(aes128)");

    private final String kernelName;

    Algorithm(String kernelName) {
      this.kernelName = kernelName;
    }

    /** As Linux calls it. */
    String kernelName() {
      return kernelName;
    }
  }

  /** Checks the ranges. */
  public TcpAo {
    requireKeyId("send", sendId);
    requireKeyId("receive", receiveId);
  }

  private static void requireKeyId(String which, int id) {
    if (id < 0 || id > 255) {
      throw new IllegalArgumentException(
          "the " + which + " id " + id + " of TCP-AO is not in 0 to 255");
    }
  }

  /** Nothing of the source, which may be anybody's. */
  @Override
  public String toString() {
    return "TCP-AO";
  }
}
