/** The BFD library. An empty room as yet. */
module dev.bugle.bfd {
  requires static org.jspecify;
}
