package dev.bugle.advertiser.admin;

/** Told to every connection when the server ends. */
enum ServerEnds {
  /** The only one. */
  NOW
}
