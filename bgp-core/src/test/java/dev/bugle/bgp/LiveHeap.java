package dev.bugle.bgp;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the heap holds that something can still reach. */
public final class LiveHeap {

  private LiveHeap() {}

  /**
   * In octets: those of all live objects, which the JVM counts after a full collection. What is
   * used of the heap is another thing, since a collector rounds large arrays up to its regions.
   */
  public static long octets() {
    try {
      String histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      String[] total = histogram.substring(histogram.lastIndexOf("Total")).trim().split("\\s+", -1);
      return Long.parseLong(total[2]);
    } catch (JMException unknown) {
      throw new AssertionError("this JVM counts no objects", unknown);
    }
  }
}
