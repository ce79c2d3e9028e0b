package org.seesong.solr;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells addresses of the public internet from those that lead to this machine, its network or
 * nowhere: IANA's special-purpose registries of IPv4 and IPv6 addresses (RFC 6890), with the IPv4
 * address that an IPv6 address carries looked at as itself.
 */
final class PublicAddresses {
  private static final List<Block> NOT_PUBLIC =
      blocks(
          "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12",
          "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15",
          "198.51.100.0/24 203.0.113.0/24 224.0.0.0/3",
          "::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16 fc00::/7",
          "fe80::/10 fec0::/10 ff00::/8");

  /** Networks of an organisation and this machine: what an operator may want to fetch from. */
  private static final List<Block> PRIVATE =
      blocks("10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7");

  /** IPv6 addresses that carry an IPv4 address: NAT64, 6to4 and IPv4-translated. */
  private static final List<Carrier> CARRIERS =
      List.of(
          new Carrier(block("64:ff9b::/96"), 12),
          new Carrier(block("2002::/16"), 2),
          new Carrier(block("::ffff:0:0:0/96"), 12));

  private PublicAddresses() {}

  /** Whether an address is one that anybody on the internet may reach. */
  static boolean isPublic(InetAddress address) {
    return carried(address).map(PublicAddresses::isPublic).orElse(!isIn(NOT_PUBLIC, address));
  }

  /** Whether an address is one of this machine or of a private network. */
  static boolean isPrivate(InetAddress address) {
    return isIn(PRIVATE, address);
  }

  private static boolean isIn(List<Block> blocks, InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address.getAddress()));
  }

  private static Optional<InetAddress> carried(InetAddress address) {
    byte[] bytes = address.getAddress();
    return CARRIERS.stream()
        .filter(carrier -> carrier.block().contains(bytes))
        .map(carrier -> ipv4(Arrays.copyOfRange(bytes, carrier.at(), carrier.at() + 4)))
        .findFirst();
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Block> blocks(String... lines) {
    return Arrays.stream(String.join(" ", lines).split(" ")).map(PublicAddresses::block).toList();
  }

  private static Block block(String text) {
    int slash = text.indexOf('/');
    try {
      // A literal; no name is looked up.
      byte[] prefix = InetAddress.getByName(text.substring(0, slash)).getAddress();
      return new Block(prefix, Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("no block: " + text, e);
    }
  }

  /** Addresses whose first bits are those of a prefix. */
  private record Block(byte[] prefix, int bits) {
    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        if ((((address[i / 8] ^ prefix[i / 8]) >> (7 - i % 8)) & 1) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** A block of IPv6 addresses and where in them the IPv4 address begins. */
  private record Carrier(Block block, int at) {}
}
