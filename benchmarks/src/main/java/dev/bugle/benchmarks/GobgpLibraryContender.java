package dev.bugle.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * GoBGP as a library: a small program around it, which is built here from Debian's sources. The
 * program itself takes the time just before the call, so that how it is told costs nothing.
 */
final class GobgpLibraryContender implements Contender {

  private static final Path SOURCES = Path.of("/usr/share/gocode/src/github.com/osrg/gobgp");
  private static final long BUILD_MINUTES = 10;

  @Override
  public String name() {
    return "gobgp-library";
  }

  @Override
  public String trigger() {
    return "DeletePath called within a Go program around GoBGP";
  }

  @Override
  public Optional<String> absence() {
    return Daemon.find("go").isPresent() && Files.isDirectory(SOURCES)
        ? Optional.empty()
        : Optional.of(
            "there is no Go with the sources of GoBGP;"
                + " on Debian: apt-get install golang-go golang-github-osrg-gobgp-dev");
  }

  @Override
  public Speaker start(Path directory, InetSocketAddress receiver)
      throws IOException, InterruptedException {
    InetSocketAddress address = Daemon.freeAddress();
    Daemon daemon =
        Daemon.start(
            directory,
            List.of(
                build(directory).toString(),
                Integer.toString(AS),
                Integer.toString(address.getPort()),
                MeasuringPeer.ADDRESS,
                Integer.toString(MeasuringPeer.AS),
                MeasuredRoute.ADDRESS));
    return new Library(daemon, address);
  }

  /** Go finds the version 3 of Debian's sources only for a program on the GOPATH with a go.mod. */
  private static Path build(Path directory) throws IOException, InterruptedException {
    Path sources = Files.createDirectories(directory.resolve("src/withdraw"));
    for (String file : List.of("main.go", "go.mod")) {
      String resource = "gobgp-library/" + file;
      try (InputStream text = GobgpLibraryContender.class.getResourceAsStream(resource)) {
        if (text == null) {
          throw new IOException("the resource " + resource + " is not there");
        }
        Files.copy(text, sources.resolve(file));
      }
    }
    Path program = directory.resolve("gobgp-withdraw");
    Path log = directory.resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Daemon.find("go").orElseThrow().toString(),
                "build",
                "-o",
                program.toString(),
                "withdraw")
            .directory(sources.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(Map.of("GO111MODULE", "off", "GOPATH", directory + ":/usr/share/gocode"));
    Process build = builder.start();
    if (!build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
      build.destroyForcibly();
    }
    if (build.waitFor() != 0) {
      throw new IOException("go build failed: " + Files.readString(log).strip());
    }
    return program;
  }

  private static final class Library implements Speaker {

    private final Daemon daemon;
    private final InetSocketAddress address;
    private final Writer orders;
    private final BufferedReader answers;
    private boolean withdrawing;
    private long began;

    Library(Daemon daemon, InetSocketAddress address) {
      this.daemon = daemon;
      this.address = address;
      this.orders = daemon.input();
      this.answers = daemon.output();
    }

    @Override
    public Optional<InetSocketAddress> address() {
      return Optional.of(address);
    }

    @Override
    public void announce() throws IOException {
      order("announce");
    }

    @Override
    public void withdraw() throws IOException {
      order("withdraw");
      withdrawing = true;
    }

    private void order(String order) throws IOException {
      orders.write(order + "\n");
      orders.flush();
    }

    @Override
    public void settle() throws IOException {
      if (!withdrawing) {
        return;
      }
      withdrawing = false;
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("the program has ended");
      }
      began = Long.parseLong(answer);
    }

    @Override
    public long began(long called) {
      return began;
    }

    @Override
    public void close() {
      daemon.close();
    }
  }
}
