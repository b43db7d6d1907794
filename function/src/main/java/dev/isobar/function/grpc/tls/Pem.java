package dev.isobar.function.grpc.tls;

import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes PEM text (RFC 7468) apart. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private Pem() {}

  /** One block: what its header says and what stands in it. */
  static final class Block {
    private final String label;
    private final byte[] der;

    private Block(String label, byte[] der) {
      this.label = label;
      this.der = der;
    }

    String label() {
      return label;
    }

    byte[] der() {
      return der;
    }
  }

  /** All blocks in their order; text around them is skipped. */
  static List<Block> parse(String pem) throws InvalidKeySpecException {
    var blocks = new ArrayList<Block>();
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      try {
        blocks.add(new Block(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
      } catch (IllegalArgumentException _) {
        // Not its cause: the decoder's text quotes what it could not read.
        throw new InvalidKeySpecException("the " + block.group(1) + " block is no Base64");
      }
    }
    return blocks;
  }
}
