package dev.bugle.advertiser.cli;

import dev.bugle.advertiser.client.Access;
import dev.bugle.advertiser.client.AdminAddress;
import dev.bugle.advertiser.client.AdminClient;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that talks to a running program. */
final class Connection {

  @Option(
      names = "--admin",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      defaultValue = "${env:BUGLE_CLI_ADMIN:-127.0.0.1:9179}",
      description = {
        "Where the program listens, as in admin.listen: 127.0.0.1:9179,",
        "https://node-1.example:9179 or unix:/run/bugle/admin.sock.",
        "Without it BUGLE_CLI_ADMIN counts, and then 127.0.0.1:9179.",
      })
  private AdminAddress address = AdminAddress.parse("127.0.0.1:9179");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:BUGLE_CLI_TOKEN_FILE}",
      description = "The file with the token that it wants; else BUGLE_CLI_TOKEN_FILE.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      defaultValue = "${env:BUGLE_CLI_CA_FILE}",
      description = "Speak TLS, and trust these certificates; else BUGLE_CLI_CA_FILE.")
  private Optional<Path> caFile = Optional.empty();

  @Option(names = "--plaintext", description = "Send the token over a network without TLS.")
  private boolean plaintext;

  /** For picocli. */
  Connection() {}

  AdminClient client() {
    return new AdminClient(new Access(address, tokenFile, caFile, plaintext));
  }

  /** Addresses in the notation of the configuration. */
  static final class AddressConverter implements ITypeConverter<AdminAddress> {

    /** For picocli. */
    AddressConverter() {}

    @Override
    public AdminAddress convert(String text) {
      try {
        return AdminAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
