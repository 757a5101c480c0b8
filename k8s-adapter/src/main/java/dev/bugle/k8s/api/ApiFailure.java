package dev.bugle.k8s.api;

/** There is no answer of the API server. What was asked may have been done all the same. */
public final class ApiFailure extends Exception {

  private static final long serialVersionUID = 1;

  /** With a reason for people. */
  ApiFailure(String reason) {
    super(reason, null, false, false);
  }

  /** The reason, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
