package dev.isobar.apis.schema;

/**
 * A range of IPv4 addresses, {@code 172.16.0.0/13}. The part behind the prefix is ignored when
 * ranges are compared.
 *
 * @param text as the user wrote it, checked
 */
@Text(
    pattern = Cidr.ADDRESS + "/(3[0-2]|[12]?[0-9])",
    says = "a range of IPv4 addresses such as 10.8.0.0/20",
    maxLength = 18)
public record Cidr(String text) {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  /** What an IPv4 address looks like. */
  public static final String ADDRESS = "(" + OCTET + "\\.){3}" + OCTET;

  /** The number of leading bits that all addresses of the range share. */
  public int prefix() {
    return Integer.parseInt(text.substring(text.indexOf('/') + 1));
  }

  /** The first address as a number. */
  public long first() {
    long address = 0;
    for (String part : text.substring(0, text.indexOf('/')).split("\\.", -1)) {
      address = address << 8 | Integer.parseInt(part);
    }
    return address & -addresses();
  }

  /** The range as it is written when nothing stands behind the prefix. */
  public Cidr plain() {
    long first = first();
    return new Cidr(
        "%d.%d.%d.%d/%d"
            .formatted(first >> 24, first >> 16 & 255, first >> 8 & 255, first & 255, prefix()));
  }

  /** How many addresses the range holds. */
  public long addresses() {
    return 1L << (32 - prefix());
  }

  /** Whether the two ranges share an address. */
  public boolean overlaps(Cidr other) {
    return first() < other.first() + other.addresses() && other.first() < first() + addresses();
  }
}
