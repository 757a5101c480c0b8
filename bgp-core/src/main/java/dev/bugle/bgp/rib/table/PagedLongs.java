package dev.bugle.bgp.rib.table;

import java.util.Arrays;

/**
 * Longs by number, 0 until they are set. It grows page by page: nothing is copied, and no array is
 * left behind that a collector of garbage would have to make room for.
 */
final class PagedLongs {

  static final int PAGE_BITS = 12;
  static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private long[][] pages = {};

  /** The number of pages that hold so many. */
  static int pages(int length) {
    return (length + PAGE_MASK) >> PAGE_BITS;
  }

  /** How many there is room for. */
  int length() {
    return pages.length << PAGE_BITS;
  }

  /** Makes room for so many, and maybe some more. */
  void grow(int length) {
    int before = pages.length;
    if (pages(length) > before) {
      pages = Arrays.copyOf(pages, pages(length));
      for (int page = before; page < pages.length; page++) {
        pages[page] = new long[1 << PAGE_BITS];
      }
    }
  }

  long get(int number) {
    return pages[number >> PAGE_BITS][number & PAGE_MASK];
  }

  void set(int number, long value) {
    pages[number >> PAGE_BITS][number & PAGE_MASK] = value;
  }
}
