package dev.bugle.k8s.service;

/**
 * Something that is wrong with an object, to be told to its author.
 *
 * @param reason one word for programs, of letters
 * @param message what was found, and what would do
 */
record Complaint(String reason, String message) {

  /** Makes one line of the message: it repeats what strangers have written, and goes to the log. */
  Complaint {
    message = message.replaceAll("[\\p{Cntrl}\u2028\u2029]", "?");
  }
}
