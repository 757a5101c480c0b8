package dev.bugle.k8s.service;

import java.util.Comparator;

/** What an object is called within its kind. Another that is made later may have the same. */
record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /** As in messages: {@code default/web}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
