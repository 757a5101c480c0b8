package dev.bugle.k8s.apiserver;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects, and what happened to them lately. One revision counts the changes of all of them; an
 * object that is in here is never changed, but replaced. Any thread may call it.
 */
final class Store {

  /** How many changes it remembers. */
  private static final int MEMORY = 20_000;

  private final Map<ResourceKind, NavigableMap<String, ObjectNode>> objects =
      new EnumMap<>(ResourceKind.class);

  /** The text of each as an item of a list, so that a long list is answered at once. */
  private final IdentityHashMap<ObjectNode, String> texts = new IdentityHashMap<>();

  private final Deque<Change> changes = new ArrayDeque<>();
  private long revision = 1000;
  private long compacted = revision;
  private int dropped;
  private int bookmarked;
  private int frozen;

  Store() {
    for (ResourceKind kind : ResourceKind.values()) {
      objects.put(kind, new TreeMap<>());
    }
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** The last change of anything. */
  synchronized long revision() {
    return revision;
  }

  synchronized Optional<ObjectNode> find(ResourceKind kind, String namespace, String name) {
    return Optional.ofNullable(objects(kind).get(key(namespace, name)));
  }

  /** Those of a kind whose key is greater than that, in the order of their keys. */
  synchronized NavigableMap<String, ObjectNode> after(ResourceKind kind, String key) {
    return new TreeMap<>(objects(kind).tailMap(key, false));
  }

  private NavigableMap<String, ObjectNode> objects(ResourceKind kind) {
    return objects.get(kind);
  }

  /** Stores a new object, of which namespace and name are in its metadata. */
  synchronized ObjectNode create(ResourceKind kind, ObjectNode object) throws Refusal {
    String namespace = Selection.text(object, "metadata", "namespace");
    String name = Selection.text(object, "metadata", "name");
    if (objects(kind).containsKey(key(namespace, name))) {
      throw new Refusal(
          409, "AlreadyExists", "%s \"%s\" already exists".formatted(kind.qualified(), name));
    }
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return put(kind, Optional.empty(), object);
  }

  /**
   * Stores an object in the place of one that is there.
   *
   * @param before what it was made from, whose version must still be the current one
   */
  synchronized ObjectNode replace(ResourceKind kind, ObjectNode before, ObjectNode object)
      throws Refusal {
    String namespace = Selection.text(before, "metadata", "namespace");
    String name = Selection.text(before, "metadata", "name");
    ObjectNode there = find(kind, namespace, name).orElseThrow(() -> Refusal.notFound(kind, name));
    String version = Selection.text(before, "metadata", "resourceVersion");
    if (!Selection.text(there, "metadata", "resourceVersion").equals(version)) {
      throw Refusal.modified(kind, name);
    }
    ((ObjectNode) object.get("metadata")).put("resourceVersion", version);
    if (object.equals(before)) {
      return before; // Nothing is written, and nobody is told.
    }
    return put(kind, Optional.of(before), object);
  }

  private ObjectNode put(ResourceKind kind, Optional<ObjectNode> before, ObjectNode object) {
    revision++;
    ((ObjectNode) object.get("metadata")).put("resourceVersion", Long.toString(revision));
    before.ifPresent(texts::remove);
    texts.put(object, item(object));
    String namespace = Selection.text(object, "metadata", "namespace");
    objects(kind).put(key(namespace, Selection.text(object, "metadata", "name")), object);
    note(new Change(kind, revision, before, Optional.of(object)));
    return object;
  }

  /** In a list, items do not say of which kind they are. */
  private static String item(ObjectNode object) {
    ObjectNode item = Objects.JSON.createObjectNode();
    item.setAll(object);
    item.remove("kind");
    item.remove("apiVersion");
    return Objects.JSON.writeValueAsString(item);
  }

  /** The text of that object as an item of a list. */
  synchronized String text(ObjectNode object) {
    String known = texts.get(object);
    return known == null ? item(object) : known;
  }

  synchronized void delete(ResourceKind kind, ObjectNode object) {
    String namespace = Selection.text(object, "metadata", "namespace");
    String name = Selection.text(object, "metadata", "name");
    if (objects(kind).remove(key(namespace, name)) == null) {
      return;
    }
    texts.remove(object);
    revision++;
    note(new Change(kind, revision, Optional.of(object), Optional.empty()));
    if (kind == ResourceKind.NAMESPACE) {
      for (ResourceKind inside : ResourceKind.values()) {
        if (inside.isNamespaced()) {
          List.copyOf(objects(inside).subMap(key(name, ""), key(name, "\uffff")).values())
              .forEach(one -> delete(inside, one));
        }
      }
    }
  }

  private void note(Change change) {
    changes.addLast(change);
    if (changes.size() > MEMORY) {
      compacted = changes.removeFirst().revision();
    }
    notifyAll();
  }

  /** Forgets all that happened until now. */
  synchronized void compact() {
    changes.clear();
    compacted = revision;
  }

  /** Ends all waiting for changes that has begun. */
  synchronized void drop() {
    dropped++;
    notifyAll();
  }

  /** Grows when waiting is ended. */
  synchronized int dropped() {
    return dropped;
  }

  /** All that wait for changes are to say which revision it is. */
  synchronized void bookmark() {
    bookmarked++;
    notifyAll();
  }

  /** Grows when that is asked for. */
  synchronized int bookmarked() {
    return bookmarked;
  }

  /** All waiting for changes that has begun comes to nothing. */
  synchronized void freeze() {
    frozen++;
    notifyAll();
  }

  /** Grows when that is asked for. */
  synchronized int frozen() {
    return frozen;
  }

  /** Does not return while nobody interrupts. */
  synchronized void hang() throws InterruptedException {
    while (true) {
      wait();
    }
  }

  /** Whether it is known what happened after that revision. */
  synchronized void requireKnown(long since) throws Refusal {
    if (since < compacted) {
      throw Refusal.expired(since, compacted);
    }
  }

  /** Grows when waiting is ended, is to come to nothing, or a revision is to be said. */
  synchronized int calls() {
    return dropped + bookmarked + frozen;
  }

  /**
   * What happened after that revision to objects of that kind; waits for it that long at most, and
   * only while {@link #calls()} is what the caller has seen.
   */
  synchronized List<Change> await(ResourceKind kind, long since, long nanos, int calls)
      throws Refusal, InterruptedException {
    long end = System.nanoTime() + nanos;
    while (true) {
      requireKnown(since);
      Deque<Change> news = new ArrayDeque<>();
      for (var all = changes.descendingIterator(); all.hasNext(); ) {
        Change change = all.next();
        if (change.revision() <= since) {
          break;
        }
        if (change.kind() == kind) {
          news.addFirst(change);
        }
      }
      long left = end - System.nanoTime();
      if (!news.isEmpty() || left <= 0 || calls() != calls) {
        return List.copyOf(news);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
