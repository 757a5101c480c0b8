package dev.bugle.advertiser.pem;

import org.jspecify.annotations.Nullable;

/** What is wrong with one of two files; the message never has anything of the key. */
public final class UnfitPemException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean ofKey;

  private UnfitPemException(String message, boolean ofKey, @Nullable Throwable cause) {
    super(message, cause);
    this.ofKey = ofKey;
  }

  static UnfitPemException certificate(String message, @Nullable Throwable cause) {
    return new UnfitPemException(message, false, cause);
  }

  /** Without a cause: that may have something of the key. */
  static UnfitPemException key(String message) {
    return new UnfitPemException(message, true, null);
  }

  /** Whether the file with the key is meant; otherwise that with the certificate. */
  public boolean isOfKey() {
    return ofKey;
  }

  /** What is wrong, without the name of the file. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
