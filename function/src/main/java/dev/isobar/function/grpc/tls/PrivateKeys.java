package dev.isobar.function.grpc.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads private keys from PEM.
 *
 * <p>The JDK reads PKCS#8 only, but Crossplane writes PKCS#1 ("RSA PRIVATE KEY", its {@code
 * internal/initializer/cert_generator.go}) and cert-manager may write SEC1 ("EC PRIVATE KEY"). Both
 * are what PKCS#8 wraps, so they are wrapped: RFC 5208 section 5, RFC 8017 A.1.2, RFC 5915 section
 * 3.
 */
final class PrivateKeys {
  private static final byte[] VERSION = Der.encode(Der.INTEGER, new byte[] {0});
  private static final byte[] RSA_ALGORITHM =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_ALGORITHM = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final int EC_PARAMETERS = 0xa0;
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PrivateKeys() {}

  /**
   * The first private key in a text.
   *
   * @throws GeneralSecurityException when there is none, or none that can be read; the text never
   *     holds part of the key
   */
  static PrivateKey parse(String pem) throws GeneralSecurityException {
    for (Pem.Block block : Pem.parse(pem)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return decode(block.der());
        }
        case "RSA PRIVATE KEY" -> {
          return decode(wrap(RSA_ALGORITHM, block.der()));
        }
        case "EC PRIVATE KEY" -> {
          return decode(wrap(ecAlgorithm(block.der()), block.der()));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new InvalidKeySpecException(
                "the key is encrypted; write it without a passphrase");
        default -> {
          // Curve parameters and certificates may stand before the key.
        }
      }
    }
    throw new InvalidKeySpecException("there is no private key in it");
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.encode(Der.SEQUENCE, VERSION, algorithm, Der.encode(Der.OCTET_STRING, key));
  }

  /** The algorithm with the curve, which SEC1 keeps inside the key and PKCS#8 outside. */
  private static byte[] ecAlgorithm(byte[] key) throws InvalidKeySpecException {
    ByteBuffer fields = Der.content(ByteBuffer.wrap(key), Der.SEQUENCE);
    ByteBuffer version = Der.content(fields, Der.INTEGER);
    ByteBuffer secret = Der.content(fields, Der.OCTET_STRING);
    if (!version.hasRemaining() || !secret.hasRemaining()) {
      throw new InvalidKeySpecException("the key is empty");
    }
    if (!fields.hasRemaining() || (fields.get(fields.position()) & 0xff) != EC_PARAMETERS) {
      throw new InvalidKeySpecException("the key does not name its curve; write it as PKCS#8");
    }
    ByteBuffer parameters = Der.content(fields, EC_PARAMETERS);
    var curve = new byte[parameters.remaining()];
    parameters.get(curve);
    return Der.encode(Der.SEQUENCE, EC_ALGORITHM, curve);
  }

  private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException _) {
        // Of another algorithm, or of none; the next one tells.
      }
    }
    throw new InvalidKeySpecException("the key is damaged, or neither RSA nor EC nor EdDSA");
  }
}
