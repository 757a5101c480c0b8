package dev.bugle.advertiser.source;

/**
 * How a source was configured. An immutable value, equal to another only when the source need not
 * begin anew for it; each kind of source has its own, which its {@link VipSourceProvider}
 * understands.
 */
public interface VipSourceConfig {

  /** The kind: the {@link VipSourceProvider#type()} of the provider that makes the source. */
  String type();
}
