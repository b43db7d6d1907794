package dev.isobar.function.grpc;

import dev.isobar.function.grpc.tls.LiveIdentity;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.Security;
import java.time.Duration;
import java.util.Optional;

/** Netty, as this server uses it. */
final class Transport {
  /**
   * After this a client must show its certificate again. Tickets outlive an exchange of the
   * authority; a day, which is the JDK's default, would be too long for that.
   */
  private static final Duration SESSION = Duration.ofMinutes(1);

  /**
   * Calls that are received at once; whoever has more to ask waits, without noticing. One thread
   * answers all calls of a connection anyway, and this many of the largest fit the memory.
   */
  private static final int CALLS_PER_CONNECTION = 4;

  private static final int SHARE_OF_INTAKE = 6;

  private Transport() {}

  /**
   * A server without services.
   *
   * <p>Calls run on the thread that reads the connection (direct executor): a composition is short,
   * pure and never blocks, so a pool would only add hand-overs. Measured with 30 resources, a fixed
   * pool costs a quarter more processor time for each request, and virtual threads a third; it only
   * pays when more than one core shall serve one connection.
   */
  static NettyServerBuilder builder(
      ServerSettings settings, Loops loops, Optional<LiveIdentity> identity) throws IOException {
    InetSocketAddress address = settings.address().socket();
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + settings.address() + ": no such host");
    }
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(loops.accepting())
            .workerEventLoopGroup(loops.serving())
            .directExecutor()
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .maxInboundMessageSize(settings.requestLimitBytes());
    return identity.isPresent() ? builder.sslContext(tls(identity.get())) : builder;
  }

  /**
   * How many bytes may be sent in at once: what a connection may, or more where there is room.
   * Netty's buffers take up to twice of what they hold, answers take as much again, and what they
   * leave between each other is lost for a while.
   */
  static long intake(ServerSettings settings) {
    return Math.max(
        CALLS_PER_CONNECTION * (long) settings.requestLimitBytes(),
        PlatformDependent.maxDirectMemory() / SHARE_OF_INTAKE);
  }

  /**
   * The JDK's TLS, because it needs no native library; clients must show a certificate. Its
   * provider is named, because to search for one starts all providers that the JDK has.
   */
  private static SslContext tls(LiveIdentity identity) throws IOException {
    return GrpcSslContexts.configure(
            SslContextBuilder.forServer(identity.keys()), Security.getProvider("SunJSSE"))
        .trustManager(identity.clients())
        .clientAuth(ClientAuth.REQUIRE)
        .protocols("TLSv1.3", "TLSv1.2")
        .sessionTimeout(SESSION.toSeconds())
        .build();
  }
}
