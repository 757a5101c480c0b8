package dev.bugle.advertiser.addresses;

import dev.bugle.advertiser.lock.LockFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that says which addresses are ours, for whoever comes after a crash.
 *
 * <pre>
 *   bugle addresses 1
 *   boot 2f4a7b1e-...
 *   namespace net:[4026531840]
 *   1 lo 203.0.113.10/32
 *   end 1
 * </pre>
 *
 * <p>An entry is written before its address is put there, and taken out after it was taken away, so
 * it can say too much and never too little. The file is replaced as a whole. What is not such a
 * file, from the first line to the last, counts for nothing: to remove too little is better than to
 * remove what is somebody else's. One process at a time has it, by a lock on the file beside it.
 */
final class Ledger implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Ledger.class);

  private static final String FIRST = "bugle addresses 1";
  private static final String BOOT = "boot ";
  private static final String NAMESPACE = "namespace ";
  private static final String LAST = "end ";
  private static final int HEAD = 3;
  private static final long LONGEST = 1 << 20;

  private final Path path;
  private final Origin origin;
  private final LockFile lock;
  private Set<LedgerEntry> entries;

  private Ledger(Path path, Origin origin, LockFile lock) {
    this.path = path;
    this.origin = origin;
    this.lock = lock;
    this.entries = Set.of();
  }

  /**
   * Locks and reads it; one that is not there yet is empty.
   *
   * @throws IllegalStateException when another process has it, or it cannot be had, saying what to
   *     do
   */
  static Ledger open(Path path, Origin origin) {
    Path absolute = path.toAbsolutePath();
    Ledger ledger = new Ledger(absolute, origin, lock(absolute));
    ledger.entries = ledger.read();
    return ledger;
  }

  private static LockFile lock(Path path) {
    try {
      Files.createDirectories(parent(path));
      return LockFile.lock(beside(path, ".lock"));
    } catch (LockFile.NotLocked e) {
      throw new IllegalStateException(
          "the list of bound addresses cannot be used: "
              + e.reason()
              + "; give each bugle that binds addresses a file of its own",
          e);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the directory of the list of bound addresses, "
              + parent(path)
              + ", cannot be made: "
              + e
              + "; make it, or choose another path",
          e);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static Path beside(Path path, String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** What is noted now. */
  Set<LedgerEntry> entries() {
    return entries;
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  /**
   * Notes exactly these.
   *
   * @throws IOException when they cannot be written; what was noted before stays
   */
  void note(Collection<LedgerEntry> wanted) throws IOException {
    Set<LedgerEntry> next = Set.copyOf(wanted);
    if (next.equals(entries)) {
      return;
    }
    Path fresh = beside(path, ".new");
    Files.createDirectories(parent(path));
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text(next));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    entries = next;
  }

  private String text(Set<LedgerEntry> all) {
    List<String> lines = new ArrayList<>();
    lines.add(FIRST);
    lines.add(BOOT + origin.boot());
    lines.add(NAMESPACE + origin.namespace());
    Set<String> sorted = new TreeSet<>();
    all.forEach(entry -> sorted.add(entry.line()));
    lines.addAll(sorted);
    lines.add(LAST + all.size());
    return String.join("\n", lines) + "\n";
  }

  private Set<LedgerEntry> read() {
    try {
      if (Files.size(path) > LONGEST) {
        return unreadable("it is longer than " + LONGEST + " bytes");
      }
      return parse(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (IOException e) {
      return unreadable(e.toString());
    }
  }

  private Set<LedgerEntry> parse(String text) {
    List<String> lines = text.lines().toList();
    int count = lines.size() - HEAD - 1;
    if (count < 0
        || !text.endsWith("\n")
        || !lines.get(0).equals(FIRST)
        || !lines.get(1).startsWith(BOOT)
        || !lines.get(2).startsWith(NAMESPACE)
        || !lines.get(lines.size() - 1).equals(LAST + count)) {
      return unreadable("it is not a whole one");
    }
    Set<LedgerEntry> found = new HashSet<>();
    for (String line : lines.subList(HEAD, HEAD + count)) {
      var entry = LedgerEntry.parse(line);
      if (entry.isEmpty()) {
        return unreadable("line " + (lines.indexOf(line) + 1) + " is no address");
      }
      found.add(entry.get());
    }
    Origin written =
        new Origin(
            lines.get(1).substring(BOOT.length()), lines.get(2).substring(NAMESPACE.length()));
    return written.equals(origin) ? Set.copyOf(found) : fromElsewhere(written, found);
  }

  private Set<LedgerEntry> fromElsewhere(Origin written, Set<LedgerEntry> found) {
    if (written.boot().equals(origin.boot()) && !found.isEmpty()) {
      log.warn(
          "{} tells of addresses in another network namespace, {}, where this process cannot remove"
              + " them: {}",
          path,
          written.namespace(),
          found);
    }
    return Set.of(); // No address outlives a boot.
  }

  private Set<LedgerEntry> unreadable(String why) {
    log.warn(
        "the list of bound addresses {} is not used: {}; what a former process has left, and nobody"
            + " wants any more, stays, and is shown by a recent ip: ip address show proto {}",
        path,
        why,
        LedgerEntry.MARK);
    return Set.of();
  }

  /** Lets another process have it. */
  @Override
  public void close() {
    lock.close();
  }
}
