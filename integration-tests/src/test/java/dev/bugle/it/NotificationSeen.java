package dev.bugle.it;

/**
 * A NOTIFICATION that a router reports to have received (RFC 4271 §4.5).
 *
 * @param text what the router printed of it; it includes a shutdown communication (RFC 9003)
 */
record NotificationSeen(int code, int subcode, String text) {

  boolean is(int wantedCode, int wantedSubcode) {
    return code == wantedCode && subcode == wantedSubcode;
  }
}
