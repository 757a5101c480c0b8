package dev.bugle.advertiser.admin;

/** Where a connection came in. */
enum Door {
  /** Anybody who can send packets there. */
  TCP,
  /** Whom the permissions of the file let in. */
  UNIX_SOCKET
}
