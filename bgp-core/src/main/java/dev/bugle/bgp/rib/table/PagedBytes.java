package dev.bugle.bgp.rib.table;

import java.util.Arrays;

/** Like {@link PagedLongs}, of bytes. */
final class PagedBytes {

  private byte[][] pages = {};

  /** Makes room for so many, and maybe some more. */
  void grow(int length) {
    int before = pages.length;
    if (PagedLongs.pages(length) > before) {
      pages = Arrays.copyOf(pages, PagedLongs.pages(length));
      for (int page = before; page < pages.length; page++) {
        pages[page] = new byte[1 << PagedLongs.PAGE_BITS];
      }
    }
  }

  byte get(int number) {
    return pages[number >> PagedLongs.PAGE_BITS][number & PagedLongs.PAGE_MASK];
  }

  void set(int number, byte value) {
    pages[number >> PagedLongs.PAGE_BITS][number & PagedLongs.PAGE_MASK] = value;
  }
}
