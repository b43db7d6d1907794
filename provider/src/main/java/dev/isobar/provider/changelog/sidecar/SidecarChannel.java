package dev.isobar.provider.changelog.sidecar;

import dev.isobar.provider.changelog.ChangeLogEntry;
import dev.isobar.provider.changelog.Sidecar;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Crossplane's sidecar for change logs, at a socket of this machine. The socket may come later, go
 * and come again: each entry waits for a connection, as in crossplane-runtime. One that was under
 * way when the connection broke is sent again, so that a sidecar may get it twice: an operation
 * told twice is seen to be one, and one that is not told is missed by nobody.
 */
public final class SidecarChannel implements Sidecar {
  /** For each entry, with the wait for a connection; that of crossplane-runtime. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * For a sidecar that dies: the connection breaks, or calls under way are cancelled first. gRPC
   * waits between tries, and ends with the patience.
   */
  private static final Map<String, ?> SEND_AGAIN =
      Map.of(
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      5.0,
                      "initialBackoff",
                      "0.1s",
                      "maxBackoff",
                      "1s",
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      List.of("UNAVAILABLE", "CANCELLED")))));

  private static final MethodDescriptor<byte[], byte[]> SEND =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("changelogs.proto.v1alpha1.ChangeLogService/SendChangeLog")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("sidecar", true), NioIoHandler.newFactory());
  private final ManagedChannel channel;
  private final Duration patience;

  /** Connects when there is something to send. */
  public SidecarChannel(Path socket) {
    this(socket, PATIENCE);
  }

  SidecarChannel(Path socket, Duration patience) {
    this.patience = patience;
    channel =
        NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .eventLoopGroup(loop)
            .channelType(NioDomainSocketChannel.class)
            .withOption(ChannelOption.SO_KEEPALIVE, null) // Netty would warn that there is none
            .overrideAuthority("localhost") // as gRPC in Go says of such sockets
            .usePlaintext()
            .defaultServiceConfig(SEND_AGAIN)
            .directExecutor()
            .build();
  }

  @Override
  public byte[] encode(ChangeLogEntry entry) {
    return EntryEncoding.request(entry).toByteArray();
  }

  @Override
  public Optional<String> send(byte[] entry) {
    channel.resetConnectBackoff(); // a sidecar that has come back is not made to wait
    try {
      var options = CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(patience);
      var _ = ClientCalls.blockingUnaryCall(channel, SEND, options, entry);
      return Optional.empty();
    } catch (StatusRuntimeException refused) {
      Status status = refused.getStatus();
      return Optional.of(status.getCode() + ": " + status.getDescription());
    }
  }

  @Override
  public void close() {
    var _ = channel.shutdownNow();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Messages as bytes; the answer holds nothing. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException("cannot read a message", broken);
      }
    }
  }
}
