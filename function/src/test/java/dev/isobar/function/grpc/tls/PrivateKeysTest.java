package dev.isobar.function.grpc.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PrivateKeysTest {
  private static final KeyPair RSA = Authority.rsa();
  private static final KeyPair P256 = Authority.generate("EC", 256);
  private static final KeyPair P521 = Authority.generate("EC", 521);
  private static final KeyPair ED25519 = Authority.generate("Ed25519", 0);

  record Read(String reason, String header, String pem, KeyPair keys, String signature) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Read> keys() {
    return List.of(
        new Read(
            "Crossplane's own",
            "RSA PRIVATE KEY",
            Authority.traditional(RSA),
            RSA,
            "SHA256withRSA"),
        new Read(
            "cert-manager's PKCS#8", "PRIVATE KEY", Authority.pkcs8(RSA), RSA, "SHA256withRSA"),
        new Read(
            "SEC1, with the curve inside",
            "EC PRIVATE KEY",
            Authority.traditional(P256),
            P256,
            "SHA256withECDSA"),
        new Read(
            "lengths of two bytes",
            "EC PRIVATE KEY",
            Authority.traditional(P521),
            P521,
            "SHA256withECDSA"),
        new Read("EC as PKCS#8", "PRIVATE KEY", Authority.pkcs8(P256), P256, "SHA256withECDSA"),
        new Read("Ed25519", "PRIVATE KEY", Authority.pkcs8(ED25519), ED25519, "Ed25519"),
        new Read(
            "behind curve parameters, as openssl ecparam writes it",
            "EC PARAMETERS",
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                + Authority.traditional(P256),
            P256,
            "SHA256withECDSA"),
        new Read(
            "with Windows line ends and a comment",
            "RSA PRIVATE KEY",
            "# of function-isobar\r\n" + Authority.traditional(RSA).replace("\n", "\r\n"),
            RSA,
            "SHA256withRSA"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void readsEveryCommonForm(Read row) throws GeneralSecurityException {
    assertThat(row.pem).as(row.reason).contains("BEGIN " + row.header + "-");
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(row.signature);
    signing.initSign(PrivateKeys.parse(row.pem));
    signing.update(text);
    Signature verifying = Signature.getInstance(row.signature);
    verifying.initVerify(row.keys.getPublic());
    verifying.update(text);
    assertThat(verifying.verify(signing.sign())).as(row.reason).isTrue();
  }

  record Unreadable(String reason, String pem, String problem) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Unreadable> unreadable() {
    String pkcs1 = Authority.traditional(RSA);
    return List.of(
        new Unreadable("an empty file", "", "there is no private key in it"),
        new Unreadable(
            "a file being written",
            pkcs1.substring(0, pkcs1.length() / 2),
            "there is no private key in it"),
        new Unreadable("a certificate", new Authority().pem(), "there is no private key in it"),
        new Unreadable(
            "a key with a passphrase",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----",
            "encrypted; write it without a passphrase"),
        new Unreadable(
            "no Base64",
            "-----BEGIN PRIVATE KEY-----\nQUJD=QUJD\n-----END PRIVATE KEY-----",
            "the PRIVATE KEY block is no Base64"),
        new Unreadable(
            "Base64 of something else",
            "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----",
            "the key is damaged"),
        new Unreadable(
            "an EC key that is none",
            "-----BEGIN EC PRIVATE KEY-----\naHVudGVyMg==\n-----END EC PRIVATE KEY-----",
            "the key is no DER"),
        new Unreadable(
            "an EC key that leaves its curve to somebody else",
            Authority.pem(P256.getPrivate()),
            "the key does not name its curve; write it as PKCS#8"),
        new Unreadable(
            "an EC key that ends early",
            "-----BEGIN EC PRIVATE KEY-----\nMIIBAAIBAQQg\n-----END EC PRIVATE KEY-----",
            "the key is cut off"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void saysWhyAKeyCannotBeRead(Unreadable row) {
    assertThatThrownBy(() -> PrivateKeys.parse(row.pem))
        .as(row.reason)
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining(row.problem)
        .hasMessageNotContainingAny("hunter2", "aHVudGVyMg", "QUJD");
  }
}
