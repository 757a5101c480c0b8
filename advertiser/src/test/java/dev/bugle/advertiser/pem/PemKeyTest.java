package dev.bugle.advertiser.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the forms in which tools write them. */
class PemKeyTest {

  private static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair ec(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static byte[] pem(String kind, byte[] der) {
    String text =
        "-----BEGIN "
            + kind
            + "PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + kind
            + "PRIVATE KEY-----\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What PKCS #8 has in its last element, the key as it was written before there was PKCS #8. */
  private static byte[] bare(byte[] pkcs8, int at) {
    return Arrays.copyOfRange(pkcs8, at, pkcs8.length);
  }

  @Test
  void keysAreReadInPkcs8() throws Exception {
    for (KeyPair pair : new KeyPair[] {rsa(2048), ec("secp256r1")}) {
      assertThat(PemKey.read(pem("", pair.getPrivate().getEncoded()), pair.getPublic()))
          .isEqualTo(pair.getPrivate());
    }
  }

  @Test
  void keysOfRsaAreReadAsKubeadmWritesThem() throws Exception {
    KeyPair pair = rsa(2048);
    // SEQUENCE (4), version (3), algorithm (15), OCTET STRING (4)
    byte[] bare = bare(pair.getPrivate().getEncoded(), 4 + 3 + 15 + 4);
    assertThat(PemKey.read(pem("RSA ", bare), pair.getPublic())).isEqualTo(pair.getPrivate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void keysOfCurvesAreReadAsKubeadmWritesThem(String curve) throws Exception {
    KeyPair pair = ec(curve);
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    int octetString = 2 + 3 + 2 + (pkcs8[2 + 3 + 1] & 0xFF);
    assertThat(pkcs8[octetString]).isEqualTo((byte) 0x04);
    assertThat(PemKey.read(pem("EC ", bare(pkcs8, octetString + 2)), pair.getPublic()))
        .isEqualTo(pair.getPrivate());
  }

  @Test
  void whatIsNoKeyIsToldWithoutShowingIt() throws Exception {
    KeyPair pair = ec("secp256r1");
    assertThatThrownBy(() -> PemKey.read(pem("ENCRYPTED ", new byte[8]), pair.getPublic()))
        .isInstanceOf(UnfitPemException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    for (String kind : new String[] {"", "RSA ", "EC "}) {
      for (int length : new int[] {0, 1, 127, 128, 300}) {
        assertThatThrownBy(() -> PemKey.read(pem(kind, new byte[length]), pair.getPublic()))
            .isInstanceOf(UnfitPemException.class)
            .hasMessage("it is no EC key");
      }
    }
    assertThatThrownBy(
            () -> PemKey.read(pem("", rsa(2048).getPrivate().getEncoded()), pair.getPublic()))
        .hasMessage("it is no EC key");
  }
}
