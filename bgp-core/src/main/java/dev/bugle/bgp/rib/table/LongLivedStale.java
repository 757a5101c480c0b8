package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.attribute.Communities;
import dev.bugle.bgp.wire.attribute.Community;
import dev.bugle.bgp.wire.attribute.PathAttributes;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a path that is kept as the last resort (RFC 9494 §4.2). */
public final class LongLivedStale {

  private LongLivedStale() {}

  /** The same path with LLGR_STALE; or not to be used, where NO_LLGR says so. */
  public static Imported of(Imported imported) {
    PathAttributes attributes = imported.path().attributes();
    List<Community> communities = attributes.communities();
    if (imported.eligibility() != Eligibility.ELIGIBLE
        || communities.contains(Community.LLGR_STALE)) {
      return imported;
    }
    if (communities.contains(Community.NO_LLGR)) {
      return new Imported(imported.path(), Eligibility.NO_LLGR);
    }
    List<Community> marked = new ArrayList<>(communities);
    marked.add(Community.LLGR_STALE);
    return Imported.unchanged(
        imported.path().withAttributes(attributes.with(new Communities(marked))));
  }
}
