package dev.bugle.advertiser.json;

/** Text that is not the JSON that is expected; its message says where and why. */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the message for whoever wrote the text. */
  public MalformedJsonException(String message) {
    // Without a stack trace: it is the text that is at fault, and strangers can send much of it.
    super(message, null, false, false);
  }
}
