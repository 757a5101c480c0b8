package dev.bugle.advertiser.lock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file of which this process holds the exclusive lock.
 *
 * <p>The lock is the kernel's record lock (POSIX {@code fcntl}), which goes away with the process,
 * however it ends. It has one trap: it belongs to the process, not to the open file, so closing
 * <em>any</em> descriptor of that file in this process drops it. Therefore a file that is locked
 * here is never opened a second time in this process. Checking is done by {@code stat} alone, and
 * {@link #LOCKED} remembers, for the whole process, which files must not be touched.
 */
public final class LockFile implements AutoCloseable {

  /**
   * The identities (device and inode) of the files that this process has locked, or has open to try
   * it. Static because the locks are the process's own. Who added one has the file to itself, from
   * before it opens it until after it has closed it; nobody waits for another, whose file system
   * may hang.
   */
  private static final Set<Object> LOCKED = ConcurrentHashMap.newKeySet();

  /** More than a process id and an identity take; what is longer was not written here. */
  private static final int MAX_CONTENT = 128;

  private final Path path;
  private final Object identity;
  private final boolean established;
  private final FileChannel channel;
  private final FileLock lock;

  private LockFile(
      Path path, Object identity, boolean established, FileChannel channel, FileLock lock) {
    this.path = path;
    this.identity = identity;
    this.established = established;
    this.channel = channel;
    this.lock = lock;
  }

  /** Why the lock was not had. */
  public static final class NotLocked extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;
    private final transient Optional<Object> identity;

    NotLocked(String reason, Optional<Object> identity) {
      super(reason, null, false, false);
      this.reason = reason;
      this.identity = identity;
    }

    /** In words, naming the file. */
    public String reason() {
      return reason;
    }

    /** The file that another holds, if there is one. */
    public Optional<Object> identity() {
      return identity;
    }
  }

  /**
   * Creates the file if need be, and locks it.
   *
   * @throws NotLocked when another holds it, or it cannot be had
   */
  public static LockFile lock(Path path) throws NotLocked {
    try {
      create(path);
      Object identity = identity(path);
      if (!LOCKED.add(identity)) {
        throw new NotLocked(path + " is held by this process", Optional.of(identity));
      }
      boolean locked = false;
      try {
        LockFile file = open(path, identity);
        locked = true;
        file.write(file.established);
        return file;
      } finally {
        if (!locked) {
          LOCKED.remove(identity);
        }
      }
    } catch (IOException e) {
      throw new NotLocked(describe(path, e), Optional.empty());
    }
  }

  /**
   * Who holds the lock on that file, such as {@code process 123}; empty when nobody does, there is
   * no file, or it cannot be seen. Does not make the file. Two that look at the same time do not
   * see each other, but for a moment they can keep somebody from locking.
   */
  public static Optional<String> holderOf(Path path) {
    try {
      Object identity = identity(path);
      if (!LOCKED.add(identity)) {
        return Optional.of("this process");
      }
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        boolean isFree = channel.tryLock(0, Long.MAX_VALUE, true) != null;
        return isFree ? Optional.empty() : Optional.of(holder(channel));
      } finally {
        LOCKED.remove(identity); // after the channel is closed
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static LockFile open(Path path, Object identity) throws IOException, NotLocked {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new NotLocked(path + " is held by " + holder(channel), Optional.of(identity));
      }
      // The same before and after: it is the opened file. Its inode number cannot be given to
      // another file while it is open.
      if (!identity.equals(identity(path))) {
        throw new NotLocked(path + " was replaced while it was being locked", Optional.empty());
      }
      boolean established = lines(channel).contains(mark(identity));
      locked = true;
      return new LockFile(path, identity, established, channel, lock);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** The file's identity: a lock on an equal one excludes another. */
  public Object identity() {
    return identity;
  }

  /**
   * Whether this very file, by its identity, was {@linkplain #establish() established} when it was
   * locked. One that was not may have been put in another's place just now.
   */
  public boolean wasEstablished() {
    return established;
  }

  /**
   * Says in the file that nobody can hold the lock on a file that was there before it. A copy of
   * the file does not say so, since it has another identity.
   */
  public void establish() {
    if (!established) {
      write(true);
    }
  }

  /** Why the lock no longer keeps others out; empty while it does. Looks at the path only. */
  public Optional<String> lostBecause() {
    if (!lock.isValid()) {
      return Optional.of("the lock on " + path + " is gone");
    }
    try {
      return identity.equals(identity(path))
          ? Optional.empty()
          : Optional.of(path + " was replaced by another file");
    } catch (NoSuchFileException e) {
      return Optional.of(path + " was removed");
    } catch (IOException e) {
      return Optional.of(describe(path, e));
    }
  }

  /** Lets another have the lock. The file stays: removing it would let two hold "the" lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same, and the lock with it.
    }
    // Only now may another elector of this process open the file.
    LOCKED.remove(identity);
  }

  private static void create(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      // As it should be.
    }
  }

  private static Object identity(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
    Object identity = attributes.fileKey();
    if (identity == null) {
      throw new IOException("its file system does not tell files apart, so a lock proves nothing");
    }
    return identity;
  }

  /** The process is for people who look, and for the reason that a competitor gives. */
  private void write(boolean isEstablished) {
    String text = ProcessHandle.current().pid() + "\n";
    if (isEstablished) {
      text += mark(identity) + "\n";
    }
    try {
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(text), 0);
    } catch (IOException e) {
      // A full disk does not make the lock any weaker. Without its mark a file counts as new.
    }
  }

  private static String mark(Object identity) {
    return "established " + identity;
  }

  private static List<String> lines(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_CONTENT);
    channel.read(text, 0);
    return StandardCharsets.US_ASCII.decode(text.flip()).toString().lines().toList();
  }

  private static String holder(FileChannel channel) throws IOException {
    return lines(channel).stream()
        .findFirst()
        .filter(pid -> pid.matches("[0-9]+"))
        .map(pid -> "process " + pid)
        .orElse("another process");
  }

  private static String describe(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "the directory of " + path + " does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission for " + path + " is denied";
    }
    return path + " cannot be locked: " + e.getMessage();
  }
}
