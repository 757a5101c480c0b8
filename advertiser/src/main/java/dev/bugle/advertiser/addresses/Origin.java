package dev.bugle.advertiser.addresses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a list of addresses means something: until the next boot, in one network namespace.
 *
 * @param boot the kernel's name for this boot
 * @param namespace the kernel's name for the network namespace
 */
record Origin(String boot, String namespace) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

  /** Of this process. */
  static Origin ofThisProcess() {
    try {
      return new Origin(
          Files.readString(BOOT).strip(), Files.readSymbolicLink(NAMESPACE).toString());
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot tell in which network namespace this process is, from "
              + BOOT
              + " and "
              + NAMESPACE
              + ": "
              + e.getMessage()
              + "; /proc must be mounted",
          e);
    }
  }
}
