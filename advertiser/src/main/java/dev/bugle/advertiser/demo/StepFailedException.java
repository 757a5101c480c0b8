package dev.bugle.advertiser.demo;

/** The router did not see a step of the demo. */
final class StepFailedException extends Exception {

  private static final long serialVersionUID = 1;

  StepFailedException(String message) {
    super(message);
  }
}
